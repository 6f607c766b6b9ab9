import { PipedreamError, PipedreamInputError } from '../http/errors.ts'

/**
 * What was wrong with a webhook:
 *
 * - `body`: it is not what Pipedream sends.
 * - `signature-missing`: there is no `x-pd-signature`.
 * - `signature-malformed`: `x-pd-signature` is not `t=<seconds>,v1=<64 hex digits>`.
 * - `too-old`, `too-new`: it was signed further from now than `toleranceMs`: a replay, or a clock that is wrong.
 * - `signature-mismatch`: it was signed with another key, or changed on its way.
 */
export type WebhookCheck =
  | 'body'
  | 'signature-missing'
  | 'signature-malformed'
  | 'too-old'
  | 'too-new'
  | 'signature-mismatch'

/** A webhook that must not be believed. Answer it with 400. */
export class PipedreamWebhookError extends PipedreamError {
  override readonly name = 'PipedreamWebhookError'
  /** The check that failed. */
  readonly check: WebhookCheck

  constructor(check: WebhookCheck, sentence: string) {
    super(sentence, { code: 'ERR_BAD_WEBHOOK' })
    this.check = check
  }
}

/** A request's body as it arrived: not parsed, not decoded and encoded again. */
export type WebhookBody = string | Uint8Array

/** Its bytes. Throws `ERR_INVALID_INPUT` for the object that a web framework made of it. */
export function bodyBytes(input: string, body: WebhookBody): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : checkBytes(input, body)
}

/** Its text. Throws `ERR_INVALID_INPUT` likewise, and `ERR_BAD_WEBHOOK` when it is not UTF-8. */
export function bodyString(input: string, body: WebhookBody): string {
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
