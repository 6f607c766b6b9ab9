import { Plug } from 'lucide-react'
import { useMessages } from '../i18n/language-context.tsx'
import { accountsMessages } from './accounts-messages.ts'
import { QuickApps, QuickAppsSkeleton } from './QuickApps.tsx'

const CARD = 'flex flex-col gap-5 rounded-xl border border-line bg-surface p-5 shadow-xs sm:p-6'

/** The empty list: what to do next, and buttons for popular apps. */
export function NoAccounts() {
  return (
    <div className={CARD}>
      <Invitation />
      <QuickApps vanishes />
    </div>
  )
}

/** Its placeholder, while the accounts load of a user who probably has none. */
export function NoAccountsSkeleton() {
  return (
    <div aria-hidden className={CARD}>
      <div className="invisible">
        <Invitation />
      </div>
      <QuickAppsSkeleton />
    </div>
  )
}

function Invitation() {
  const messages = useMessages(accountsMessages)
  return (
    <div className="flex items-center gap-4">
      <span className="flex size-10 shrink-0 items-center justify-center rounded-lg bg-accent-soft text-accent-ink">
        <Plug aria-hidden size={20} />
      </span>
      <div className="flex flex-col gap-0.5">
        <p className="text-sm font-semibold">{messages.noAccounts}</p>
        <p className="text-sm text-muted">{messages.connectFirst}</p>
      </div>
    </div>
  )
}
