import { type ConnectedAccount, listOwnAccounts, type ListOwnAccountsOptions } from './accounts.ts'
import type { Context } from '../context.ts'
import type { List } from './list.ts'

/**
 * A page of a person's own accounts to look at: while Pipedream is down, as it was last, and it says so. Whatever is to
 * be done with an account reads it anew.
 */
export async function showOwnAccounts(
  options: ListOwnAccountsOptions,
  context: Context,
): Promise<List<ConnectedAccount>> {
  const { externalUserId, ...page } = options
  const { value, staleSince } = await context.memory.accounts.get(
    { group: externalUserId, key: JSON.stringify(page) },
    () => listOwnAccounts(options, context),
  )
  return { ...value, staleSince }
}
