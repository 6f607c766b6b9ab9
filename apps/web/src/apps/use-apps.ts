import { useQuery } from 'urql'
import type { ResultOf } from '../graphql.ts'
import { useFailureSentence } from '../ui/use-failure-sentence.ts'
import { APPS_PAGE_SIZE, AppsQuery } from './apps-query.ts'

/** A page of the catalogue. */
export type AppPage = Extract<ResultOf<typeof AppsQuery>['apps'], { __typename: 'AppConnection' }>

export type AppsState =
  | { status: 'loading' }
  /** `stale`: these are the results of the previous `filter`; the new ones are loading. */
  | { status: 'loaded'; page: AppPage; filter: AppsFilter; stale: boolean }
  | { status: 'failed'; message: string; retrying: boolean }

/** Which part of the catalogue to load. */
export interface AppsFilter {
  /** `null`: all. */
  search?: string | null
  /** ID of a category; `null`: all. */
  category?: string | null
}

/** Loads a page of the catalogue. */
export function useApps(
  filter: AppsFilter,
  after: string | null,
): { state: AppsState; reload: () => void } {
  const sentence = useFailureSentence()
  const variables = { ...filter, first: APPS_PAGE_SIZE, after }
  const [{ data, error, fetching, operation }, execute] = useQuery({ query: AppsQuery, variables })
  const reload = () => execute({ requestPolicy: 'network-only' })
  const apps = data?.apps
  if (apps?.__typename === 'AppConnection' && !error) {
    const shown = operation?.variables ?? filter
    return { state: { status: 'loaded', page: apps, filter: shown, stale: fetching }, reload }
  }
  const failure = error ?? apps
  if (!failure) return { state: { status: 'loading' }, reload }
  return { state: { status: 'failed', message: sentence(failure), retrying: fetching }, reload }
}
