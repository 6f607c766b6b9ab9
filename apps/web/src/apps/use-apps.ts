import { useQuery } from 'urql'
import type { ResultOf } from '../graphql.ts'
import { useFailureSentence } from '../ui/use-failure-sentence.ts'
import { APPS_PAGE_SIZE, AppsQuery } from './apps-query.ts'

/** One page of the catalogue. */
export type AppPage = Extract<ResultOf<typeof AppsQuery>['apps'], { __typename: 'AppConnection' }>

export type AppsState =
  | { status: 'loading' }
  /** `stale`: these are the results of the former search, and the new ones are on their way. */
  | { status: 'loaded'; page: AppPage; stale: boolean }
  | { status: 'failed'; message: string; retrying: boolean }

/** What of the catalogue is asked for. */
export interface AppsFilter {
  search: string
  /** Id of a category; `null`: all. */
  category: string | null
}

/** Loads one page of the catalogue. */
export function useApps(
  { search, category }: AppsFilter,
  after: string | null,
): { state: AppsState; reload: () => void } {
  const sentence = useFailureSentence()
  const variables = {
    search: search === '' ? null : search,
    category,
    first: APPS_PAGE_SIZE,
    after,
  }
  const [{ data, error, fetching }, execute] = useQuery({ query: AppsQuery, variables })
  const reload = () => execute({ requestPolicy: 'network-only' })
  const apps = data?.apps
  if (apps?.__typename === 'AppConnection' && !error) {
    return { state: { status: 'loaded', page: apps, stale: fetching }, reload }
  }
  const failure = error ?? apps
  if (!failure) return { state: { status: 'loading' }, reload }
  return { state: { status: 'failed', message: sentence(failure), retrying: fetching }, reload }
}
