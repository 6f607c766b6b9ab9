import { deadlineOf } from './could-have-made.ts'
import type { Gateway } from '../services.ts'
import { removeHeldAccounts } from './remove-held-accounts.ts'
import { settleFlows } from './settle-flows.ts'
import type { Flow } from '../store/flows.ts'
import { sweepHealth } from './sweep-health.ts'

const RETRY_MS = 60_000
const FLOWS = 20
const REMOVALS = 50

/**
 * One round of what nobody may report to us: closes flows whose time is up, finds what they made, removes what nobody
 * confirmed, and looks how accounts fare. Many replicas may do so at once. Answers what went wrong; it is tried again.
 */
export async function reconcile(gateway: Gateway): Promise<unknown[]> {
  const now = gateway.now()
  const retryAt = new Date(now.getTime() + RETRY_MS)
  const errors: unknown[] = []
  for (const flow of await gateway.unsettled.claim({ now, retryAt, limit: FLOWS })) {
    await settleForGood(flow, { ...gateway, claimedUntil: retryAt }).catch((error: unknown) =>
      errors.push(error),
    )
  }
  errors.push(...(await removeHeldAccounts({ limit: REMOVALS }, gateway)).errors)
  errors.push(...(await sweepHealth(gateway)))
  return errors
}

async function settleForGood(
  flow: Flow,
  { claimedUntil, ...gateway }: Gateway & { claimedUntil: Date },
): Promise<void> {
  await settleFlows(flow, gateway)
  const isOver = gateway.now() >= deadlineOf(flow)
  if (isOver) await gateway.flows.expire(flow.id)
  // A burned flow's token may still make something, until its time is up.
  await gateway.unsettled.release(flow.id, { claimedUntil, next: isOver ? null : deadlineOf(flow) })
}
