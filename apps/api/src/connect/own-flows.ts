import type { Viewer } from '../auth/viewer.ts'
import type { Context, SignedInContext } from '../context.ts'
import { FlowClosed, FlowNotFound, StartedElsewhere } from '../errors.ts'
import { deadlineOf } from '../store/flow-deadline.ts'
import type { Flow } from '../store/flows.ts'
import { type HoldReason, isOpen } from './account-hold.ts'
import { claimCreatedAccount } from './claim-created-account.ts'
import { isBound, proves, readCodeVerifier } from './flow-binding.ts'
import { settleFlow } from './settle-flow.ts'

/** Records that the connect page opens. This confirms nothing, so a flow with a challenge needs no verifier. */
export async function openFlow(
  { flowId }: { flowId: string },
  context: SignedInContext,
): Promise<{ flow: Flow }> {
  const own = await getFlow(flowId, context)
  if (own.codeChallenge === null) checkBinding(own, undefined, context)
  await context.flows.open(own.id, { viewerKind: context.viewer.kind })
  const flow = (await context.flows.get(own.id)) ?? own
  if (flow.status !== 'open') throw new FlowClosed(flow.status)
  return { flow }
}

/** Returns a flow of the viewer, whatever it is bound to. */
export async function getFlow(flowId: string, context: Context): Promise<Flow> {
  const flow = await findOwnFlow(flowId, context)
  if (!flow) throw new FlowNotFound(flowId)
  return flow
}

/** Throws `StartedElsewhere` unless the caller may confirm the flow: this browser started it, or the verifier is the flow's. */
export function checkBinding(flow: Flow, codeVerifier: string | undefined, context: Context): void {
  if (!isProven(flow, codeVerifier, context)) throw new StartedElsewhere()
}

function isProven(flow: Flow, codeVerifier: string | undefined, { browser }: Context): boolean {
  if (!isBound(flow) && codeVerifier === undefined) return true
  return proves({ browserHash: browser.hash, codeVerifier }, flow)
}

/**
 * Returns a flow of the viewer, or `undefined`. A user sees their own flows that are bound to something, also those that a
 * service started for them; a service sees all flows that services started, for any user, and all that are bound to nothing.
 * Reading a flow past its deadline expires it.
 */
export async function findOwnFlow(flowId: string, context: Context): Promise<Flow | undefined> {
  const flow = isFlowId(flowId) ? await context.flows.get(flowId) : undefined
  if (!flow || !isOwn(flow, context.viewer)) return undefined
  const isLate = context.now() > deadlineOf(flow)
  if (flow.status !== 'open' || !isLate) return flow
  // It is too late for a bound flow's account. An unbound flow owns its account, which only Pipedream knows about.
  await context.once(flow.id, async () => {
    const { isComplete } = isBound(flow) ? { isComplete: true } : await settleFlow(flow, context)
    if (isComplete) await context.flows.expire(flow.id)
  })
  return context.flows.get(flow.id)
}

/** Returns the latest account that a flow created and that can still be confirmed. */
export async function findHeldAccountId(
  flow: Flow,
  { heldAccounts, now }: Context,
): Promise<string | undefined> {
  if (!isOpen(flow, now())) return undefined
  const held = await heldAccounts.listByFlow(flow.id)
  return held
    .filter(({ reason }) => reason === CONFIRMABLE)
    .toSorted((one, other) => other.since.getTime() - one.since.getTime())[0]?.accountId
}

const CONFIRMABLE: HoldReason = 'not_confirmed'

function isFlowId(value: string): boolean {
  return /^[0-9a-f-]{36}$/.test(value)
}

function isOwn(flow: Flow, viewer: Viewer | undefined): boolean {
  if (!viewer) return false
  if (viewer.kind === 'service') return flow.viewerKind === 'service' || !isBound(flow)
  return isBound(flow) && flow.externalUserId === viewer.externalUserId
}

/**
 * Closes a flow because the user left it, or because the browser reported a problem. A user who leaves at the very end may
 * have connected an account anyway: for a caller who may confirm the flow, it then succeeds as if it had been confirmed. A
 * flow with a challenge can be closed without its verifier. Does nothing if the flow is closed already.
 */
export async function cancelFlow(
  { flowId, codeVerifier, trouble }: CancelFlowInput,
  context: SignedInContext,
): Promise<{ flow: Flow }> {
  const verifier = readCodeVerifier(codeVerifier)
  const flow = await getFlow(flowId, context)
  if (flow.codeChallenge === null || verifier !== undefined) checkBinding(flow, verifier, context)
  if (flow.status !== 'open') return { flow }
  if (isProven(flow, verifier, context)) {
    await context.once(flow.id, () => claimCreatedAccount(flow, context, { isReturn: false }))
  }
  // No effect if the flow has succeeded: the first transition that closes a flow wins.
  const viewerKind = context.viewer.kind
  if (trouble == null) await context.flows.cancel(flow.id, { viewerKind })
  else await context.flows.fail(flow.id, { viewerKind, reason: trouble })
  return { flow: (await context.flows.get(flow.id)) ?? flow }
}

interface CancelFlowInput {
  flowId: string
  codeVerifier?: string | null | undefined
  trouble?: FlowTrouble | null | undefined
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
