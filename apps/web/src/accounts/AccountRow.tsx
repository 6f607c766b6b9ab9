import { lazy, type RefObject, Suspense, useEffect, useRef } from 'react'
import { type FragmentOf, graphql, readFragment } from '../graphql.ts'
import { classNames } from '../ui/class-names.ts'
import { RelativeTime } from '../ui/RelativeTime.tsx'
import { useConnectFlow } from '../connect/connect-flow.ts'
import { DisconnectButton, DisconnectButton_account } from './DisconnectButton.tsx'
import { accountHealth, HealthBadge } from './HealthBadge.tsx'
import { HeldAccount_account } from './held/held-account.ts'
import { ReconnectButton, ReconnectButton_account } from './ReconnectButton.tsx'
import { useAccountMessages } from './use-account-messages.ts'

export const AccountRow_account = graphql(
  `
    fragment AccountRow_account on Account {
      id
      name
      healthy
      dead
      held
      error
      createdAt
      lastRefreshedAt
      app {
        name
        slug
      }
      ...HeldAccount_account
      ...ReconnectButton_account
      ...DisconnectButton_account
    }
  `,
  [HeldAccount_account, ReconnectButton_account, DisconnectButton_account],
)

// Few pages have held accounts.
const HeldAccount = lazy(async () => {
  try {
    return { default: (await import('./held/HeldAccount.tsx')).HeldAccount }
  } catch {
    // Offline, the row shows what it can.
    return { default: () => <></> }
  }
})

// Leaves room for the notice at the bottom of the window when the row is scrolled into view.
const SCROLL_MARGIN = 'scroll-mt-4 scroll-mb-28'

interface AccountRowProps {
  account: FragmentOf<typeof AccountRow_account>
  /** Another account of the list looks the same. */
  lookalike: boolean
}

/** One account: its name, age and state, and its buttons. */
export function AccountRow({ account: masked, lookalike }: AccountRowProps) {
  const account = readFragment(AccountRow_account, masked)
  const { messages, title, mark } = useAccountMessages()
  const health = accountHealth(account)
  const row = useArrivalInView<HTMLDivElement>(account.id)
  return (
    <li>
      <div
        ref={row}
        className={classNames('flex flex-wrap items-center gap-x-4 gap-y-2 py-3', SCROLL_MARGIN)}
      >
        <div className="flex min-w-40 grow basis-40 flex-col gap-0.5">
          <h4 className="text-sm font-medium break-words">{title(account)}</h4>
          <p className="text-sm text-muted">
            {lookalike && <span>{mark(account, messages.connectedAt)}</span>}
            {!lookalike && <Age iso={account.createdAt} word={messages.connectedAge} />}
            {account.lastRefreshedAt !== null && <span>{' · '}</span>}
            <Age iso={account.lastRefreshedAt} word={messages.refreshedAge} />
          </p>
          {!account.held && health !== 'healthy' && account.error !== null && (
            // From Pipedream or the provider, in English.
            <p className="text-sm text-muted" lang="en">
              {account.error}
            </p>
          )}
        </div>
        {account.held ? (
          <Suspense>
            <HeldAccount
              account={readFragment(HeldAccount_account, account)}
              lookalike={lookalike}
            />
          </Suspense>
        ) : (
          <>
            <HealthBadge health={health} />
            <div className="ms-auto flex gap-2">
              {health !== 'healthy' && <ReconnectButton account={account} lookalike={lookalike} />}
              <DisconnectButton account={account} lookalike={lookalike} />
            </div>
          </>
        )}
      </div>
    </li>
  )
}

interface AgeProps {
  iso: string | null
  /** Puts the age into a phrase. */
  word: (values: { age: string }) => string
}

function Age({ iso, word }: AgeProps) {
  return iso === null ? null : <RelativeTime iso={iso} word={(age) => word({ age })} />
}

/** Scrolls the row into view when its account has just been connected: on a phone it is far above the button. */
function useArrivalInView<Row extends HTMLElement>(accountId: string): RefObject<Row | null> {
  const row = useRef<Row>(null)
  const { arrival, onArrivalShown } = useConnectFlow()
  const arrived = arrival === accountId
  useEffect(() => {
    if (!arrived) return
    // Style sheets don't apply `prefers-reduced-motion` to scrolling that a script starts.
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    row.current?.scrollIntoView({ block: 'nearest', behavior: calm ? 'auto' : 'smooth' })
    onArrivalShown()
  }, [arrived, onArrivalShown])
  return row
}
