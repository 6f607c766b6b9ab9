import type { Account } from 'pipedream-client/server'
import { deadlineOf } from '../store/flow-deadline.ts'
import { TOLERANCE_MS } from '../store/flow-windows.ts'
import { isLater } from '../store/hold-account.ts'
import type { Flow } from '../store/flows.ts'
import type { HeldAccount } from '../store/held-accounts.ts'
import { type FlowBinding, isBound } from './flow-binding.ts'

/**
 * Why an account is held: its flow can still be confirmed; its flow ended without a confirmation; another browser or user
 * finished a flow that could have created or changed it; Pipedream does not say when it was created.
 */
export type HoldReason = 'not_confirmed' | 'not_finished' | 'finished_elsewhere' | 'unknown_age'

/** An account is shown, but not usable. */
export interface Hold {
  /** The flow that it waits for, or whose end left it unconfirmed. */
  flowId: string
  reason: HoldReason
  /** Its owner may keep it now if they prove one of these bindings. */
  keepers: readonly FlowBinding[]
}

/** What the gateway knows about an account. */
export interface AccountFacts {
  /** Flows of the account's user; at least those whose time contains its creation or last change. */
  flows: readonly Flow[]
  /** IDs of the flows that are proven to have created it. */
  creatorIds: ReadonlySet<string>
  /** The succeeded flow that created or reconnected it. */
  confirmation: Flow | undefined
  /** The row of an account that is or was held. */
  row: HeldAccount | undefined
  /** When the gateway first read it; null: before this was recorded. */
  firstSeenAt: Date | null
  /** A flow that is preferred among equal ones. */
  hintedFlowId?: string | undefined
  now: Date
}

/**
 * Whether an account is held. Decided by user and time: everything that appears while a connect token of its user can create
 * accounts is held, whatever its app, because the holder of the token chooses the app. Depends on nothing but the facts. The
 * time of the first look counts only for an account of unknown age.
 */
export function holdOf(account: Account, facts: AccountFacts): Hold | undefined {
  const { confirmation, row } = facts
  const revoked = facts.flows.find((flow) => isTouchedByRevoked(flow, account, facts))
  if (revoked) return { flowId: revoked.id, reason: 'finished_elsewhere', keepers: [] }
  if (confirmation || row?.releasedAt) return undefined
  const candidates = listCandidates(account, facts)
  if (candidates.length === 0) return row && holdAsBefore(account, row, facts)
  const open = candidates.filter((flow) => isOpen(flow, facts.now))
  const { id: flowId } = prefer(candidates, account, facts)
  if (account.createdAt === null) {
    const keepers = open.length > 0 ? [] : candidates
    return { flowId, reason: 'unknown_age', keepers }
  }
  if (open.some((flow) => couldHaveCreated(flow, account))) {
    return { flowId, reason: 'not_confirmed', keepers: [] }
  }
  return { flowId, reason: 'not_finished', keepers: open.length > 0 ? [] : candidates }
}

/**
 * The flow that is bound to nothing and owns an account, which is then neither held nor confirmed. A proof that a bound flow
 * created the account rules that out.
 */
export function findUnboundOwner(
  account: Account,
  { flows, creatorIds }: Pick<AccountFacts, 'flows' | 'creatorIds'>,
): Flow | undefined {
  if (flows.some((flow) => isBound(flow) && creatorIds.has(flow.id))) return undefined
  const owners = flows.filter((flow) => !isBound(flow) && couldHaveCreated(flow, account))
  return (
    owners.find((flow) => creatorIds.has(flow.id)) ??
    owners.find(({ status }) => status === 'open') ??
    owners[0]
  )
}

/** Whether a dialog that is still open may have created an account, so that its browser can confirm it. */
export function mayBeConfirmed(
  account: Account,
  { flows, now }: Pick<AccountFacts, 'flows' | 'now'>,
): boolean {
  return flows.some((flow) => isBound(flow) && isOpen(flow, now) && couldHaveCreated(flow, account))
}

/** Whether a flow may be confirmed with an account, by app and time. The account's age must be known. */
export function couldHaveCreated(flow: Flow, account: Account): boolean {
  if (flow.reconnects !== null || account.createdAt === null) return false
  if (account.externalUserId !== flow.externalUserId) return false
  if (flow.app !== null && account.app?.slug !== flow.app) return false
  return isInWindow(flow, account.createdAt)
}

/** Whether a flow's connect token could create accounts at an instant of Pipedream's clock. */
export function isInWindow({ window }: Flow, instant: Date): boolean {
  const time = instant.getTime()
  return time >= window.start.getTime() - TOLERANCE_MS && time <= window.end.getTime()
}

/** Whether a flow can still be confirmed. */
export function isOpen(flow: Flow, now: Date): boolean {
  return flow.status === 'open' && now <= deadlineOf(flow)
}

/**
 * Whether a revoked flow may have created an account or changed its credentials. The token is bound to a user only: the
 * hosted page takes the app and the account from its URL, which the sender of the link can change.
 */
function isTouchedByRevoked(flow: Flow, account: Account, facts: AccountFacts): boolean {
  const { confirmation, row, creatorIds } = facts
  if (flow.revokedAt === null || flow.externalUserId !== account.externalUserId) return false
  if (row?.releasedAt && !isLater(flow.revocation, row.releasedAfter)) return false
  if (creatorIds.has(flow.id) || row?.flowId === flow.id) return true
  if (!wasCreatedDuring(flow, account, facts) && !wasChangedDuring(flow, account)) return false
  // An account confirmed before the flow started, and unchanged since, is not the flow's, however close in time.
  const wasBefore = confirmation?.closedAt && confirmation.closedAt < flow.createdAt
  return !wasBefore || isYounger(account, flow) || hasChanged(account)
}

// By Pipedream's clock: the gateway's may have been set back since the flow started, or another replica's may be behind.
function isYounger({ createdAt }: Account, { window }: Flow): boolean {
  return createdAt !== null && createdAt.getTime() > window.start.getTime() + TOLERANCE_MS
}

function wasCreatedDuring(flow: Flow, account: Account, { firstSeenAt }: AccountFacts): boolean {
  if (account.createdAt !== null) return isInWindow(flow, account.createdAt)
  if (firstSeenAt === null || firstSeenAt < flow.createdAt) return false
  // The first look may come late, but once the flow is settled, what it created has been seen.
  return !flow.isSettled || firstSeenAt <= deadlineOf(flow)
}

function wasChangedDuring(flow: Flow, { id, createdAt, updatedAt }: Account): boolean {
  if (updatedAt === null) return flow.reconnects === id
  if (flow.isSettled) return isInWindow(flow, updatedAt)
  // A later refresh of its credentials hides an earlier change, until Pipedream was checked after the flow's time.
  const wasThere = createdAt === null || createdAt <= flow.window.end
  return wasThere && updatedAt.getTime() >= flow.window.start.getTime() - TOLERANCE_MS
}

// Both timestamps are Pipedream's.
function hasChanged({ createdAt, updatedAt }: Account): boolean {
  return createdAt !== null && updatedAt !== null && updatedAt > createdAt
}

// A flow that is bound to nothing owns what fits its app.
function listCandidates(account: Account, facts: AccountFacts): Flow[] {
  if (findUnboundOwner(account, facts)) return []
  return facts.flows.filter(
    (flow) =>
      isBound(flow) &&
      flow.externalUserId === account.externalUserId &&
      (facts.creatorIds.has(flow.id) || wasCreatedDuring(flow, account, facts)),
  )
}

function holdAsBefore(
  { createdAt }: Account,
  row: HeldAccount,
  { flows, now }: AccountFacts,
): Hold {
  const flow = flows.find(({ id }) => id === row.flowId)
  const isWaiting = flow !== undefined && isOpen(flow, now)
  const keepers = flow && !isWaiting && isBound(flow) ? [flow] : []
  if (createdAt === null) return { flowId: row.flowId, reason: 'unknown_age', keepers }
  return { flowId: row.flowId, reason: isWaiting ? 'not_confirmed' : 'not_finished', keepers }
}

/** The flow that an account most likely belongs to. */
function prefer(flows: readonly Flow[], account: Account, facts: AccountFacts): Flow {
  const { row, creatorIds, hintedFlowId, now } = facts
  const rank = (flow: Flow) => [
    Number(isOpen(flow, now) && couldHaveCreated(flow, account)),
    Number(creatorIds.has(flow.id)),
    Number(flow.id === hintedFlowId),
    Number(flow.id === row?.flowId),
    flow.openedAt?.getTime() ?? 0,
    flow.createdAt.getTime(),
  ]
  const [first] = flows.toSorted((one, other) => compare(rank(other), rank(one)))
  if (!first) throw new RangeError('There must be a flow.')
  return first
}

function compare(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((value, at) => value !== other[at])
  return (one[index] ?? 0) - (other[index] ?? 0)
}
