import type { Services } from '../services.ts'
import { deadlineOf, type Flow } from '../store/flows.ts'
import { findAccount } from './accounts.ts'
import { recordHealth } from './record-health.ts'
import { removeHeldAccounts } from './remove-held-accounts.ts'
import { listAccounts, settleAccounts, settleFlows } from './settle-flows.ts'

const RETRY_MS = 60_000
const FLOWS = 20
const REMOVALS = 50

/**
 * Runs one reconciliation pass: expires flows past their deadline, finds the accounts that they created, removes accounts
 * that no one confirmed, and checks account health. Safe to run on several replicas concurrently. Returns the errors;
 * what failed is retried in a later pass.
 */
export async function reconcile(services: Services): Promise<unknown[]> {
  const now = services.now()
  const retryAt = new Date(now.getTime() + RETRY_MS)
  const errors: unknown[] = []
  for (const flow of await services.unsettled.claim({ now, retryAt, limit: FLOWS })) {
    await settleForGood(flow, services, { claimedUntil: retryAt }).catch((error: unknown) =>
      errors.push(error),
    )
  }
  errors.push(...(await removeHeldAccounts({ limit: REMOVALS }, services)).errors)
  errors.push(...(await sweepHealth(services)))
  return errors
}

async function settleForGood(
  flow: Flow,
  services: Services,
  { claimedUntil }: { claimedUntil: Date },
): Promise<void> {
  await settleFlows(flow, services)
  const isOver = services.now() >= deadlineOf(flow)
  if (isOver) await services.flows.expire(flow.id)
  // A revoked flow's token can still create an account until its deadline.
  await services.unsettled.release(flow.id, {
    claimedUntil,
    next: isOver ? null : deadlineOf(flow),
  })
}

const EVERY_MS = 6 * 60 * 60 * 1000
const USERS = 5

/** Checks the accounts of a few users that have not been checked for the longest time. Returns the errors. */
async function sweepHealth(services: Services): Promise<unknown[]> {
  const before = new Date(services.now().getTime() - EVERY_MS)
  const errors: unknown[] = []
  for (const externalUserId of await services.health.claimUsers({ before, limit: USERS })) {
    await sweepUser(externalUserId, services).catch((error: unknown) => errors.push(error))
  }
  return errors
}

async function sweepUser(externalUserId: string, services: Services): Promise<void> {
  const known = await services.health.listIds(externalUserId)
  const accounts = await listAccounts({ externalUserId }, services)
  await recordHealth(accounts, services)
  await settleAccounts({ accounts, externalUserId }, services)
  const here = new Set(accounts.map(({ id }) => id))
  for (const accountId of known) {
    if (here.has(accountId) || (await findAccount(accountId, services))) continue
    await services.health.forget({
      accountId,
      gone: { externalUserId, reason: 'gone_at_pipedream' },
    })
  }
}
