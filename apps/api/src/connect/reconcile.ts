import type { Gateway } from '../services.ts'
import type { Flow } from '../store/flows.ts'
import { findAccount } from './accounts.ts'
import { deadlineOf } from './could-have-made.ts'
import { noteHealth } from './note-health.ts'
import { removeHeldAccounts } from './remove-held-accounts.ts'
import { listAccounts, settleAccounts, settleFlows } from './settle-flows.ts'

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

const EVERY_MS = 6 * 60 * 60 * 1000
const PEOPLE = 5

/** Looks at the accounts of a few people whom nobody has looked at for long. Answers what went wrong. */
async function sweepHealth(gateway: Gateway): Promise<unknown[]> {
  const before = new Date(gateway.now().getTime() - EVERY_MS)
  const errors: unknown[] = []
  for (const externalUserId of await gateway.health.claimPeople({ before, limit: PEOPLE })) {
    await sweepPerson(externalUserId, gateway).catch((error: unknown) => errors.push(error))
  }
  return errors
}

async function sweepPerson(externalUserId: string, gateway: Gateway): Promise<void> {
  const known = await gateway.health.listIds(externalUserId)
  const accounts = await listAccounts({ externalUserId }, gateway)
  await noteHealth(accounts, gateway)
  await settleAccounts(accounts, externalUserId, gateway)
  const here = new Set(accounts.map(({ id }) => id))
  for (const accountId of known) {
    if (here.has(accountId) || (await findAccount(accountId, gateway))) continue
    await gateway.health.forget({
      accountId,
      gone: { externalUserId, reason: 'gone_at_pipedream' },
    })
  }
}
