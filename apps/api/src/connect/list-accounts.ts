import type { Account } from 'pipedream-client/server'
import type { Gateway } from '../services.ts'

// Nobody has so many; a list without end must not keep us.
const ACCOUNTS_MAX = 2000

/** All that Pipedream has of a person, or of a person's app. */
export async function listAccounts(
  query: { externalUserId: string; app?: string },
  { pipedream }: Gateway,
): Promise<Account[]> {
  const accounts: Account[] = []
  for await (const account of await pipedream.accounts.list({ ...query, limit: 100 })) {
    // Asked for one person's accounts, Pipedream names no other; a misunderstanding here would delete them.
    if (account.externalUserId === query.externalUserId) accounts.push(account)
    if (accounts.length === ACCOUNTS_MAX) break
  }
  return accounts
}
