import { PipedreamError, PipedreamInputError } from '../http/errors.ts'

/**
 * The check that a webhook failed:
 *
 * - `body`: the body is not the one of such a webhook.
 * - `signature-missing`: there is no `x-pd-signature` header.
 * - `signature-malformed`: `x-pd-signature` is not `t=<seconds>,v1=<64 hex digits>`.
 * - `too-old`, `too-new`: the signing time differs from now by more than `toleranceMs`, because of a replay or a wrong clock.
 * - `signature-mismatch`: the webhook was signed with another key, or modified.
 */
export type WebhookCheck =
  | 'body'
  | 'signature-missing'
  | 'signature-malformed'
  | 'too-old'
  | 'too-new'
  | 'signature-mismatch'

/** A webhook that must not be trusted. Respond to it with 400. */
export class PipedreamWebhookError extends PipedreamError {
  override readonly name = 'PipedreamWebhookError'
  /** The check that failed. */
  readonly check: WebhookCheck

  /** `sentence` is the message. */
  constructor(check: WebhookCheck, sentence: string) {
    super(sentence, { code: 'ERR_BAD_WEBHOOK' })
    this.check = check
  }
}

/** The raw body of a request: not parsed, and not decoded and encoded again. */
export type WebhookBody = string | Uint8Array

/** Returns the bytes of a body. Throws `ERR_INVALID_INPUT` for a parsed body. */
export function bodyBytes(input: string, body: WebhookBody): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : checkBytes(input, body)
}

/** Returns a body as a string. Throws `ERR_INVALID_INPUT` for a parsed body, and `ERR_BAD_WEBHOOK` if it is not UTF-8. */
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
  const expected = 'the raw body, a string or bytes, not a parsed one'
  throw new PipedreamInputError('ERR_INVALID_INPUT', input, expected)
}
