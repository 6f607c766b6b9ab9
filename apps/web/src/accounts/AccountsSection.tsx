import { useEffect, useState } from 'react'
import { ACCOUNTS_HEADING_ID } from '../connect/focus-accounts-heading.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { RelativeTime } from '../ui/RelativeTime.tsx'
import { AccountList } from './AccountList.tsx'
import { accountsMessages } from './accounts-messages.ts'
import { AppAccountsSkeleton } from './AppAccounts.tsx'
import { DisconnectProvider } from './DisconnectProvider.tsx'
import { NoAccounts, NoAccountsSkeleton } from './NoAccounts.tsx'
import { QuickApps, QuickAppsSkeleton } from './QuickApps.tsx'
import { rememberCount, rememberedCount } from './remembered-count.ts'
import type { AccountsState } from './use-accounts.ts'

interface AccountsSectionProps {
  state: AccountsState
  reload: () => void
  /** Whether the user sees the page. */
  shown: boolean
}

/** The user's accounts: loading, loaded, outdated or failed. */
export function AccountsSection({ state, reload, shown }: AccountsSectionProps) {
  const { yourAccounts } = useMessages(accountsMessages)
  const [expected] = useState(rememberedCount)
  const count = state.status === 'loaded' ? state.page.nodes.length : undefined
  useEffect(() => {
    if (count !== undefined) rememberCount(count)
  }, [count])
  return (
    <section aria-labelledby={ACCOUNTS_HEADING_ID} className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        {/* Takes the focus when the control that had it is gone. */}
        <h2 id={ACCOUNTS_HEADING_ID} tabIndex={-1} className="text-lg font-semibold">
          {yourAccounts}
        </h2>
        {count !== undefined && count > 0 && <QuickApps />}
        {state.status === 'loading' && expected > 0 && <QuickAppsSkeleton />}
      </div>
      <DisconnectProvider shown={shown && count !== 0}>
        {state.status === 'loading' ? (
          <LoadingAccounts expected={expected} />
        ) : (
          <Accounts state={state} reload={reload} />
        )}
      </DisconnectProvider>
    </section>
  )
}

interface AccountsProps extends Omit<AccountsSectionProps, 'shown'> {
  state: Exclude<AccountsState, { status: 'loading' }>
}

function Accounts({ state, reload }: AccountsProps) {
  const messages = useMessages(accountsMessages)
  if (state.status === 'failed') {
    return <ErrorNotice message={state.message} retrying={state.retrying} onRetry={reload} />
  }
  const { page, outdated, retrying } = state
  return (
    <>
      {outdated !== undefined && (
        <ErrorNotice
          message={messages.outdated({ reason: outdated })}
          retrying={retrying}
          onRetry={reload}
        />
      )}
      {outdated === undefined && page.staleSince !== null && (
        <output className="block text-sm text-muted">
          <RelativeTime iso={page.staleSince} word={(age) => messages.staleSince({ age })} />
        </output>
      )}
      {page.nodes.length === 0 ? <NoAccounts /> : <AccountList page={page} />}
    </>
  )
}

function LoadingAccounts({ expected }: { expected: number }) {
  const { loadingAccounts } = useMessages(accountsMessages)
  const places = Array.from({ length: expected }, (_, index) => index)
  return (
    <div aria-busy aria-label={loadingAccounts} className="flex flex-col gap-3">
      {expected === 0 && <NoAccountsSkeleton />}
      {places.map((index) => (
        <AppAccountsSkeleton key={index} />
      ))}
    </div>
  )
}
