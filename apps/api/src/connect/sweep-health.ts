import type { Services } from '../services.ts'
import { findAccount } from './accounts.ts'
import { readPages } from './read-pages.ts'
import { recordHealth } from './record-health.ts'
import { settleAccounts } from './settle-accounts.ts'

const EVERY_MS = 6 * 60 * 60 * 1000
const USERS = 5

/** Checks the accounts of a few users that have not been checked for the longest time. Returns the errors. */
export async function sweepHealth(services: Services): Promise<unknown[]> {
  const before = new Date(services.now().getTime() - EVERY_MS)
  const errors: unknown[] = []
  for (const externalUserId of await services.health.claimUsers({ before, limit: USERS })) {
    await sweepUser(externalUserId, services).catch((error: unknown) => errors.push(error))
  }
  return errors
}

async function sweepUser(externalUserId: string, services: Services): Promise<void> {
  const known = await services.health.listIds(externalUserId)
  const here = new Set<string>()
  const { cursor } = await readPages({ externalUserId }, services, async (accounts) => {
    await recordHealth(accounts, services)
    await settleAccounts({ accounts, externalUserId }, services)
    for (const { id } of accounts) here.add(id)
  })
  // The rest of the list is unknown.
  if (cursor !== null) return
  for (const accountId of known) {
    if (here.has(accountId) || (await findAccount(accountId, services))) continue
    const reason = 'gone_at_pipedream'
    const wasHeld = await services.heldAccounts.remove(accountId, { reason })
    const gone = wasHeld ? undefined : { externalUserId, reason }
    await services.health.forget({ accountId, gone })
  }
}
