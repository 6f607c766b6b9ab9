import type { Context, SignedInContext } from '../context.ts'
import { AccountMismatch, AccountNotFound, FlowClosed, FlowNotFound } from '../errors.ts'
import type { Flow } from '../store/flows.ts'
import { type ConnectedAccount, findOwnAccount, isAccountId } from './accounts.ts'
import { couldHaveCreated, couldHaveCreatedOrChanged } from './could-have-created.ts'
import { checkBrowser, getFlow } from './own-flows.ts'
import { recordHealth } from './record-health.ts'
import { recordRefusal, type Refused } from './record-refusal.ts'

export interface ConfirmConnectionInput {
  flowId: string
  accountId: string
}

export interface ConfirmedConnection {
  account: ConnectedAccount
  flow: Flow
}

/**
 * Closes a flow with the account that it created. The browser's input is only a hint: the account is read from Pipedream
 * again and must match the flow's user and app, and the browser must be the one that started the flow. Confirming the
 * same account twice returns the same result, so a client can retry after a lost response.
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
    const flow = await getFlow(input.flowId, context)
    // Set only now, because an attempt on another user's flow must not appear in that flow's log.
    refused.flowId = flow.id
    refused.app = flow.app
    checkBrowser(flow, context)
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
  const account = { ...found, app: found.app, heldFlowId: null }
  if (confirmedBefore) return { account, flow }
  if (!(await isCreatedBy(flow, account, context))) throw new AccountMismatch(accountId)
  return { account, flow: await closeFlow(flow, accountId, context) }
}

// An account from before the flow does not count, nor one that a revoked flow may have created or changed.
async function isCreatedBy(
  flow: Flow,
  account: ConnectedAccount,
  { unsettled }: Context,
): Promise<boolean> {
  const isOwn =
    flow.reconnects === null ? couldHaveCreated(flow, account) : flow.reconnects === account.id
  if (!isOwn) return false
  const others = await unsettled.list(flow.externalUserId)
  return !others.some(
    (other) => other.revokedAt !== null && couldHaveCreatedOrChanged(other, account),
  )
}

async function closeFlow(flow: Flow, accountId: string, { flows, viewer }: Context): Promise<Flow> {
  await flows.succeed(flow.id, accountId, { viewerKind: viewer?.kind })
  const closed = await flows.get(flow.id)
  // A concurrent confirmation of the same account may have been faster, which is a success too.
  if (closed?.status === 'succeeded' && closed.accountId === accountId) return closed
  if (!closed) throw new FlowNotFound(flow.id)
  throw closed.status === 'open' ? new AccountMismatch(accountId) : new FlowClosed(closed.status)
}
