import type { Account } from './accounts.ts'
import type { ProjectEnvironment } from './client-options.ts'
import { UnreadableResponse } from './read-json.ts'
import { bodyString, PipedreamWebhookError, type WebhookBody } from './webhook.ts'
import { readConnectionWebhook } from './wire/connection-webhook.ts'

/** What both connection webhooks tell. */
interface ConnectionWebhookBase {
  /** The connect token of the flow, by which to find the flow again. It is spent or will expire, and is a secret until then. */
  readonly connectToken: string
  /** Null when Pipedream did not say. */
  readonly projectEnvironment: ProjectEnvironment | null
  /**
   * Pipedream's own number of the attempt, exactly as it was written: it has up to 128 bits, which a JavaScript number cannot hold,
   * and Pipedream's samples write it as `1.4058728083872854e38`. Null when absent. Prefer `connectToken` to recognise a flow.
   */
  readonly connectSessionId: string | null
  /** The body as `JSON.parse` reads it, in which `connect_session_id` is not exact. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** Somebody connected an account. */
export interface ConnectionSucceeded extends ConnectionWebhookBase {
  readonly event: 'CONNECTION_SUCCESS'
  /** The new account, as it is told: read it with `accounts.get(account.id)` before you believe it. Never with credentials. */
  readonly account: Account
}

/** An attempt failed. Pipedream tells neither whose it was nor of which app. */
export interface ConnectionFailed extends ConnectionWebhookBase {
  readonly event: 'CONNECTION_ERROR'
  /** Why, in Pipedream's or the provider's words, which are for the developer more than for the user. Null when not said. */
  readonly error: string | null
}

/** What Pipedream sends to the `webhookUri` of a connect token. */
export type ConnectionWebhook = ConnectionSucceeded | ConnectionFailed

/**
 * Reads what Pipedream sends to the `webhookUri` of a connect token. Pipedream documents no signature for it, so anybody who knows
 * the address can send one: take it as a hint, and read the account with `accounts.get` before you believe that it is connected.
 *
 * Throws a `PipedreamWebhookError` with the check `body` when it is something else, and a `PipedreamInputError` when `rawBody` is
 * neither a text nor bytes.
 */
export function parseConnectionWebhook(rawBody: WebhookBody): ConnectionWebhook {
  const json = bodyString('rawBody', rawBody)
  try {
    return readConnectionWebhook(parse(json), json)
  } catch (error) {
    if (!(error instanceof UnreadableResponse)) throw error
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
