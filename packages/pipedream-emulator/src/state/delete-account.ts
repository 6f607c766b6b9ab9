import { userKey, type Whose } from './external-users.ts'
import type { Store } from './store.ts'
import { listUsedAccounts } from '../components/used-accounts.ts'

/** Removes an account with what its provider kept for it. A trigger that uses it does nothing any more (inferred). */
export function deleteAccount(store: Store, accountId: string): void {
  store.accounts.delete(accountId)
  for (const table of [store.spreadsheets, store.messages]) {
    for (const [key, row] of table) if (row.accountId === accountId) table.delete(key)
  }
  for (const trigger of store.deployedTriggers.values()) {
    if (listUsedAccounts(trigger).includes(accountId)) trigger.active = false
  }
}

/** Removes the user with everything they connected, deployed and stashed; false when there is no such user. */
export function deleteUser(store: Store, whose: Whose): boolean {
  for (const account of store.accounts.values()) {
    if (userKey(account) === userKey(whose)) deleteAccount(store, account.id)
  }
  for (const table of [store.deployedTriggers, store.stashedFiles, store.dynamicProps]) {
    for (const [key, row] of table) if (userKey(row) === userKey(whose)) table.delete(key)
  }
  return store.users.delete(userKey(whose))
}
