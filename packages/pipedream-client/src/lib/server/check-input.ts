import { PipedreamInputError } from '../http/errors.ts'

/** Checks an optional string: if present, it must not be blank. */
export function checkInput(input: string, value: string | undefined): void {
  if (value !== undefined) checkRequired(input, value)
}

/** Checks a required string. A caller without types may pass undefined. */
export function checkRequired(input: string, value: string | undefined): void {
  // A lone surrogate cannot be encoded as UTF-8; encodeURIComponent would throw its own error.
  if (typeof value === 'string' && value.trim() !== '' && value.isWellFormed()) return
  throw new PipedreamInputError(
    'ERR_INVALID_INPUT',
    input,
    'a well-formed string that is not blank',
  )
}

/** Checks a connect token. Errors redact only strings of this form from URLs, so no other string may be sent. */
export function checkConnectToken(value: string): void {
  if (typeof value === 'string' && /^ctok_\w+$/.test(value)) return
  throw new PipedreamInputError(
    'ERR_INVALID_INPUT',
    'connectToken',
    'a connect token, which starts with ctok_',
  )
}

/** Checks the values of an app's custom fields, which are sent as JSON. */
export function checkFieldValues(value: Readonly<Record<string, unknown>> | undefined): void {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (value === undefined || isObject) return
  throw new PipedreamInputError(
    'ERR_INVALID_INPUT',
    'customFieldValues',
    "an object whose keys are the names of the app's custom fields",
  )
}
