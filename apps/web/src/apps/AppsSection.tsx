import { SearchX } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { useMessages } from '../i18n/language-context.tsx'
import { classNames } from '../ui/class-names.ts'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { SearchInput } from '../ui/SearchInput.tsx'
import { useDebounced } from '../ui/use-debounced.ts'
import { AppGrid, AppGridSkeleton } from './AppGrid.tsx'
import { CategoryField } from './CategoryField.tsx'
import { type AppsState, useApps } from './use-apps.ts'
import { appsMessages } from './apps-messages.ts'

const TYPING_PAUSE_MS = 120

interface AppsSectionProps {
  /** How many accounts the user has, by app slug. */
  connected: ReadonlyMap<string, number>
  /** Called when the first apps, or why there are none, are shown. */
  onShown: () => void
}

/** The app catalogue, with its search. */
export function AppsSection({ connected, onShown }: AppsSectionProps) {
  const heading = useId()
  const messages = useMessages(appsMessages)
  const [typed, setTyped] = useState('')
  const [category, setCategory] = useState<string | null>(null)
  const search = useDebounced(typed.trim(), TYPING_PAUSE_MS)
  const { state, reload } = useApps({ search: search === '' ? null : search, category }, null)
  const isLoading = state.status === 'loading'
  useEffect(() => {
    if (!isLoading) onShown()
  }, [isLoading, onShown])
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="flex items-baseline gap-3">
          <h2 id={heading} className="text-lg font-semibold">
            {messages.title}
          </h2>
          <ResultCount state={state} />
        </div>
        <search className="flex w-full flex-wrap gap-3 sm:w-auto">
          <CategoryField value={category} onChange={setCategory} />
          <SearchInput label={messages.search} value={typed} onChange={setTyped} />
        </search>
      </div>
      {isLoading && <AppGridSkeleton />}
      {state.status === 'failed' && (
        <ErrorNotice message={state.message} retrying={state.retrying} onRetry={reload} />
      )}
      {state.status === 'loaded' && (
        <div
          aria-busy={state.stale || undefined}
          className={classNames('transition-opacity', state.stale && 'opacity-60')}
        >
          {state.page.nodes.length === 0 ? (
            <NothingFound search={search} />
          ) : (
            <AppGrid page={state.page} filter={state.filter} connected={connected} />
          )}
        </div>
      )}
    </section>
  )
}

function ResultCount({ state }: { state: AppsState }) {
  const messages = useMessages(appsMessages)
  return <output className="text-sm text-muted">{count()}</output>

  function count(): string {
    if (state.status !== 'loaded') return ''
    const { nodes, pageInfo, totalCount } = state.page
    const isMore = totalCount === null && pageInfo.hasNextPage
    return isMore
      ? messages.foundMore({ count: nodes.length })
      : messages.found({ count: totalCount ?? nodes.length })
  }
}

function NothingFound({ search }: { search: string }) {
  const messages = useMessages(appsMessages)
  return (
    <div className="flex flex-col items-center gap-1 rounded-xl border border-dashed border-line bg-surface p-8 text-center">
      <SearchX aria-hidden size={20} className="mb-1 text-muted" />
      <p className="text-sm font-semibold break-words">{messages.nothing({ search })}</p>
      <p className="text-sm text-muted">{messages.nothingWhy}</p>
    </div>
  )
}
