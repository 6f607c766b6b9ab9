import { findAccount } from './accounts.ts'
import type { Gateway } from '../services.ts'
import { listAccounts } from './list-accounts.ts'
import { noteHealth } from './note-health.ts'
import { settleAccounts } from './settle-flows.ts'

const EVERY_MS = 6 * 60 * 60 * 1000
const PEOPLE = 5

/** Looks at the accounts of a few people whom nobody has looked at for long. Answers what went wrong. */
export async function sweepHealth(gateway: Gateway): Promise<unknown[]> {
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
