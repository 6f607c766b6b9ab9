import type { CallOptions } from '../http/call-options.ts'
import { PipedreamInputError } from '../http/errors.ts'

/** The header that counts a call against a limit of the caller's own: the call's token, else the client's, else none. */
export function rateLimitHeader(
  config: { readonly rateLimitToken: string | undefined },
  options: CallOptions = {},
): Record<string, string> {
  const token = options.rateLimitToken ?? config.rateLimitToken
  if (token === undefined) return {}
  if (isHeaderValue(token)) return { 'x-pd-rate-limit': token }
  throw new PipedreamInputError(
    'ERR_INVALID_INPUT',
    'rateLimitToken',
    'a token without spaces, and not blank',
  )
}

/** Whether `fetch` takes this as a header's value; of one that it does not take it throws an error that quotes it. */
export function isHeaderValue(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7E]+$/.test(value)
}
