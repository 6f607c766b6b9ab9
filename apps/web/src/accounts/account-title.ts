import type { AccountsMessages } from './accounts-messages.ts'

interface NamedAccount {
  name: string | null
  app: { name: string }
}

/** What an account is called where it stands: its name, or else the app that it is of. */
export function accountTitle(
  { name, app }: NamedAccount,
  messages: Pick<AccountsMessages, 'accountOf'>,
): string {
  return hasName(name) ? name : messages.accountOf({ app: app.name })
}

/** Whether an account is called anything but the app that it is of. */
export function hasName(name: string | null): name is string {
  return name !== null && name.trim() !== ''
}

interface ListedAccount {
  id: string
  name: string | null
  app: { slug: string }
}

/** The ids of the accounts that have the same app and the same name as another one of the list. */
export function lookalikeAccounts(accounts: readonly ListedAccount[]): ReadonlySet<string> {
  const byTitle = Map.groupBy(accounts, ({ name, app }) => `${app.slug} ${name?.trim() ?? ''}`)
  const lookalikes = [...byTitle.values()].filter((group) => group.length > 1)
  return new Set(lookalikes.flat().map(({ id }) => id))
}
