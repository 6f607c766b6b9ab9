import type { Account } from './accounts.ts'
import type { ProjectEnvironment } from './client-options.ts'
import { UnreadableResponse } from './read-json.ts'
import { bodyString, PipedreamWebhookError, type WebhookBody } from './webhook.ts'
import { readConnectionWebhook } from './wire/connection-webhook.ts'

/** Properties of both connection webhooks. */
interface ConnectionWebhookBase {
  /** The connect token of the flow, which identifies it. Secret until it is used or expires. */
  readonly connectToken: string
  /** Null if Pipedream did not say. */
  readonly projectEnvironment: ProjectEnvironment | null
  /**
   * Pipedream's own number of the attempt, as a string in the spelling of the body: it has up to 128 bits, more than a
   * JavaScript number can represent; Pipedream's samples show `1.4058728083872854e38`. Null if absent. Prefer `connectToken` to
   * identify a flow.
   */
  readonly connectSessionId: string | null
  /** The parsed body, in which `connect_session_id` is rounded. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** A user connected an account. */
export interface ConnectionSucceeded extends ConnectionWebhookBase {
  /** Always `CONNECTION_SUCCESS`. */
  readonly event: 'CONNECTION_SUCCESS'
  /** The new account, without credentials. Not authenticated: read it with `accounts.get(account.id)` before you rely on it. */
  readonly account: Account
}

/** An attempt to connect failed. Pipedream names neither the user nor the app. */
export interface ConnectionFailed extends ConnectionWebhookBase {
  /** Always `CONNECTION_ERROR`. */
  readonly event: 'CONNECTION_ERROR'
  /** The reason, from Pipedream or the provider, meant for developers. Null if absent. */
  readonly error: string | null
}

/** The webhook that Pipedream sends to the `webhookUri` of a connect token. */
export type ConnectionWebhook = ConnectionSucceeded | ConnectionFailed

/**
 * Parses the webhook that Pipedream sends to the `webhookUri` of a connect token. Pipedream documents no signature for it, so
 * anyone who knows the URL can send one: treat it as a hint, and read the account with `accounts.get` before you rely on it.
 *
 * Throws a `PipedreamWebhookError` with the check `body` if the body is something else, and a `PipedreamInputError` if
 * `rawBody` is neither a string nor bytes.
 */
export function parseConnectionWebhook(rawBody: WebhookBody): ConnectionWebhook {
  const json = bodyString('rawBody', rawBody)
  try {
    return readConnectionWebhook(parse(json), json)
  } catch (error) {
    if (!(error instanceof UnreadableResponse)) throw error
    throw new PipedreamWebhookError(
      'body',
      `This is not a connection webhook from Pipedream: ${error.expectation}.`,
    )
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    // V8's message for invalid JSON quotes it.
    throw new PipedreamWebhookError('body', 'The body of this webhook is not JSON.')
  }
}
