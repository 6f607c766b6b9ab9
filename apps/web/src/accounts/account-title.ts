import type { AccountsMessages } from './accounts-messages.ts'

interface NamedAccount {
  name: string | null
  app: { name: string }
}

/** The title of an account: its name, or a title made of its app's name. */
export function accountTitle(
  { name, app }: NamedAccount,
  messages: Pick<AccountsMessages, 'accountOf'>,
): string {
  return hasName(name) ? name : messages.accountOf({ app: app.name })
}

/** Whether an account has a name of its own. */
export function hasName(name: string | null): name is string {
  return name !== null && name.trim() !== ''
}

interface ListedAccount {
  id: string
  name: string | null
  app: { slug: string }
}

/** IDs of the accounts that have the same app and name as another account in the list. */
export function lookalikeAccounts(accounts: readonly ListedAccount[]): ReadonlySet<string> {
  const byTitle = Map.groupBy(accounts, ({ name, app }) => `${app.slug} ${name?.trim() ?? ''}`)
  const lookalikes = [...byTitle.values()].filter((group) => group.length > 1)
  return new Set(lookalikes.flat().map(({ id }) => id))
}
