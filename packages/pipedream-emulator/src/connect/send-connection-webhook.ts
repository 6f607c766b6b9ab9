import type { ConnectToken } from '../state/store.ts'
import type { OutgoingWebhook } from '../server/webhooks.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** The content of a connection webhook: the connected account, or the error. */
type ConnectionOutcome = { account: Record<string, unknown> } | { error: string }

/** The id of an account that does not exist. */
const FORGED_ACCOUNT = 'apn_Forged'

/**
 * Reports the result of a connection to the connect token's webhook. It is unsigned: Pipedream documents no signature
 * for these webhooks.
 */
export function sendConnectionWebhook(
  context: EmulatorContext,
  token: ConnectToken,
  outcome: ConnectionOutcome,
): void {
  const url = token.webhookUri
  if (url === null) return
  const webhook = (told: ConnectionOutcome): OutgoingWebhook => ({
    url,
    event: 'account' in told ? 'CONNECTION_SUCCESS' : 'CONNECTION_ERROR',
    headers: { 'content-type': 'application/json' },
    body: connectionBody(token, told),
  })
  context.webhooks.send(webhook(outcome), webhook(createForgery(token, outcome)))
}

// The webhook is unsigned, so anyone who knows the address and the token can send it. Only the account cannot be
// forged.
function createForgery(token: ConnectToken, outcome: ConnectionOutcome): ConnectionOutcome {
  const real = 'account' in outcome ? outcome.account : { external_id: token.externalUserId }
  return { account: { ...real, id: FORGED_ACCOUNT } }
}

// `connect_session_id` is a JSON number of up to 128 bits, which JSON.stringify cannot write.
function connectionBody(token: ConnectToken, outcome: ConnectionOutcome): string {
  const head = JSON.stringify({
    event: 'account' in outcome ? 'CONNECTION_SUCCESS' : 'CONNECTION_ERROR',
    connect_token: token.token,
    environment: token.environment,
  })
  const tail = JSON.stringify(outcome)
  return `${head.slice(0, -1)},"connect_session_id":${token.sessionId},${tail.slice(1)}`
}
