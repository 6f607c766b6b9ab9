type NonEmpty<Item> = [Item, ...Item[]]

/** The accounts of each app together, in the order in which the apps come first. */
export function byApp<Account extends { app: { slug: string } }>(
  accounts: readonly Account[],
): NonEmpty<Account>[] {
  const groups = new Map<string, NonEmpty<Account>>()
  for (const account of accounts) {
    const group = groups.get(account.app.slug)
    if (group) group.push(account)
    else groups.set(account.app.slug, [account])
  }
  return [...groups.values()]
}
