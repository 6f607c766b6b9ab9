import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { appsMessages } from './apps/apps-messages.ts'
import { AppsSection } from './apps/AppsSection.tsx'
import { commonMessages } from './i18n/common-messages.ts'
import { useMessages, usePreloadedMessages } from './i18n/language-context.tsx'
import { InAppNotice } from './ui/InAppNotice.tsx'
import { PageHeading } from './ui/PageHeading.tsx'
import { useSession } from './viewer/session.tsx'
import { AccountsSection } from './accounts/AccountsSection.tsx'
import { accountsMessages } from './accounts/accounts-messages.ts'
import { connectMessages } from './connect/connect-messages.ts'
import { ConnectFlowProvider } from './connect/ConnectFlowProvider.tsx'
import { requestedApp } from './connect/link/requested-app.ts'
import { type AccountsState, useAccounts } from './accounts/use-accounts.ts'

// Few visits need it.
const ConnectByLink = lazy(async () => ({
  default: (await import('./connect/link/ConnectByLink.tsx')).ConnectByLink,
}))

/** `/accounts`: the user's accounts, and the app catalogue. If one part fails, the other still works. */
export function AccountsPage() {
  const { start } = useSession()
  const { state, reload } = useAccounts(null)
  usePreloadedMessages(accountsMessages, connectMessages, appsMessages)
  const { accounts } = useMessages(commonMessages)
  const { purpose } = useMessages(accountsMessages)
  const connected = useMemo(() => countByApp(state), [state])
  const [byLink] = useState(() => requestedApp() !== undefined)
  const [appsShown, setAppsShown] = useState(false)
  const onAppsShown = useCallback(() => setAppsShown(true), [])
  const shown = appsShown && state.status !== 'loading'
  return (
    <ConnectFlowProvider shown={shown}>
      <Suspense>{byLink && <ConnectByLink />}</Suspense>
      <main className="mx-auto flex max-w-5xl flex-col gap-10 px-4 pt-8 pb-24 sm:px-6">
        <div className="flex flex-col gap-1">
          <PageHeading takeFocus={start !== 'loaded'}>{accounts}</PageHeading>
          <p className="text-muted">{purpose}</p>
        </div>
        <InAppNotice />
        <AccountsSection state={state} reload={reload} shown={shown} />
        <AppsSection connected={connected} onShown={onAppsShown} />
      </main>
    </ConnectFlowProvider>
  )
}

function countByApp(state: AccountsState): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  if (state.status !== 'loaded') return counts
  for (const { app, held } of state.page.nodes) {
    if (!held) counts.set(app.slug, (counts.get(app.slug) ?? 0) + 1)
  }
  return counts
}
