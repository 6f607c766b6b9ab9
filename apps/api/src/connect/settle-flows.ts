import type { Account } from 'pipedream-client/server'
import type { Services } from '../services.ts'
import { deadlineOf, type Flow } from '../store/flows.ts'
import { couldHaveMade, couldHaveTouched } from './could-have-made.ts'
import { noteHealth } from './note-health.ts'

/** What somebody says that a flow made; it only decides between equals. */
export interface Hint {
  flowId: string
  accountId?: string | undefined
}

/**
 * Reads what Pipedream has of a flow's person and app (of a burned flow's person, whatever the app), and brings their flows
 * in line with it. Every hint leads here, and what comes out depends on what Pipedream has and on who confirmed, not on
 * which hints came, how often or in what order.
 */
export async function settleFlows(
  { id, externalUserId, app, browserHash, revokedAt }: Flow,
  services: Services,
  // Of a browser's flow there are better signs than that somebody looks at it.
  hint: Hint | undefined = browserHash === null ? { flowId: id } : undefined,
): Promise<Account[]> {
  const query = revokedAt === null ? { externalUserId, app } : { externalUserId }
  const accounts = await listAccounts(query, services)
  await noteHealth(accounts, services)
  await settleAccounts({ accounts, externalUserId, hint }, services)
  return accounts
}

interface AccountsToSettle {
  /** Accounts of one person that were just read. */
  accounts: readonly Account[]
  externalUserId: string
  hint?: Hint | undefined
}

/**
 * Sees to accounts of one person that were just read: one that a flow could have made, and nobody has confirmed, is held;
 * one that a burned flow could have made or changed is to be removed; one of a flow that is not held belongs to that flow.
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
    if (revoked) await heldAccounts.condemn({ accountId: account.id, flowId: revoked.id })
    else if (!known.has(account.id) && !createdAccounts.has(account.id)) {
      await settleNew({ account, candidates, hint }, services)
    }
  }
}

// What was confirmed before the flow began, and not changed since, is none of its doing, however near in time.
function isTouchedByRevoked(flow: Flow, account: Account, creator: Flow | undefined): boolean {
  if (flow.revokedAt === null || !couldHaveTouched(flow, account)) return false
  const wasBefore = creator?.closedAt && creator.closedAt < flow.createdAt
  return !wasBefore || hasChanged(account)
}

// By Pipedream's own clock, whatever ours says.
function hasChanged({ createdAt, updatedAt }: Account): boolean {
  return createdAt !== null && updatedAt !== null && updatedAt > createdAt
}

interface NewAccount {
  account: Account
  /** The flows that may have made it. */
  candidates: readonly Flow[]
  hint: Hint | undefined
}

async function settleNew(
  { account, candidates, hint }: NewAccount,
  { flows, heldAccounts, now }: Services,
): Promise<void> {
  const makers = candidates.filter((flow) => couldHaveMade(flow, account))
  const open = makers.filter(({ status }) => status === 'open')
  const unheld = makers.filter(({ browserHash }) => browserHash === null)
  if (unheld.length > 0) {
    const maker = prefer(
      unheld.filter(({ status }) => status === 'open'),
      hint,
    )
    if (maker) await flows.succeed(maker.id, account.id)
    return
  }
  const maker = prefer(open, hint) ?? prefer(makers, hint)
  if (!maker) return
  const deadlines = [now(), ...open.map(deadlineOf)].map((date) => date.getTime())
  const deadline = new Date(Math.max(...deadlines))
  await heldAccounts.hold({ accountId: account.id, flowId: maker.id, deadline })
}

function prefer(flows: readonly Flow[], hint: Hint | undefined): Flow | undefined {
  return flows.find(({ id }) => id === hint?.flowId) ?? flows[0]
}

// Nobody has so many; a list without end must not keep us.
const ACCOUNTS_MAX = 2000

/** All that Pipedream has of a person, or of a person's app. */
export async function listAccounts(
  query: { externalUserId: string; app?: string },
  { pipedream }: Services,
): Promise<Account[]> {
  const accounts: Account[] = []
  for await (const account of await pipedream.accounts.list({ ...query, limit: 100 })) {
    // Asked for one person's accounts, Pipedream names no other; a misunderstanding here would delete them.
    if (account.externalUserId === query.externalUserId) accounts.push(account)
    if (accounts.length === ACCOUNTS_MAX) break
  }
  return accounts
}
