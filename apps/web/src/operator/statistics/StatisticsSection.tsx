import { useMemo, useState } from 'react'
import { useLanguage } from '../../i18n/language-context.tsx'
import { Select } from '../../ui/Select.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useFailureSentence } from '../../ui/use-failure-sentence.ts'
import { useRepeated } from '../../ui/use-repeated.ts'
import { useThrottled } from '../../ui/use-throttled.ts'
import { formatDuration } from '../duration.ts'
import { operatorMessages } from '../operator-messages.ts'
import { useOperatorEvents } from '../operator-events.tsx'
import { Outdated } from '../Outdated.tsx'
import { Section } from '../Section.tsx'
import { useOperator } from '../use-operator.ts'
import { Card } from './Card.tsx'
import { ErrorsByApp } from './ErrorsByApp.tsx'
import { type FlowStatistics, StatisticsQuery } from './statistics-query.ts'
import { TimeChart } from './TimeChart.tsx'
import { LatencyTable } from './LatencyTable.tsx'

const { statistics: messages } = operatorMessages

const HOURS = { day: 24, week: 7 * 24, month: 30 * 24, quarter: 90 * 24 }

const PERIODS = ['day', 'week', 'month', 'quarter'] as const satisfies (keyof typeof HOURS)[]

// Statistics are expensive for the database, and change slowly.
const PAUSE_MS = 5000
const READ_EVERY_MS = 60_000

/** Metrics of the flows of a period, with charts. */
export function StatisticsSection() {
  const sentence = useFailureSentence(operatorMessages.errors)
  const [period, setPeriod] = useState<keyof typeof HOURS>('day')
  const { operator, failure, fetching, reload } = useOperator(StatisticsQuery, {
    hours: HOURS[period],
  })
  useOperatorEvents(useThrottled(reload, PAUSE_MS))
  useRepeated(reload, READ_EVERY_MS)
  const result = operator?.statistics
  const statistics = result?.__typename === 'FlowStatistics' ? result : undefined
  const refusal = result && !statistics ? sentence(result) : undefined
  return (
    <Section
      id="statistics"
      title={messages.title}
      aside={
        <Select
          label={messages.period}
          value={period}
          onChange={(value) => setPeriod(PERIODS.find((name) => name === value) ?? 'day')}
          options={PERIODS.map((value) => ({ value, name: messages.periods[value] }))}
        />
      }
    >
      <Outdated
        failure={failure ?? refusal}
        known={operator !== undefined}
        fetching={fetching}
        onRetry={reload}
      />
      {!operator && failure === undefined && <Skeleton className="h-96 rounded-xl" />}
      {statistics && <Figures statistics={statistics} />}
      {statistics && <Charts statistics={statistics} />}
      {statistics && <ErrorsByApp errors={statistics.errors} />}
      {operator && <LatencyTable operations={operator.upstreamLatency} />}
    </Section>
  )
}

function Figures({ statistics: { counts, timeToConnect } }: { statistics: FlowStatistics }) {
  const { locale } = useLanguage()
  const { number, percent, duration } = formatsOf(locale)
  const figures = [
    [messages.started, number(counts.started)],
    [messages.succeeded, number(counts.succeeded)],
    [messages.open, number(counts.open)],
    [messages.successRate, percent(counts.successRate)],
    [messages.timeToConnect, duration(timeToConnect.p50Ms)],
  ] as const
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-5">
      {figures.map(([name, value]) => (
        <Card key={name}>
          <dt className="text-sm text-muted">{name}</dt>
          <dd className="text-xl font-semibold tabular-nums">{value}</dd>
        </Card>
      ))}
    </dl>
  )
}

function Charts({ statistics: { periods } }: { statistics: FlowStatistics }) {
  const { locale } = useLanguage()
  const { percent, duration } = useMemo(() => formatsOf(locale), [locale])
  const { times, successRate, timeToConnect } = useMemo(() => linesOf(periods), [periods])
  return (
    <div className="grid gap-3 lg:grid-cols-2">
      <TimeChart
        title={messages.successRate}
        why={messages.successRateWhy}
        times={times}
        lines={successRate}
        highest={1}
        format={percent}
      />
      <TimeChart
        title={messages.timeToConnect}
        why={messages.timeToConnectWhy}
        times={times}
        lines={timeToConnect}
        format={duration}
      />
    </div>
  )
}

function linesOf(periods: FlowStatistics['periods']) {
  const line = (name: string, value: (of: Period) => number | null) => ({
    name,
    values: periods.map(value),
  })
  return {
    times: periods.map(({ at }) => new Date(at)),
    successRate: [line(messages.successRate, ({ counts }) => counts.successRate)],
    timeToConnect: [
      line(messages.median, ({ timeToConnect }) => timeToConnect.p50Ms),
      line(messages.p90, ({ timeToConnect }) => timeToConnect.p90Ms),
    ],
  }
}

type Period = FlowStatistics['periods'][number]

const NOTHING = '–'

function formatsOf(locale: string) {
  const numbers = new Intl.NumberFormat(locale)
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  return {
    number: (value: number) => numbers.format(value),
    percent: (value: number | null) => (value === null ? NOTHING : percents.format(value)),
    duration: (ms: number | null) => (ms === null ? NOTHING : formatDuration(ms, locale)),
  }
}
