import { Plus } from 'lucide-react'
import { useId } from 'react'
import { Button } from '../ui/Button.tsx'
import { LogoTile } from '../ui/LogoTile.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { useMessages } from '../i18n/language-context.tsx'
import { AccountRow } from './AccountRow.tsx'
import { accountsMessages } from './accounts-messages.ts'
import { useConnectTrigger } from '../connect/connect-flow.ts'
import type { ListedAccount } from './use-accounts.ts'

const CARD = 'rounded-xl border border-line bg-surface px-4 shadow-xs sm:px-5'

interface AppAccountsProps {
  /** Accounts of one app; at least one. */
  accounts: readonly [ListedAccount, ...ListedAccount[]]
  /** IDs of accounts that look like another account in the list. */
  lookalikes: ReadonlySet<string>
}

/** The user's accounts of one app. */
export function AppAccounts({ accounts, lookalikes }: AppAccountsProps) {
  const { app } = accounts[0]
  const heading = useId()
  const messages = useMessages(accountsMessages)
  const { trigger } = useConnectTrigger({ app: app.slug, appName: app.name })
  return (
    <section aria-labelledby={heading} className={CARD}>
      <div className="flex items-center gap-3 border-b border-line py-3">
        <LogoTile src={app.imgSrc} name={app.name} small />
        <h3 id={heading} className="min-w-0 grow text-sm font-semibold break-words">
          {app.name}
        </h3>
        <Button look="quiet" aria-label={messages.addAnother({ app: app.name })} {...trigger}>
          <Plus aria-hidden size={16} />
          <span>{messages.add}</span>
        </Button>
      </div>
      <ul aria-labelledby={heading} className="divide-y divide-line">
        {accounts.map((account) => (
          <AccountRow key={account.id} account={account} lookalike={lookalikes.has(account.id)} />
        ))}
      </ul>
    </section>
  )
}

/** A placeholder for an app's accounts while they load. */
export function AppAccountsSkeleton() {
  return (
    <div className={CARD}>
      <div className="flex items-center gap-3 border-b border-line py-3">
        <Skeleton className="size-9 rounded-lg" />
        <Skeleton className="h-4 w-32" />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
        {/* On a phone the second line wraps. */}
        <div className="flex min-w-40 grow basis-40 flex-col gap-0.5">
          <Skeleton className="my-0.5 h-4 w-36" />
          <Skeleton className="my-0.5 h-4 w-36 max-sm:h-9" />
        </div>
        <Skeleton className="h-6 w-20 rounded-full" />
        <Skeleton className="ms-auto h-9 w-28 rounded-lg" />
      </div>
    </div>
  )
}
