import { useMemo, useState } from 'react'
import { useMessages } from '../i18n/language-context.tsx'
import { Button } from '../ui/Button.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { useFocusFirst } from '../ui/use-focus-first.ts'
import { lookalikeAccounts } from './account-title.ts'
import { accountsMessages } from './accounts-messages.ts'
import { AppAccounts, AppAccountsSkeleton } from './AppAccounts.tsx'
import { type AccountPage, useAccounts } from './use-accounts.ts'

interface AccountListProps {
  page: AccountPage
  takeFocus?: boolean
}

/** The accounts, grouped by app, one page at a time. */
export function AccountList({ page, takeFocus = false }: AccountListProps) {
  const [open, setOpen] = useState(false)
  const first = useFocusFirst<HTMLDivElement>(takeFocus)
  const { moreAccounts } = useMessages(accountsMessages)
  const { endCursor, hasNextPage } = page.pageInfo
  const groups = useMemo(() => byApp(page.nodes), [page.nodes])
  const lookalikes = useMemo(() => lookalikeAccounts(page.nodes), [page.nodes])
  return (
    <>
      <div ref={first} className="flex flex-col gap-3">
        {groups.map((accounts) => (
          <AppAccounts key={accounts[0].app.slug} accounts={accounts} lookalikes={lookalikes} />
        ))}
      </div>
      {hasNextPage && endCursor !== null && open && <FurtherAccounts after={endCursor} />}
      {hasNextPage && endCursor !== null && !open && (
        <Button className="self-center" onClick={() => setOpen(true)}>
          {moreAccounts}
        </Button>
      )}
    </>
  )
}

function FurtherAccounts({ after }: { after: string }) {
  const { state, reload } = useAccounts(after)
  if (state.status === 'loading') return <AppAccountsSkeleton />
  const problem = state.status === 'failed' ? state.message : state.outdated
  return (
    <>
      {problem !== undefined && (
        <ErrorNotice message={problem} retrying={state.retrying} onRetry={reload} />
      )}
      {state.status === 'loaded' && <AccountList page={state.page} takeFocus />}
    </>
  )
}

type NonEmpty<Item> = [Item, ...Item[]]

/** Groups accounts by app; groups are in the order in which their apps first appear. */
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
