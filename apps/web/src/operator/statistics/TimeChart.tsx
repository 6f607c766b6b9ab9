import { useId } from 'react'
import { useLanguage } from '../../i18n/language-context.tsx'
import { classNames } from '../../ui/class-names.ts'
import { operatorMessages } from '../operator-messages.ts'
import { Card, CardHeading } from './Card.tsx'
import { type ChartLine, LineChart } from './LineChart.tsx'

const { statistics: messages } = operatorMessages

interface TimeChartProps {
  title: string
  why: string
  times: readonly Date[]
  /** With one value per time; `null`: no value. */
  lines: readonly ChartLine[]
  /** End of the scale; default: the highest value. */
  highest?: number
  format: (value: number | null) => string
}

/** Values over time: a line chart, and a table for screen readers and exact values. */
export function TimeChart({ title, why, times, lines, highest, format }: TimeChartProps) {
  const { locale } = useLanguage()
  const heading = useId()
  const known = times.flatMap((time, index) =>
    lines.some(({ values }) => values[index] != null) ? [{ time, index }] : [],
  )
  return (
    <Card>
      <div id={heading}>
        <CardHeading title={title} why={why} />
      </div>
      {known.length === 0 && (
        <p className="flex min-h-48 items-center justify-center text-sm text-muted">
          {messages.noData}
        </p>
      )}
      {known.length > 0 && (
        <>
          <Legend lines={lines} />
          <LineChart times={times} lines={lines} highest={highest} format={format} />
          <details className="text-xs text-muted">
            <summary className="w-fit cursor-pointer rounded py-1 hover:text-text">
              {messages.asTable}
            </summary>
            <table aria-labelledby={heading} className="mt-1 w-full tabular-nums">
              <thead>
                <tr>
                  <th scope="col" className="text-start font-normal">
                    {messages.from}
                  </th>
                  {lines.map(({ name }) => (
                    <th key={name} scope="col" className="text-end font-normal">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody className="text-text">
                {known.map(({ time, index }) => (
                  <tr key={index}>
                    <th scope="row" className="text-start font-normal">
                      {time.toLocaleString(locale, { dateStyle: 'short', timeStyle: 'short' })}
                    </th>
                    {lines.map(({ name, values }) => (
                      <td key={name} className="text-end">
                        {format(values[index] ?? null)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </>
      )}
    </Card>
  )
}

function Legend({ lines }: { lines: readonly ChartLine[] }) {
  if (lines.length < 2) return null
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {lines.map(({ name }, index) => (
        <li key={name} className="flex items-center gap-1.5">
          <span
            aria-hidden
            className={classNames(
              'h-0.5 w-4 rounded-full forced-color-adjust-none',
              index === 0 ? 'bg-accent-ink' : 'bg-warn-ink',
            )}
          />
          <span>{name}</span>
        </li>
      ))}
    </ul>
  )
}
