import { useLanguage } from '../../i18n/language-context.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Code } from '../Code.tsx'
import { formatDuration } from '../duration.ts'
import { operatorMessages } from '../operator-messages.ts'
import type { OperatorFlow } from './flows-query.ts'

const { flows: messages, events } = operatorMessages

/** The steps of a flow, each with the time since its connect token was issued. */
export function FlowTimeline({ flow }: { flow: OperatorFlow }) {
  const { locale } = useLanguage()
  const minted = Date.parse(flow.createdAt)
  return (
    <details className="text-xs text-muted">
      <summary
        aria-label={messages.timelineOf({ code: flow.supportCode })}
        className="w-fit cursor-pointer rounded py-1 hover:text-text"
      >
        {messages.timeline}
      </summary>
      <ol className="mt-1 ms-1.5 flex flex-col border-s border-line">
        {flow.events.map((event) => (
          <li key={event.id} className="relative flex flex-wrap gap-x-3 py-1 ps-4">
            <span
              aria-hidden
              className={classNames(
                'absolute -start-1 top-2.5 size-2 rounded-full forced-color-adjust-none',
                WENT_WRONG.test(event.type) ? 'bg-danger' : 'bg-line-strong',
              )}
            />
            <span className="text-text">{events[event.type]}</span>
            {event.reason !== null && <Code>{event.reason}</Code>}
            <time
              dateTime={event.at}
              title={new Date(event.at).toLocaleString(locale, {
                dateStyle: 'full',
                timeStyle: 'medium',
              })}
              className="ms-auto tabular-nums"
            >
              {messages.after({
                duration: formatDuration(Math.max(0, Date.parse(event.at) - minted), locale),
              })}
            </time>
          </li>
        ))}
      </ol>
    </details>
  )
}

const WENT_WRONG = /FAILED|EXPIRED|REVOKED|REFUSED|REMOVED/
