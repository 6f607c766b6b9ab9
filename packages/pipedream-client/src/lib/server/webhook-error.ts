import { PipedreamError } from '../http/errors.ts'

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
