import type { Account } from 'pipedream-client/server'
import type { Services } from '../services.ts'
import type { Flow } from '../store/flows.ts'
import type { HeldAccount } from '../store/held-accounts.ts'
import {
  type AccountFacts,
  findUnboundOwner,
  type Hold,
  holdOf,
  mayBeConfirmed,
} from './account-hold.ts'

interface AccountsToSettle {
  /** Accounts of one user that were just read. */
  accounts: readonly Account[]
  externalUserId: string
  /** A flow that is preferred among equal ones. */
  hintedFlowId?: string | undefined
}

/** The holds of some accounts, by account ID. */
export type Holds = ReadonlyMap<string, Hold>

/**
 * Records which accounts of one user are held, and assigns those of flows that are bound to nothing. The accounts must have been
 * read just now, and their health recorded. The result depends on Pipedream's data and on the user's acts, not on which
 * hints came, how often or in what order.
 */
export async function settleAccounts(asked: AccountsToSettle, services: Services): Promise<Holds> {
  const { accounts, externalUserId } = asked
  const found = await readFacts(asked, services)
  const holds = new Map<string, Hold>()
  for (const account of accounts) {
    const facts = found(account)
    const hold = holdOf(account, facts)
    if (hold) {
      holds.set(account.id, hold)
      await record({ account, externalUserId, hold, row: facts.row }, services)
    } else if (!facts.confirmation && !facts.row) {
      const owner = findOwner(account, facts)
      if (owner) await services.flows.succeed(owner.id, account.id)
    }
  }
  return holds
}

/** The open flow to assign an account to. Waits for an open dialog, whose browser may still confirm the account. */
function findOwner(account: Account, facts: AccountFacts): Flow | undefined {
  const owner = findUnboundOwner(account, facts)
  if (owner?.status !== 'open') return undefined
  return facts.creatorIds.has(owner.id) || !mayBeConfirmed(account, facts) ? owner : undefined
}

/** Returns which accounts of one user are held, and records nothing. */
export async function readHolds(asked: AccountsToSettle, services: Services): Promise<Holds> {
  const found = await readFacts(asked, services)
  return new Map(
    asked.accounts.flatMap((account) => {
      const hold = holdOf(account, found(account))
      return hold ? [[account.id, hold] as const] : []
    }),
  )
}

interface HeldNow {
  account: Account
  externalUserId: string
  hold: Hold
  row: HeldAccount | undefined
}

async function record(
  { account, externalUserId, hold, row }: HeldNow,
  { heldAccounts }: Services,
): Promise<void> {
  const { flowId, reason } = hold
  const isKnown =
    row &&
    row.releasedAt === null &&
    row.flowId === flowId &&
    row.reason === reason &&
    row.createdAt?.getTime() === account.createdAt?.getTime()
  if (isKnown || row?.removedAt) return
  const { id: accountId, app, createdAt } = account
  await heldAccounts.hold({
    accountId,
    externalUserId,
    app: app?.slug ?? null,
    createdAt,
    flowId,
    reason,
  })
}

async function readFacts(
  { accounts, externalUserId, hintedFlowId }: AccountsToSettle,
  { flows, windows, heldAccounts, health, now }: Services,
): Promise<(account: Account) => AccountFacts> {
  const ids = accounts.map(({ id }) => id)
  const undated = accounts.filter(({ createdAt }) => createdAt === null).map(({ id }) => id)
  const [proofs, confirmations, rows, sightings] = await Promise.all([
    flows.listProofs(ids),
    flows.listByCreatedAccount(ids),
    heldAccounts.listKnown(ids),
    health.listFirstSeen(undated),
  ])
  const known = await windows.list({
    externalUserId,
    instants: accounts.flatMap(({ createdAt, updatedAt }) =>
      [createdAt, updatedAt].filter((instant) => instant !== null),
    ),
    sightings: [...sightings.values()].filter((sighting) => sighting !== null),
    // Each of a user's flows may be proven to have created each account.
    flowIds: [...new Set([...rows, ...proofs].map(({ flowId }) => flowId))],
  })
  const confirmationOf = new Map(confirmations.map((flow) => [flow.accountId, flow]))
  const creatorsOf = Map.groupBy(proofs, ({ accountId }) => accountId)
  const rowOf = new Map(rows.map((row) => [row.accountId, row]))
  return ({ id }) => ({
    flows: known,
    creatorIds: new Set(creatorsOf.get(id)?.map(({ flowId }) => flowId)),
    confirmation: confirmationOf.get(id),
    row: rowOf.get(id),
    firstSeenAt: sightings.get(id) ?? null,
    hintedFlowId,
    now: now(),
  })
}
