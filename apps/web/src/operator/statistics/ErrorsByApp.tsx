import { useLanguage } from '../../i18n/language-context.tsx'
import { AppLabel } from '../AppLabel.tsx'
import { Code } from '../Code.tsx'
import { operatorMessages } from '../operator-messages.ts'
import { Card, CardHeading } from './Card.tsx'
import type { FlowStatistics } from './statistics-query.ts'

const { statistics: messages, events } = operatorMessages

type FlowError = FlowStatistics['errors'][number]

/** Errors by app, most errors first. */
export function ErrorsByApp({ errors }: { errors: readonly FlowError[] }) {
  const apps = byApp(errors)
  const most = apps[0]?.count ?? 1
  return (
    <Card>
      <CardHeading title={messages.errors} />
      {apps.length === 0 && <p className="py-4 text-sm text-muted">{messages.noErrors}</p>}
      <ul className="flex flex-col gap-3 pt-2">
        {apps.map((app) => (
          <AppErrors key={app.app ?? ''} {...app} share={app.count / most} />
        ))}
      </ul>
    </Card>
  )
}

interface AppErrorsProps {
  app: string | null
  count: number
  errors: FlowError[]
  /** Length of its bar, 0 to 1. */
  share: number
}

function AppErrors({ app, count, errors, share }: AppErrorsProps) {
  const { locale } = useLanguage()
  return (
    <li className="flex flex-col gap-1 text-sm">
      <div className="flex justify-between gap-3">
        {app === null ? <span>{messages.noApp}</span> : <AppLabel slug={app} />}
        <span className="tabular-nums">{count.toLocaleString(locale)}</span>
      </div>
      <div aria-hidden className="h-1.5 rounded-full bg-surface-hover">
        <div
          className="h-full rounded-full bg-danger forced-color-adjust-none"
          style={{ width: `${100 * share}%` }}
        />
      </div>
      <ul className="text-xs text-muted">
        {errors.map(({ type, reason, count }) => (
          <li key={`${type} ${reason}`} className="flex justify-between gap-3">
            <span>
              <span>{`${events[type]} `}</span>
              {reason !== null && <Code>{reason}</Code>}
            </span>
            <span className="tabular-nums">{count.toLocaleString(locale)}</span>
          </li>
        ))}
      </ul>
    </li>
  )
}

function byApp(errors: readonly FlowError[]): Omit<AppErrorsProps, 'share'>[] {
  return [...Map.groupBy(errors, ({ app }) => app)]
    .map(([app, errors]) => ({
      app,
      errors,
      count: errors.reduce((sum, { count }) => sum + count, 0),
    }))
    .toSorted((one, other) => other.count - one.count)
}
