import type { Target } from './create-target.ts'

export const CONFIRM = `mutation ($flowId: ID!, $accountId: ID!) {
  confirmConnection(input: { flowId: $flowId, accountId: $accountId }) { __typename } }`

/** A flow of the attacker, with the account that it made. */
export async function ownCreatedAccount({ mallory }: Target) {
  const { token, flowId } = await mallory.startConnecting('openai')
  return { flowId, accountId: await mallory.typeKey(token, 'openai') }
}

/** The addresses that Pipedream was given for a new flow of the attacker. */
export async function ownAddresses(target: Target) {
  const { flowId } = await target.mallory.startConnecting('openai')
  const { webhookUri = '', finishUri = '' } = target.lastAddresses()
  return { flowId, webhook: new URL(webhookUri).pathname, finish: new URL(finishUri).pathname }
}
