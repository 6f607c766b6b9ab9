import type { Account } from 'pipedream-client/server'
import type { Services } from '../services.ts'
import { deadlineOf, type Flow } from '../store/flows.ts'
import { couldHaveCreated, couldHaveCreatedOrChanged } from './could-have-created.ts'
import { recordHealth } from './record-health.ts'

/** A claim about which account a flow created; it only decides between equal candidates. */
export interface Hint {
  flowId: string
  accountId?: string | undefined
}

/**
 * Reads the accounts of a flow's user and app from Pipedream (for a revoked flow: all of the user's accounts), and updates
 * the user's flows to match. Called for every hint. The result depends on Pipedream's data and on the confirmations, not
 * on which hints came, how often or in what order.
 */
export async function settleFlows(
  { id, externalUserId, app, browserHash, revokedAt }: Flow,
  services: Services,
  // Reading a flow that a browser started proves nothing: the browser confirms it.
  hint: Hint | undefined = browserHash === null ? { flowId: id } : undefined,
): Promise<Account[]> {
  const query = revokedAt === null ? { externalUserId, app } : { externalUserId }
  const accounts = await listAccounts(query, services)
  await recordHealth(accounts, services)
  await settleAccounts({ accounts, externalUserId, hint }, services)
  return accounts
}

interface AccountsToSettle {
  /** Accounts of one user that were just read. */
  accounts: readonly Account[]
  externalUserId: string
  hint?: Hint | undefined
}

/**
 * Assigns accounts of one user that were just read. An unconfirmed account that a flow could have created is held; one that
 * a revoked flow could have created or changed is marked for removal; one of a flow that is not held belongs to that flow.
 */
export async function settleAccounts(
  { accounts, externalUserId, hint }: AccountsToSettle,
  services: Services,
): Promise<void> {
  const { flows, unsettled, heldAccounts } = services
  const candidates = await unsettled.list(externalUserId)
  if (candidates.length === 0) return
  const ids = accounts.map(({ id }) => id)
  const createdAccounts = new Map(
    (await flows.listByCreatedAccount(ids)).map((flow) => [flow.accountId, flow]),
  )
  const known = await heldAccounts.listKnown(ids)
  const hintedFirst = accounts.toSorted(
    (one, other) => Number(other.id === hint?.accountId) - Number(one.id === hint?.accountId),
  )
  for (const account of hintedFirst) {
    const revoked = candidates.find((flow) =>
      isTouchedByRevoked(flow, account, createdAccounts.get(account.id)),
    )
    if (revoked) await heldAccounts.markForRemoval({ accountId: account.id, flowId: revoked.id })
    else if (!known.has(account.id) && !createdAccounts.has(account.id)) {
      await settleNew({ account, candidates, hint }, services)
    }
  }
}

// An account confirmed before the flow started, and unchanged since, is not the flow's, however close in time.
function isTouchedByRevoked(flow: Flow, account: Account, creator: Flow | undefined): boolean {
  if (flow.revokedAt === null || !couldHaveCreatedOrChanged(flow, account)) return false
  const wasBefore = creator?.closedAt && creator.closedAt < flow.createdAt
  return !wasBefore || hasChanged(account)
}

// Compares Pipedream's own timestamps, so clock skew does not matter.
function hasChanged({ createdAt, updatedAt }: Account): boolean {
  return createdAt !== null && updatedAt !== null && updatedAt > createdAt
}

interface NewAccount {
  account: Account
  /** The flows that may have created it. */
  candidates: readonly Flow[]
  hint: Hint | undefined
}

async function settleNew(
  { account, candidates, hint }: NewAccount,
  { flows, heldAccounts, now }: Services,
): Promise<void> {
  const creators = candidates.filter((flow) => couldHaveCreated(flow, account))
  const open = creators.filter(({ status }) => status === 'open')
  const unheld = creators.filter(({ browserHash }) => browserHash === null)
  if (unheld.length > 0) {
    const creator = prefer(
      unheld.filter(({ status }) => status === 'open'),
      hint,
    )
    if (creator) await flows.succeed(creator.id, account.id)
    return
  }
  const creator = prefer(open, hint) ?? prefer(creators, hint)
  if (!creator) return
  const deadlines = [now(), ...open.map(deadlineOf)].map((date) => date.getTime())
  const deadline = new Date(Math.max(...deadlines))
  await heldAccounts.hold({ accountId: account.id, flowId: creator.id, deadline })
}

function prefer(flows: readonly Flow[], hint: Hint | undefined): Flow | undefined {
  return flows.find(({ id }) => id === hint?.flowId) ?? flows[0]
}

// Far more than a user has; stops an endless list.
const ACCOUNTS_MAX = 2000

/** Lists all of a user's accounts at Pipedream, or those of one app. */
export async function listAccounts(
  query: { externalUserId: string; app?: string },
  { pipedream }: Services,
): Promise<Account[]> {
  const accounts: Account[] = []
  for await (const account of await pipedream.accounts.list({ ...query, limit: 100 })) {
    // If Pipedream ignored the filter, another user's accounts would be deleted.
    if (account.externalUserId === query.externalUserId) accounts.push(account)
    if (accounts.length === ACCOUNTS_MAX) break
  }
  return accounts
}
