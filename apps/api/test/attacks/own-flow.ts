import type { Arena } from './create-target.ts'

export const CONFIRM = `mutation ($flowId: ID!, $accountId: ID!) {
  confirmConnection(input: { flowId: $flowId, accountId: $accountId }) { __typename } }`

/** A flow of the attacker, with the account that it made. */
export async function ownFruit({ mallory }: Arena) {
  const { token, flowId } = await mallory.startConnecting('openai')
  return { flowId, accountId: await mallory.typeKey(token, 'openai') }
}

/** The addresses that Pipedream was given for a new flow of the attacker. */
export async function ownAddresses(arena: Arena) {
  const { flowId } = await arena.mallory.startConnecting('openai')
  const { webhookUri = '', finishUri = '' } = arena.lastAddresses()
  return { flowId, webhook: new URL(webhookUri).pathname, finish: new URL(finishUri).pathname }
}
