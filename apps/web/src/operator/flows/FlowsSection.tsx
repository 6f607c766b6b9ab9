import { useEffect, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useDebounced } from '../../ui/use-debounced.ts'
import { operatorMessages } from '../operator-messages.ts'
import { Outdated } from '../Outdated.tsx'
import { CARD, Section } from '../Section.tsx'
import { FlowFilterFields } from './FlowFilterFields.tsx'
import { FlowRow } from './FlowRow.tsx'
import type { FlowFilter, FlowPage } from './flows-query.ts'
import { OtherEvents } from './OtherEvents.tsx'
import { useFlows } from './use-flows.ts'

const { flows: messages } = operatorMessages

const TYPING_PAUSE_MS = 200

/** All users' attempts to connect, live and searchable. */
export function FlowsSection() {
  const [filter, setFilter] = useState<FlowFilter>(() => ({
    search: searchInAddress(),
    status: null,
  }))
  const search = useDebounced(filter.search.trim(), TYPING_PAUSE_MS)
  useSearchInAddress(search)
  return (
    <>
      <Section
        id="flows"
        title={messages.title}
        aside={<FlowFilterFields filter={filter} onChange={setFilter} />}
      >
        <Flows filter={{ search, status: filter.status }} />
      </Section>
      <OtherEvents search={search} />
    </>
  )
}

function Flows({ filter }: { filter: FlowFilter }) {
  const { page, failure, fetching, reload } = useFlows(filter, null)
  const filtered = filter.search !== '' || filter.status !== null
  return (
    <>
      <Outdated failure={failure} known={page !== undefined} fetching={fetching} onRetry={reload} />
      {!page && failure === undefined && <Skeleton className="h-64 rounded-xl" />}
      {page?.nodes.length === 0 && (
        <div className="rounded-xl border border-dashed border-line-strong p-8 text-center">
          <p className="text-sm font-semibold">{filtered ? messages.notFound : messages.none}</p>
          <p className="mt-1 text-sm text-muted">
            {filtered ? messages.notFoundWhy : messages.noneWhy}
          </p>
        </div>
      )}
      {page && page.nodes.length > 0 && <FlowList page={page} filter={filter} />}
    </>
  )
}

interface FlowListProps {
  page: FlowPage
  filter: FlowFilter
}

function FlowList({ page, filter }: FlowListProps) {
  const [open, setOpen] = useState(false)
  const { endCursor, hasNextPage } = page.pageInfo
  return (
    <>
      <ul className={classNames(CARD, 'divide-y divide-line px-4')}>
        {page.nodes.map((flow) => (
          <FlowRow key={flow.id} flow={flow} />
        ))}
      </ul>
      {hasNextPage && endCursor !== null && open && (
        <OlderFlows after={endCursor} filter={filter} />
      )}
      {hasNextPage && endCursor !== null && !open && (
        <Button className="self-center" onClick={() => setOpen(true)}>
          {messages.more}
        </Button>
      )}
    </>
  )
}

function OlderFlows({ after, filter }: { after: string; filter: FlowFilter }) {
  const { page, failure, fetching, reload } = useFlows(filter, after)
  return (
    <>
      <Outdated failure={failure} known={page !== undefined} fetching={fetching} onRetry={reload} />
      {!page && failure === undefined && <Skeleton className="h-64 rounded-xl" />}
      {page && <FlowList page={page} filter={filter} />}
    </>
  )
}

// The search in the page's address, such as a link from a colleague: `/operator?search=ABCD-1234`.
function searchInAddress(): string {
  return new URL(window.location.href).searchParams.get('search') ?? ''
}

// Keeps the search in the page's address, so that the page can be reloaded and shared.
function useSearchInAddress(search: string): void {
  useEffect(() => {
    const url = new URL(window.location.href)
    if (search === '') url.searchParams.delete('search')
    else url.searchParams.set('search', search)
    window.history.replaceState(null, '', url)
  }, [search])
}
