import { PipedreamInputError } from '../http/errors.ts'

/** Checks an optional text: when it is there it must not be blank. */
export function checkInput(input: string, value: string | undefined): void {
  if (value !== undefined) checkRequired(input, value)
}

/** Checks a text that must be there; undefined is what a program without types would pass. */
export function checkRequired(input: string, value: string | undefined): void {
  // Half a surrogate pair has no UTF-8, and encodeURIComponent throws an error of its own.
  if (typeof value === 'string' && value.trim() !== '' && value.isWellFormed()) return
  throw new PipedreamInputError('ERR_INVALID_INPUT', input, 'a well-formed text that is not blank')
}

/** Checks a connect token. Every error strips what looks like one from its URL, so only what looks like one may get there. */
export function checkConnectToken(value: string): void {
  if (typeof value === 'string' && /^ctok_\w+$/.test(value)) return
  throw new PipedreamInputError(
    'ERR_INVALID_INPUT',
    'connectToken',
    'a connect token, which begins with ctok_',
  )
}

/** Checks the values of an app's custom fields, which become JSON. */
export function checkFieldValues(value: Readonly<Record<string, unknown>> | undefined): void {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (value === undefined || isObject) return
  throw new PipedreamInputError(
    'ERR_INVALID_INPUT',
    'customFieldValues',
    "an object, whose keys are the names of the app's custom fields",
  )
}
