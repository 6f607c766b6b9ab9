import { memo, useState } from 'react'
import { useMessages } from '../i18n/language-context.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { useFocusFirst } from '../ui/use-focus-first.ts'
import { AppCard, AppCardSkeleton } from './AppCard.tsx'
import { MoreApps } from './MoreApps.tsx'
import { type AppPage, type AppsFilter, useApps } from './use-apps.ts'
import { appsMessages } from './apps-messages.ts'

/** What all pages of the same results share. */
interface Results {
  filter: AppsFilter
  /** How many accounts the user has, by app slug. */
  connected: ReadonlyMap<string, number>
}

const GRID = 'grid gap-3 sm:grid-cols-2 lg:grid-cols-3'
const SKELETONS = Array.from({ length: 9 }, (_, index) => index)

interface AppGridProps extends Results {
  /** The first page. */
  page: AppPage
}

/**
 * The apps that were found, page by page as the user scrolls down. It is memoized: there may be thousands of them, and they
 * must not render at each key of a search.
 */
export const AppGrid = memo(function AppGrid({ page, ...results }: AppGridProps) {
  const messages = useMessages(appsMessages)
  return (
    <ul aria-label={messages.apps} className={GRID}>
      {/* The key closes the further pages when the search changes. */}
      <AppPageCards key={page.pageInfo.endCursor} page={page} results={results} />
    </ul>
  )
})

export function AppGridSkeleton() {
  const messages = useMessages(appsMessages)
  return (
    <ul aria-label={messages.loading} className={GRID}>
      {SKELETONS.map((index) => (
        <AppCardSkeleton key={index} />
      ))}
    </ul>
  )
}

/** How the user asked for a page of results: with the button, which had the focus and is gone, or by scrolling. */
type Opened = 'pressed' | 'scrolled'

interface AppPageCardsProps {
  page: AppPage
  results: Results
  opened?: Opened
}

function AppPageCards({ page, results, opened }: AppPageCardsProps) {
  const [next, setNext] = useState<Opened>()
  const first = useFocusFirst<HTMLLIElement>(opened === 'pressed')
  const { endCursor, hasNextPage } = page.pageInfo
  const isMore = hasNextPage && endCursor !== null
  return (
    <>
      {page.nodes.map((app, index) => (
        <AppCard
          key={app.id}
          app={app}
          connected={results.connected.get(app.slug) ?? 0}
          {...(index === 0 && { ref: first })}
        />
      ))}
      {isMore && next && <FurtherApps after={endCursor} results={results} opened={next} />}
      {isMore && !next && <MoreApps onMore={setNext} />}
    </>
  )
}

interface FurtherAppsProps {
  after: string
  results: Results
  opened: Opened
}

function FurtherApps({ after, results, opened }: FurtherAppsProps) {
  const { state, reload } = useApps(results.filter, after)
  if (state.status === 'loading') {
    return SKELETONS.map((index) => <AppCardSkeleton key={index} />)
  }
  if (state.status === 'loaded') {
    return <AppPageCards page={state.page} results={results} opened={opened} />
  }
  return (
    <li className="col-span-full">
      <ErrorNotice message={state.message} retrying={state.retrying} onRetry={reload} />
    </li>
  )
}
