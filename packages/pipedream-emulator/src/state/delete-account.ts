import { userKey, type UserIdentity } from './external-users.ts'
import type { Store } from './store.ts'
import { listUsedAccounts } from '../components/used-accounts.ts'

/**
 * Deletes an account and the data that its provider holds for it. Triggers that use the account become inactive
 * (inferred).
 */
export function deleteAccount(store: Store, accountId: string): void {
  store.accounts.delete(accountId)
  for (const table of [store.spreadsheets, store.messages]) {
    for (const [key, row] of table) if (row.accountId === accountId) table.delete(key)
  }
  for (const trigger of store.deployedTriggers.values()) {
    if (listUsedAccounts(trigger).includes(accountId)) trigger.active = false
  }
}

/** Deletes the user and everything they connected, deployed and stashed. Returns false for an unknown user. */
export function deleteUser(store: Store, user: UserIdentity): boolean {
  for (const account of store.accounts.values()) {
    if (userKey(account) === userKey(user)) deleteAccount(store, account.id)
  }
  for (const table of [store.deployedTriggers, store.stashedFiles, store.dynamicProps]) {
    for (const [key, row] of table) if (userKey(row) === userKey(user)) table.delete(key)
  }
  return store.users.delete(userKey(user))
}
