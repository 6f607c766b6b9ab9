import { useRef, useState } from 'react'
import { AlertDialog } from '../../ui/AlertDialog.tsx'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { SearchInput } from '../../ui/SearchInput.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useDebounced } from '../../ui/use-debounced.ts'
import { operatorMessages } from '../operator-messages.ts'
import { Outdated } from '../Outdated.tsx'
import { CARD, Section } from '../Section.tsx'
import type { HeldAccount, HeldAccountPage } from './held-accounts-query.ts'
import { type AskedAct, HeldAccountQuestion } from './HeldAccountQuestion.tsx'
import { HeldAccountRow } from './HeldAccountRow.tsx'
import { useHeldAccounts } from './use-held-accounts.ts'
import type { Act } from './use-act-on-held.ts'

const { heldAccounts: messages } = operatorMessages

const TYPING_PAUSE_MS = 200

interface Asked extends AskedAct {
  trigger: HTMLElement
  /** Counts the dialogs, to tell one from the next about the same account. */
  round: number
}

type Ask = (act: Act, account: HeldAccount, trigger: HTMLElement) => void

/** All users' accounts that cannot be used, with the ways out. */
export function HeldAccountsSection() {
  const [typed, setTyped] = useState('')
  const user = useDebounced(typed.trim(), TYPING_PAUSE_MS)
  const heading = useRef<HTMLHeadingElement>(null)
  const [asked, setAsked] = useState<Asked>()
  const ask: Ask = (act, account, trigger) =>
    setAsked((before) => ({ act, account, trigger, round: (before?.round ?? 0) + 1 }))
  return (
    <Section
      id="held-accounts"
      title={messages.title}
      headingRef={heading}
      aside={
        <search className="flex w-full sm:w-auto">
          <SearchInput label={messages.user} value={typed} onChange={setTyped} />
        </search>
      }
    >
      <p className="-mt-1 text-sm text-muted">{messages.why}</p>
      <HeldAccounts key={user} user={user} after={null} ask={ask} />
      {asked && (
        <AlertDialog
          key={asked.round}
          trigger={asked.trigger}
          focusNext={() => heading.current?.focus()}
        >
          <HeldAccountQuestion act={asked.act} account={asked.account} />
        </AlertDialog>
      )}
    </Section>
  )
}

interface HeldAccountsProps {
  /** Whose; empty: all users'. */
  user: string
  after: string | null
  ask: Ask
}

function HeldAccounts({ user, after, ask }: HeldAccountsProps) {
  const { page, failure, fetching, reload } = useHeldAccounts(user, after)
  return (
    <>
      <Outdated failure={failure} known={page !== undefined} fetching={fetching} onRetry={reload} />
      {!page && failure === undefined && <Skeleton className="h-24 rounded-xl" />}
      {page?.nodes.length === 0 && after === null && (
        <div className="rounded-xl border border-dashed border-line-strong p-8 text-center">
          <p className="text-sm font-semibold">{user === '' ? messages.none : messages.notFound}</p>
          <p className="mt-1 text-sm text-muted">
            {user === '' ? messages.noneWhy : messages.notFoundWhy}
          </p>
        </div>
      )}
      {page && page.nodes.length > 0 && <HeldAccountList page={page} user={user} ask={ask} />}
    </>
  )
}

interface HeldAccountListProps extends Omit<HeldAccountsProps, 'after'> {
  page: HeldAccountPage
}

function HeldAccountList({ page, user, ask }: HeldAccountListProps) {
  const [open, setOpen] = useState(false)
  const { endCursor, hasNextPage } = page.pageInfo
  return (
    <>
      <ul className={classNames(CARD, 'divide-y divide-line px-4')}>
        {page.nodes.map((account) => (
          <HeldAccountRow
            key={account.accountId}
            account={account}
            onAsk={(act, trigger) => ask(act, account, trigger)}
          />
        ))}
      </ul>
      {hasNextPage && endCursor !== null && open && (
        <HeldAccounts user={user} after={endCursor} ask={ask} />
      )}
      {hasNextPage && endCursor !== null && !open && (
        <Button className="self-center" onClick={() => setOpen(true)}>
          {messages.more}
        </Button>
      )}
    </>
  )
}
