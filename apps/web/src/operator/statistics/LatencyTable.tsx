import { useLanguage } from '../../i18n/language-context.tsx'
import { ScrollArea } from '../../ui/ScrollArea.tsx'
import { formatDuration } from '../duration.ts'
import { operatorMessages } from '../operator-messages.ts'
import { Card, CardHeading } from './Card.tsx'
import type { UpstreamLatency } from './statistics-query.ts'

const { statistics: messages } = operatorMessages

/** Pipedream's latency, by call. */
export function LatencyTable({ operations }: { operations: readonly UpstreamLatency[] }) {
  const { locale } = useLanguage()
  const time = (ms: number | null) => (ms === null ? messages.tooLong : formatDuration(ms, locale))
  const slowest = Math.max(1, ...operations.map(({ p90Ms }) => p90Ms ?? 10_000))
  return (
    <Card>
      <CardHeading title={messages.latency} why={messages.latencyWhy} />
      {operations.length === 0 && <p className="py-4 text-sm text-muted">{messages.noCalls}</p>}
      {operations.length > 0 && (
        <ScrollArea label={messages.latency}>
          <table className="w-full text-sm tabular-nums">
            <thead>
              <tr className="text-xs text-muted">
                <th scope="col" className="py-2 text-start font-normal">
                  {messages.operation}
                </th>
                {[messages.calls, messages.failed, messages.median, messages.p90].map((name) => (
                  <th key={name} scope="col" className="py-2 ps-4 text-end font-normal">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {operations.map(({ operation, count, failed, p50Ms, p90Ms }) => (
                <tr key={operation}>
                  <th scope="row" className="py-2 text-start font-normal">
                    <code className="text-xs whitespace-nowrap">{operation}</code>
                    <Bar share={(p90Ms ?? slowest) / slowest} />
                  </th>
                  <td className="ps-4 text-end">{count.toLocaleString(locale)}</td>
                  <td className="ps-4 text-end">{failed.toLocaleString(locale)}</td>
                  <td className="ps-4 text-end whitespace-nowrap">{time(p50Ms)}</td>
                  <td className="ps-4 text-end whitespace-nowrap">{time(p90Ms)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollArea>
      )}
    </Card>
  )
}

function Bar({ share }: { share: number }) {
  return (
    <div aria-hidden className="mt-1 h-1 rounded-full bg-surface-hover">
      <div
        className="h-full rounded-full bg-accent forced-color-adjust-none"
        style={{ width: `${100 * share}%` }}
      />
    </div>
  )
}
