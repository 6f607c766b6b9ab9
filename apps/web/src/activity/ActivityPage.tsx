import { useMemo, useState } from 'react'
import { commonMessages } from '../i18n/common-messages.ts'
import { useLanguage, useMessages } from '../i18n/language-context.tsx'
import { Button } from '../ui/Button.tsx'
import { ErrorNotice } from '../ui/ErrorNotice.tsx'
import { PageHeading } from '../ui/PageHeading.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { useSession } from '../viewer/session.tsx'
import { ActivityEntry } from './ActivityEntry.tsx'
import { activityMessages } from './activity-messages.ts'
import { type Entry, toEntries } from './entries.ts'
import { useActivity } from './use-activity.ts'

/** `/activity`: the user's history, in plain sentences. */
export function ActivityPage() {
  const { start } = useSession()
  const { activity } = useMessages(commonMessages)
  const messages = useMessages(activityMessages)
  const { events, hasEarlier, failure, reading, readAgain, readFurther } = useActivity()
  const entries = useMemo(() => events && toEntries(events), [events])
  const message = failure && entries ? messages.outdated({ reason: failure }) : failure
  return (
    <main className="mx-auto flex max-w-3xl flex-col gap-8 px-4 pt-8 pb-24 sm:px-6">
      <div className="flex flex-col gap-1">
        <PageHeading takeFocus={start !== 'loaded'}>{activity}</PageHeading>
        <p className="text-muted">{messages.purpose}</p>
      </div>
      {message !== undefined && (
        <ErrorNotice message={message} retrying={reading} onRetry={readAgain} />
      )}
      {entries && <Entries entries={entries} hasEarlier={hasEarlier} />}
      {entries && hasEarlier && (
        <Button className="self-center" busy={reading} onClick={readFurther}>
          {messages.earlier}
        </Button>
      )}
      {!entries && message === undefined && <LoadingEntries />}
    </main>
  )
}

function Entries({ entries, hasEarlier }: { entries: Entry[]; hasEarlier: boolean }) {
  const { locale } = useLanguage()
  // At least the time of the newest entry, so that a page that stays open overnight doesn't call two days "Today".
  const [opened] = useState(() => new Date())
  if (entries.length === 0) return hasEarlier ? null : <Nothing />
  const newest = new Date(entries[0]?.main.at ?? opened)
  const now = newest > opened ? newest : opened
  const days = Map.groupBy(entries, ({ main }) => dayName({ day: new Date(main.at), now, locale }))
  return (
    <>
      {[...days].map(([day, ofDay]) => (
        <section key={day} aria-label={day} className="flex flex-col gap-2">
          <h2 className="text-sm font-semibold text-muted">{day}</h2>
          <ul className="divide-y divide-line rounded-xl border border-line bg-surface px-4 shadow-xs">
            {ofDay.map((entry) => (
              <ActivityEntry key={entry.id} entry={entry} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function Nothing() {
  const messages = useMessages(activityMessages)
  return (
    <div className="rounded-xl border border-dashed border-line-strong p-8 text-center">
      <h2 className="font-medium">{messages.nothing}</h2>
      <p className="mt-1 text-sm text-muted">{messages.nothingWhy}</p>
    </div>
  )
}

function LoadingEntries() {
  const { loading } = useMessages(activityMessages)
  return (
    <div
      aria-busy
      aria-label={loading}
      className="flex flex-col gap-6 rounded-xl border border-line bg-surface p-4"
    >
      <Skeleton className="h-5 w-2/3" />
      <Skeleton className="h-5 w-1/2" />
      <Skeleton className="h-5 w-3/5" />
    </div>
  )
}

/** What a day is called: "Today", "Yesterday", otherwise its full date. */
export function dayName({ day, now, locale }: { day: Date; now: Date; locale: string }): string {
  const days = Math.round((midnight(day) - midnight(now)) / 86_400_000)
  if (days !== 0 && days !== -1) return day.toLocaleDateString(locale, { dateStyle: 'full' })
  const name = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
  return name.slice(0, 1).toLocaleUpperCase(locale) + name.slice(1)
}

// In local time. A day is an hour shorter or longer when clocks change, which rounding the difference corrects.
function midnight(instant: Date): number {
  return new Date(instant.getFullYear(), instant.getMonth(), instant.getDate()).getTime()
}
