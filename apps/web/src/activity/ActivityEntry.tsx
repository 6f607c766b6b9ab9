import { Check, Circle, TriangleAlert, Unplug } from 'lucide-react'
import { useQuery } from 'urql'
import { AppQuery } from '../connect/app-query.ts'
import { useLanguage, useMessages } from '../i18n/language-context.tsx'
import { classNames } from '../ui/class-names.ts'
import { fromSlug } from '../ui/from-slug.ts'
import { activityMessages, type ActivityMessages } from './activity-messages.ts'
import type { Entry, ShownEvent } from './entries.ts'

const WENT_WRONG = new Set<ShownEvent['type']>([
  'FLOW_REFUSED',
  'FLOW_FAILED',
  'FLOW_EXPIRED',
  'FLOW_REVOKED',
  'CONFIRMATION_REFUSED',
  'DISCONNECTION_REFUSED',
  'ACCESS_TOKEN_REFUSED',
])

const GONE = new Set<ShownEvent['type']>([
  'ACCOUNT_DISCONNECTED',
  'ACCOUNT_REMOVED',
  'DISCONNECTION_ORDERED',
])

/** An entry of the activity page, with its steps to expand. */
export function ActivityEntry({ entry: { main, steps } }: { entry: Entry }) {
  const messages = useMessages(activityMessages)
  const app = useAppName(steps.find((step) => step.app !== null)?.app ?? null)
  const wrong = wentWrong(main)
  return (
    <li className="flex items-start gap-3 py-3">
      <EventIcon event={main} />
      <div className="flex min-w-0 grow flex-col gap-1 pt-1">
        <div className="flex items-baseline justify-between gap-4">
          <p className="min-w-0 text-sm break-words">{textOf(main, app, messages)}</p>
          <Time iso={main.at} />
        </div>
        {wrong && main.supportCode !== null && (
          <p className="text-xs text-muted">{messages.code({ code: main.supportCode })}</p>
        )}
        {steps.length > 1 && (
          <details className="text-xs text-muted">
            <summary className="w-fit cursor-pointer rounded py-1 hover:text-text">
              {messages.steps}
            </summary>
            <ol className="mt-1 flex flex-col gap-1 border-s border-line ps-3">
              {steps.map((step) => (
                <li key={step.id} className="flex justify-between gap-4">
                  <span>{textOf(step, app, messages)}</span>
                  <Time iso={step.at} />
                </li>
              ))}
            </ol>
          </details>
        )}
      </div>
    </li>
  )
}

// The name of an app; until it is loaded, a name derived from its slug.
function useAppName(slug: string | null): string | undefined {
  const [{ data }] = useQuery({
    query: AppQuery,
    variables: { slug: slug ?? '' },
    pause: slug === null,
  })
  if (slug === null) return undefined
  return data?.app.__typename === 'App' ? data.app.name : fromSlug(slug)
}

function textOf(event: ShownEvent, app: string | undefined, messages: ActivityMessages): string {
  const sentence = sentenceOf(event, app, messages)
  return event.count > 1 ? messages.more({ sentence, count: event.count }) : sentence
}

function sentenceOf(
  event: ShownEvent,
  app: string | undefined,
  messages: ActivityMessages,
): string {
  const { type, reason } = event
  const values = { app: app ?? messages.someApp }
  if (type === 'ACCOUNT_HELD') return pick(messages.held, reason, 'not_confirmed')(values)
  if (type === 'ACCOUNT_RELEASED') return pick(messages.released, reason, 'confirmed')(values)
  if (type === 'ACCOUNT_REMOVED') return pick(messages.removed, reason, 'not_confirmed')(values)
  // The reason is the new state.
  if (type === 'ACCOUNT_HEALTH_CHANGED') return pick(messages.health, reason, 'unhealthy')(values)
  if (type === 'ACCOUNT_DISCONNECTED' && app === undefined) return messages.accountDisconnected
  const message = messages.events[type]
  return typeof message === 'string' ? message : message(values)
}

/** The message for an event's reason. Events of older versions have none, or others. */
function pick<Reason extends string, Message>(
  byReason: Readonly<Record<Reason, Message>>,
  reason: string | null,
  otherwise: Reason,
): Message {
  const known = Object.entries<Message>(byReason).find(([key]) => key === reason)
  return known?.[1] ?? byReason[otherwise]
}

function Time({ iso }: { iso: string }) {
  const { locale } = useLanguage()
  const instant = new Date(iso)
  return (
    <time
      dateTime={iso}
      title={instant.toLocaleString(locale, { dateStyle: 'full', timeStyle: 'medium' })}
      className="shrink-0 text-xs text-muted tabular-nums"
    >
      {instant.toLocaleTimeString(locale, { timeStyle: 'short' })}
    </time>
  )
}

function EventIcon({ event }: { event: ShownEvent }) {
  const [Icon, colours] = iconOf(event)
  return (
    <span
      className={classNames(
        'edged flex size-7 shrink-0 items-center justify-center rounded-full',
        colours,
      )}
    >
      <Icon aria-hidden size={14} />
    </span>
  )
}

function iconOf(event: ShownEvent) {
  const { type } = event
  if (wentWrong(event)) return [TriangleAlert, 'bg-warn-soft text-warn-ink'] as const
  if (type === 'FLOW_SUCCEEDED' || type === 'ACCOUNT_RELEASED') {
    return [Check, 'bg-ok-soft text-ok-ink'] as const
  }
  if (GONE.has(type)) return [Unplug, 'bg-surface-hover text-muted'] as const
  return [Circle, 'bg-surface-hover text-muted'] as const
}

// What its owner or an administrator has removed did not go wrong; what waits for a confirmation has not yet.
function wentWrong({ type, reason }: ShownEvent): boolean {
  if (type === 'ACCOUNT_REMOVED') return reason !== 'disconnected'
  if (type === 'ACCOUNT_HELD') return reason !== null && reason !== 'not_confirmed'
  return WENT_WRONG.has(type)
}
