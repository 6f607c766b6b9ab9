import type { Services } from '../services.ts'
import type { UserToCheck } from '../store/account-health.ts'
import { findAccount } from './accounts.ts'
import { readPages } from './read-pages.ts'
import { recordHealth } from './record-health.ts'
import { settleAccounts } from './settle-accounts.ts'

const EVERY_MS = 6 * 60 * 60 * 1000
const USERS = 5
const ASKED_MAX = 20
// A statement takes a bounded number of parameters. What is beyond has its turn six hours later.
const RELEASED_MAX = 10_000

/**
 * Checks the accounts of a few users that have not been checked for the longest time. Asks for a few accounts by ID, which
 * were not in their user's list; the others have their turn in later passes.
 */
export async function sweepHealth(
  services: Services,
  onError: (error: unknown) => void,
): Promise<void> {
  const before = new Date(services.now().getTime() - EVERY_MS)
  const missingOfUsers: Missing[][] = []
  for (const user of await services.health.claimUsers({ before, limit: USERS })) {
    missingOfUsers.push(
      await listMissing(user, services).catch((error: unknown) => {
        onError(error)
        return []
      }),
    )
  }
  const missing = interleave(missingOfUsers)
  for (const one of missing.slice(0, ASKED_MAX)) {
    await forgetIfGone(one, services).catch(onError)
  }
  const rest = missing.slice(ASKED_MAX, RELEASED_MAX).map(({ accountId }) => accountId)
  await services.health.release(rest, { before })
}

/** Puts the first item of each list first, then the second ones, so that a long list does not delay the others. */
function interleave<Item>(lists: readonly (readonly Item[])[]): Item[] {
  const placed = lists.flatMap((list) => list.map((item, place) => ({ item, place })))
  return placed.toSorted((one, other) => one.place - other.place).map(({ item }) => item)
}

/** An account that was not in its user's list. */
interface Missing {
  accountId: string
  externalUserId: string
}

async function listMissing(
  { externalUserId, accountIds }: UserToCheck,
  services: Services,
): Promise<Missing[]> {
  const here = new Set<string>()
  const { cursor } = await readPages({ externalUserId }, services, async (accounts) => {
    await recordHealth(accounts, services)
    await settleAccounts({ accounts, externalUserId }, services)
    for (const { id } of accounts) here.add(id)
  })
  // The rest of the list is unknown.
  if (cursor !== null) return []
  return accountIds
    .filter((accountId) => !here.has(accountId))
    .map((accountId) => ({ accountId, externalUserId }))
}

async function forgetIfGone(
  { accountId, externalUserId }: Missing,
  services: Services,
): Promise<void> {
  if (await findAccount(accountId, services)) return
  const reason = 'gone_at_pipedream'
  const wasHeld = await services.heldAccounts.remove(accountId, { reason })
  const gone = wasHeld ? undefined : { externalUserId, reason }
  await services.health.forget({ accountId, gone })
}
