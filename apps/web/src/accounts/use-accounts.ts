import { useCallback } from 'react'
import { useQuery } from 'urql'
import type { ResultOf } from '../graphql.ts'
import { useFailureSentence } from '../ui/use-failure-sentence.ts'
import { useLast } from '../ui/use-last.ts'
import type { ConnectionEvent } from '../viewer/connection-events.ts'
import { useConnectionEvents } from '../viewer/LiveEvents.tsx'
import { AccountsQuery } from './accounts-query.ts'

type AccountsData = ResultOf<typeof AccountsQuery>
type AccountsResult = NonNullable<AccountsData['viewer']>['accounts']

/** One page of accounts. */
export type AccountPage = Extract<AccountsResult, { __typename: 'AccountConnection' }>

/** One account as the list has it. */
export type ListedAccount = AccountPage['nodes'][number]

export type AccountsState =
  | { status: 'loading' }
  /** `outdated`: why this is only what was known before, because loading it again has failed. */
  | { status: 'loaded'; page: AccountPage; outdated: string | undefined; retrying: boolean }
  | { status: 'failed'; message: string; retrying: boolean }

// An empty list holds no Account, so urql's document cache would not know that a new account changes it.
const DEPENDS_ON_ACCOUNTS = { additionalTypenames: ['Account'] }
const PAGE_SIZE = 100

/** Loads one page of the viewer's accounts, and loads it again whenever an account has changed. */
export function useAccounts(after: string | null): { state: AccountsState; reload: () => void } {
  const sentence = useFailureSentence()
  const [{ data, error, fetching: retrying }, execute] = useQuery({
    query: AccountsQuery,
    variables: { first: PAGE_SIZE, after },
    context: DEPENDS_ON_ACCOUNTS,
    // While another page was shown, nobody here heard of what happened.
    requestPolicy: 'cache-and-network',
  })
  const reload = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute])
  useConnectionEvents(
    useCallback(({ type }: ConnectionEvent) => changesAccounts(type) && reload(), [reload]),
  )
  const result = data?.viewer?.accounts
  const page = result?.__typename === 'AccountConnection' ? result : undefined
  const lastPage = useLast(page)
  const failure = page ? undefined : (error ?? result)
  const outdated = failure && sentence(failure)
  if (lastPage) return { state: { status: 'loaded', page: lastPage, outdated, retrying }, reload }
  // Nobody is signed in any more: the session, which reads every answer, is about to take this page away.
  if (outdated === undefined) return { state: { status: 'loading' }, reload }
  return { state: { status: 'failed', message: outdated, retrying }, reload }
}

function changesAccounts(type: ConnectionEvent['type']): boolean {
  return type === 'FLOW_SUCCEEDED' || type.startsWith('ACCOUNT_')
}
