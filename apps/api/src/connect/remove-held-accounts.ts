import type { Services } from '../services.ts'
import type { HeldAccount } from '../store/held-accounts.ts'
import { isNotFound } from '../pipedream/upstream-error.ts'

/** Deletes held accounts that are due at Pipedream. After an error the account stays due and is retried. */
export async function removeHeldAccounts(
  { limit }: { limit: number },
  services: Services,
): Promise<{ removed: number; errors: unknown[] }> {
  const due = await services.heldAccounts.listDue({ now: services.now(), limit })
  const errors: unknown[] = []
  for (const account of due) {
    await removeHeldAccount(account, services).catch((error: unknown) => errors.push(error))
  }
  return { removed: due.length - errors.length, errors }
}

async function removeHeldAccount(
  { accountId, flowId }: HeldAccount,
  { pipedream, heldAccounts, health, flows }: Services,
): Promise<void> {
  try {
    await pipedream.accounts.delete(accountId)
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
  const flow = await flows.get(flowId)
  const reason = flow?.revokedAt ? 'finished_elsewhere' : 'not_confirmed'
  await heldAccounts.remove(accountId, { reason })
  await health.forget({ accountId })
}
