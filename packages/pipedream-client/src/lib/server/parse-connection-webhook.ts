import type { ConnectionWebhook } from './connection-webhook.ts'
import { UnreadableAnswer } from './read-json.ts'
import { bodyText, type WebhookBody } from './webhook-body.ts'
import { PipedreamWebhookError } from './webhook-error.ts'
import { readConnectionWebhook } from './wire/connection-webhook.ts'

/**
 * Reads what Pipedream sends to the `webhookUri` of a connect token. Pipedream documents no signature for it, so anybody who knows
 * the address can send one: take it as a hint, and read the account with `accounts.get` before you believe that it is connected.
 *
 * Throws a `PipedreamWebhookError` with the check `body` when it is something else, and a `PipedreamInputError` when `rawBody` is
 * neither a text nor bytes.
 */
export function parseConnectionWebhook(rawBody: WebhookBody): ConnectionWebhook {
  const json = bodyText('rawBody', rawBody)
  try {
    return readConnectionWebhook(parse(json), json)
  } catch (error) {
    if (!(error instanceof UnreadableAnswer)) throw error
    throw new PipedreamWebhookError(
      'body',
      `This is not a connection webhook of Pipedream's: ${error.expectation}.`,
    )
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    // What V8 says of bad JSON quotes it.
    throw new PipedreamWebhookError('body', 'The body of this webhook is not JSON.')
  }
}
