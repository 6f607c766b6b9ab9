import { PipedreamInputError } from '../http/errors.ts'
import { PipedreamWebhookError } from './webhook-error.ts'

/** A request's body as it arrived: not parsed, not decoded and encoded again. */
export type WebhookBody = string | Uint8Array

/** Its bytes. Throws `ERR_INVALID_INPUT` for the object that a web framework made of it. */
export function bodyBytes(input: string, body: WebhookBody): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : checkBytes(input, body)
}

/** Its text. Throws `ERR_INVALID_INPUT` likewise, and `ERR_BAD_WEBHOOK` when it is not UTF-8. */
export function bodyText(input: string, body: WebhookBody): string {
  if (typeof body === 'string') return body
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(checkBytes(input, body))
  } catch (error) {
    if (error instanceof PipedreamInputError) throw error
    throw new PipedreamWebhookError('body', 'The body of this webhook is not UTF-8.')
  }
}

function checkBytes(input: string, body: Uint8Array): Uint8Array {
  if (body instanceof Uint8Array) return body
  const expected = 'the body as it arrived, a text or bytes, not what was parsed from it'
  throw new PipedreamInputError('ERR_INVALID_INPUT', input, expected)
}
