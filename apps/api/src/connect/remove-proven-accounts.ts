import { bulkhead } from 'cockatiel'
import type { Account } from 'pipedream-client/server'
import { isNotFound } from '../pipedream/upstream-error.ts'
import type { Services } from '../services.ts'
import { deadlineOf } from '../store/flow-deadline.ts'
import type { Flow } from '../store/flows.ts'
import type { HeldAccount } from '../store/held-accounts.ts'
import { isInWindow } from './account-hold.ts'
import { findAccount } from './accounts.ts'
import { codeOf, retryTime } from './retry-time.ts'
import { settleAccounts } from './settle-accounts.ts'

const CLAIM_MS = 60_000
const WAIT_MS = 5 * 60_000
const PORTION = 50
const CONCURRENCY = 8

/**
 * Deletes at Pipedream what a revoked or unconfirmed flow is proven to have created, and nothing else. A deletion that fails
 * is retried later, and does not delay the others. Handles a portion of what is due, of all flows or of one.
 */
export async function removeProvenAccounts(
  services: Services,
  { flowId }: { flowId?: string } = {},
): Promise<{ found: number; errors: unknown[] }> {
  const now = services.now()
  const retryAt = new Date(now.getTime() + CLAIM_MS)
  const due = await services.heldAccounts.claimDue({ now, retryAt, limit: PORTION, flowId })
  const pool = bulkhead(CONCURRENCY, PORTION)
  const errors = await Promise.all(due.map((row) => pool.execute(() => tryToRemove(row, services))))
  return { found: due.length, errors: errors.flat() }
}

async function tryToRemove(row: HeldAccount, services: Services): Promise<unknown[]> {
  try {
    await removeProven(row, services)
    return []
  } catch (error) {
    const until = retryTime(services.now(), row.attempts)
    await services.heldAccounts.postpone(row.accountId, { until, error: codeOf(error) })
    return [error]
  }
}

async function removeProven(row: HeldAccount, services: Services): Promise<void> {
  const { heldAccounts, health, pipedream, now } = services
  const { accountId } = row
  const proof = await findProof(row, services)
  // A deletion that another process started may have succeeded, whatever became of its proof.
  const isUndecided = proof !== undefined || row.removingAt !== null
  if (!isUndecided) return heldAccounts.postpone(accountId, { until: null, error: null })
  const account = await findAccount(accountId, services)
  if (account) {
    const verdict = proof ? await judge(account, proof, services) : 'keep'
    const until = verdict === 'wait' ? new Date(now().getTime() + WAIT_MS) : null
    const mayDelete =
      verdict === 'delete' &&
      proof !== undefined &&
      (await heldAccounts.startRemoval(accountId, { flowId: proof.id }))
    if (!mayDelete) return heldAccounts.postpone(accountId, { until, error: null })
    await deleteUpstream(accountId, pipedream)
  }
  const reason = proof?.revokedAt ? 'finished_elsewhere' : 'not_confirmed'
  await heldAccounts.remove(accountId, { reason })
  await health.forget({ accountId })
}

async function deleteUpstream(accountId: string, pipedream: Services['pipedream']): Promise<void> {
  try {
    await pipedream.accounts.delete(accountId)
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
}

/** The flow that is proven to have created the account, if the proof may delete it. */
async function findProof(
  { accountId, flowId, releasedAt }: HeldAccount,
  { flows, now }: Services,
): Promise<Flow | undefined> {
  if (releasedAt !== null) return undefined
  const [proven, holder] = await Promise.all([flows.listProven(accountId), flows.get(flowId)])
  const revoked = proven.find((flow) => flow.revokedAt !== null)
  // Another flow that was revoked only makes the account suspect, and its owner may have confirmed it before.
  if (revoked || holder?.revokedAt) return revoked
  return proven.find((flow) => flow.status !== 'succeeded' && now() > deadlineOf(flow))
}

// Everything is read again, because a lot may have happened since the webhook came.
async function judge(
  account: Account,
  proof: Flow,
  services: Services,
): Promise<'delete' | 'keep' | 'wait'> {
  const { externalUserId } = proof
  if (account.externalUserId !== externalUserId) return 'keep'
  if (account.createdAt === null || !isInWindow(proof, account.createdAt)) return 'keep'
  const holds = await settleAccounts({ accounts: [account], externalUserId }, services)
  const reason = holds.get(account.id)?.reason
  // Another open flow may still be confirmed with it.
  if (reason === 'not_confirmed') return 'wait'
  return reason === (proof.revokedAt ? 'finished_elsewhere' : 'not_finished') ? 'delete' : 'keep'
}
