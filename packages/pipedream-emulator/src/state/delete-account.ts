import { listUsedAccounts } from '../components/list-used-accounts.ts'
import type { Store } from './store.ts'

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
