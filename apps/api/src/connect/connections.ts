import type { Viewer } from '../auth/viewer.ts'
import type { Context, SignedInContext } from '../context.ts'
import {
  AccountMismatch,
  AccountNotFound,
  FlowClosed,
  FlowNotFound,
  StartedElsewhere,
} from '../errors.ts'
import { deadlineOf, type Flow } from '../store/flows.ts'
import { type ConnectedAccount, findOwnAccount, isAccountId } from './accounts.ts'
import { couldHaveMade, couldHaveTouched } from './could-have-made.ts'
import { claimCreatedAccount } from './finish-flow.ts'
import { noteHealth } from './note-health.ts'
import { recordRefusal, type Refused } from './record-refusal.ts'
import { settleFlows } from './settle-flows.ts'

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
  await noteHealth([found], context)
  if (found.app === null) throw new AccountNotFound(accountId)
  const account = { ...found, app: found.app, heldFlowId: null }
  if (confirmedBefore) return { account, flow }
  if (!(await isCreatedBy(flow, account, context))) throw new AccountMismatch(accountId)
  return { account, flow: await closeFlow(flow, accountId, context) }
}

/** Records that the user has started to connect, so that the token is more than prefetched. */
export async function openFlow(
  { flowId }: { flowId: string },
  context: SignedInContext,
): Promise<{ flow: Flow }> {
  const own = await getOwnFlow(flowId, context)
  await context.flows.open(own.id, { viewerKind: context.viewer.kind })
  const flow = (await context.flows.get(own.id)) ?? own
  if (flow.status !== 'open') throw new FlowClosed(flow.status)
  return { flow }
}

/** Returns a flow of the viewer that was started in this browser or in none. */
async function getOwnFlow(flowId: string, context: Context): Promise<Flow> {
  const flow = await getFlow(flowId, context)
  checkBrowser(flow, context)
  return flow
}

async function getFlow(flowId: string, context: Context): Promise<Flow> {
  const flow = await findOwnFlow(flowId, context)
  if (!flow) throw new FlowNotFound(flowId)
  return flow
}

function checkBrowser(flow: Flow, context: Context): void {
  if (flow.browserHash !== null && flow.browserHash !== context.browser.hash) {
    throw new StartedElsewhere()
  }
}

/**
 * Returns a flow of the viewer, or `undefined`. A user sees the flows started in their browsers; a service sees all flows
 * that services started, for any user. Reading a flow past its deadline expires it.
 */
export async function findOwnFlow(flowId: string, context: Context): Promise<Flow | undefined> {
  const flow = isFlowId(flowId) ? await context.flows.get(flowId) : undefined
  if (!flow || !isOwn(flow, context.viewer)) return undefined
  const isLate = context.now() > deadlineOf(flow)
  if (flow.status !== 'open' || !isLate) return flow
  // It is too late for a held flow's account. A flow that is not held owns its account, which only Pipedream knows about.
  if (flow.browserHash === null) await settleFlows(flow, context)
  await context.flows.expire(flow.id)
  return context.flows.get(flow.id)
}

/** Returns the latest account that a flow created and that can still be confirmed. */
export async function findHeldAccountId(
  { id, externalUserId, status }: Flow,
  { heldAccounts, now }: Context,
): Promise<string | undefined> {
  if (status !== 'open') return undefined
  const held = await heldAccounts.list(externalUserId)
  return held
    .filter(({ flowId, deadline }) => flowId === id && deadline > now())
    .toSorted((one, other) => other.since.getTime() - one.since.getTime())[0]?.accountId
}

function isFlowId(value: string): boolean {
  return /^[0-9a-f-]{36}$/.test(value)
}

function isOwn({ browserHash, externalUserId }: Flow, viewer: Viewer | undefined): boolean {
  if (!viewer) return false
  if (viewer.kind === 'service') return browserHash === null
  return browserHash !== null && externalUserId === viewer.externalUserId
}

// An account from before the flow does not count, nor one that a revoked flow may have created or changed.
async function isCreatedBy(
  flow: Flow,
  account: ConnectedAccount,
  { unsettled }: Context,
): Promise<boolean> {
  const isOwn =
    flow.reconnects === null ? couldHaveMade(flow, account) : flow.reconnects === account.id
  if (!isOwn) return false
  const others = await unsettled.list(flow.externalUserId)
  return !others.some((other) => other.revokedAt !== null && couldHaveTouched(other, account))
}

async function closeFlow(flow: Flow, accountId: string, { flows, viewer }: Context): Promise<Flow> {
  await flows.succeed(flow.id, accountId, { viewerKind: viewer?.kind })
  const closed = await flows.get(flow.id)
  // A concurrent confirmation of the same account may have been faster; that is a success, too.
  if (closed?.status === 'succeeded' && closed.accountId === accountId) return closed
  if (!closed) throw new FlowNotFound(flow.id)
  throw closed.status === 'open' ? new AccountMismatch(accountId) : new FlowClosed(closed.status)
}

/**
 * Closes a flow because the user left it, or because the browser reported a problem. A user who leaves at the very end may
 * have connected an account anyway: the flow then succeeds as if it had been confirmed. Does nothing if the flow is
 * closed already.
 */
export async function cancelFlow(
  { flowId, trouble }: { flowId: string; trouble?: FlowTrouble | null | undefined },
  context: SignedInContext,
): Promise<{ flow: Flow }> {
  const flow = await getOwnFlow(flowId, context)
  if (flow.status !== 'open') return { flow }
  await claimCreatedAccount(flow, context, { isReturn: false })
  // No effect if the flow has succeeded: the first transition that closes a flow wins.
  const viewerKind = context.viewer.kind
  if (trouble == null) await context.flows.cancel(flow.id, { viewerKind })
  else await context.flows.fail(flow.id, { viewerKind, reason: trouble })
  return { flow: (await context.flows.get(flow.id)) ?? flow }
}

/** Why a flow failed, as reported by the browser; the log keeps it as the flow's reason. */
export type FlowTrouble =
  | 'popup_blocked'
  | 'page_not_loaded'
  | 'storage_blocked'
  | 'offline'
  | 'provider_refused'
  | 'timed_out'
  | 'bad_answer'

/** Problems that occur before the user can do anything. */
export const OPENING_TROUBLES: readonly FlowTrouble[] = [
  'popup_blocked',
  'page_not_loaded',
  'storage_blocked',
  'offline',
]
