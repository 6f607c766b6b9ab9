import { useCallback, useEffect, useRef, useState } from 'react'
import { useQuery } from 'urql'
import type { ResultOf } from '../graphql.ts'
import { ReloadMerger } from '../reload-merger.ts'
import { useFailureSentence } from '../ui/use-failure-sentence.ts'
import { useLast } from '../ui/use-last.ts'
import type { LiveEvent } from '../viewer/connection-events.ts'
import { useConnectionEvents } from '../viewer/LiveEvents.tsx'
import { AccountsQuery } from './accounts-query.ts'

type AccountsData = ResultOf<typeof AccountsQuery>
type AccountsResult = NonNullable<AccountsData['viewer']>['accounts']

/** One page of accounts. */
export type AccountPage = Extract<AccountsResult, { __typename: 'AccountConnection' }>

/** An account of the list. */
export type ListedAccount = AccountPage['nodes'][number]

export type AccountsState =
  | { status: 'loading' }
  /** `outdated`: why refreshing the list failed; `undefined` when the list is current. */
  | { status: 'loaded'; page: AccountPage; outdated: string | undefined; retrying: boolean }
  | { status: 'failed'; message: string; retrying: boolean }

const PAGE_SIZE = 100
/** A held account is usually confirmed within this time: then the list is loaded once, and not twice. */
const CONFIRMATION_MS = 1000

/** Loads a page of the viewer's accounts, and reloads it when an account has changed. */
export function useAccounts(after: string | null): { state: AccountsState; reload: () => void } {
  const sentence = useFailureSentence()
  const [context] = useState(createContext)
  const [{ data, error, fetching: retrying }, execute] = useQuery({
    query: AccountsQuery,
    variables: { first: PAGE_SIZE, after },
    context,
    // This component receives no events while another page is shown.
    requestPolicy: 'cache-and-network',
  })
  const reload = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute])
  const result = data?.viewer?.accounts
  const page = result?.__typename === 'AccountConnection' ? result : undefined
  const lastPage = useLast(page)
  const hasHeld = lastPage?.nodes.some(({ held }) => held) ?? false
  useReloadOnEvents({ reloads: context.reloads, reload, hasHeld })
  useEffect(() => {
    if (!retrying && context.reloads.takeOutdated()) reload()
  }, [retrying, context, reload])
  const failure = page ? undefined : (error ?? result)
  const outdated = failure && sentence(failure)
  if (lastPage) return { state: { status: 'loaded', page: lastPage, outdated, retrying }, reload }
  // The viewer is signed out. The session reads every response, and is about to show the sign-in page.
  if (outdated === undefined) return { state: { status: 'loading' }, reload }
  return { state: { status: 'failed', message: outdated, retrying }, reload }
}

function createContext() {
  // An empty list holds no Account, so urql's document cache would not know that a new account changes it.
  return { additionalTypenames: ['Account'], reloads: new ReloadMerger() }
}

interface Reloading {
  reloads: ReloadMerger
  reload: () => void
  /** The list has held accounts: the start or end of a flow changes what their owner can do. */
  hasHeld: boolean
}

function useReloadOnEvents({ reloads, reload, hasHeld }: Reloading): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useConnectionEvents(
    useCallback(
      ({ type }: LiveEvent) => {
        if (!changesAccounts(type, hasHeld)) return
        const reloadNow = () => {
          reloads.markOutdated()
          reload()
        }
        clearTimeout(timer.current)
        if (type === 'ACCOUNT_HELD') timer.current = setTimeout(reloadNow, CONFIRMATION_MS)
        else reloadNow()
      },
      [reloads, reload, hasHeld],
    ),
  )
}

function changesAccounts(type: LiveEvent['type'], hasHeld: boolean): boolean {
  if (hasHeld && type.startsWith('FLOW_')) return true
  return type === 'SKIPPED' || type === 'FLOW_SUCCEEDED' || type.startsWith('ACCOUNT_')
}
