import type { SignedInContext } from '../context.ts'
import { AccountMismatch, AccountNotFound, FlowClosed, FlowNotFound } from '../errors.ts'
import type { Flow } from '../store/flows.ts'
import { type ConnectedAccount, findOwnAccount, isAccountId } from './accounts.ts'
import { couldHaveCreated } from './account-hold.ts'
import { readCodeVerifier } from './flow-binding.ts'
import { checkBinding, getFlow } from './own-flows.ts'
import { recordHealth } from './record-health.ts'
import { recordRefusal, type Refused } from './record-refusal.ts'
import { readHolds, settleAccounts } from './settle-accounts.ts'

export interface ConfirmConnectionInput {
  flowId: string
  accountId: string
  codeVerifier?: string | null | undefined
}

export interface ConfirmedConnection {
  account: ConnectedAccount
  flow: Flow
}

/**
 * Closes a flow with the account that it created. The browser's input is only a hint: the account is read from Pipedream
 * again and must match the flow's user and app, and the caller must be the browser that started the flow, or have its verifier.
 * Confirming the same account twice returns the same result, so a client can retry after a lost response.
 */
export async function confirmConnection(
  input: ConfirmConnectionInput,
  context: SignedInContext,
): Promise<ConfirmedConnection> {
  const refused: Refused = {
    type: 'confirmation_refused',
    accountId: isAccountId(input.accountId) ? input.accountId : null,
  }
  try {
    const codeVerifier = readCodeVerifier(input.codeVerifier)
    const flow = await getFlow(input.flowId, context)
    // Set only now, because an attempt on another user's flow must not appear in that flow's log.
    refused.flowId = flow.id
    refused.app = flow.app
    checkBinding(flow, codeVerifier, context)
    return await confirm(flow, input.accountId, context)
  } catch (error) {
    await recordRefusal(refused, error, context)
    throw error
  }
}

async function confirm(
  flow: Flow,
  accountId: string,
  context: SignedInContext,
): Promise<ConfirmedConnection> {
  const confirmedBefore = flow.status === 'succeeded' && flow.accountId === accountId
  if (!confirmedBefore && flow.status !== 'open') throw new FlowClosed(flow.status)
  const found = await findOwnAccount(accountId, flow.externalUserId, context)
  await recordHealth([found], context)
  if (found.app === null) throw new AccountNotFound(accountId)
  const { externalUserId } = flow
  const asked = { accounts: [found], externalUserId, hintedFlowId: flow.id }
  const hold = (await readHolds(asked, context)).get(accountId) ?? null
  const account = { ...found, app: found.app, hold }
  if (confirmedBefore) return { account, flow }
  if (!mayConfirm(flow, account)) {
    await settleAccounts(asked, context)
    throw new AccountMismatch(accountId)
  }
  return { account: { ...account, hold: null }, flow: await closeFlow(flow, accountId, context) }
}

// An account from before the flow does not count, nor one that a revoked flow may have created or changed, nor one whose age
// is unknown.
function mayConfirm(flow: Flow, account: ConnectedAccount): boolean {
  if (account.hold?.reason === 'finished_elsewhere') return false
  return flow.reconnects === null ? couldHaveCreated(flow, account) : flow.reconnects === account.id
}

async function closeFlow(
  flow: Flow,
  accountId: string,
  { flows, viewer }: SignedInContext,
): Promise<Flow> {
  await flows.succeed(flow.id, accountId, { viewerKind: viewer.kind })
  const closed = await flows.get(flow.id)
  // A concurrent confirmation of the same account may have been faster, which is a success too.
  if (closed?.status === 'succeeded' && closed.accountId === accountId) return closed
  if (!closed) throw new FlowNotFound(flow.id)
  throw closed.status === 'open' ? new AccountMismatch(accountId) : new FlowClosed(closed.status)
}
