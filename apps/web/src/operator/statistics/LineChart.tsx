import { Interpolation, LineChart as Drawing, type LineChartOptions } from 'chartist'
import { useEffect, useRef } from 'react'
import { useLanguage } from '../../i18n/language-context.tsx'
import './line-chart.css'

/** A line of the chart. There are at most two: the style sheet has two colours. */
export interface ChartLine {
  name: string
  /** One value per time; `null`: no value. */
  values: readonly (number | null)[]
}

interface LineChartProps {
  times: readonly Date[]
  lines: readonly ChartLine[]
  /** End of the scale; default: the highest value. */
  highest?: number | undefined
  format: (value: number | null) => string
}

// Fits on a phone.
const TIMES_SHOWN = 4

/** Draws lines over time. */
export function LineChart({ times, lines, highest, format }: LineChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const { locale } = useLanguage()
  useEffect(() => {
    const every = Math.ceil(times.length / TIMES_SHOWN)
    const series = lines.map(({ values }) => [...values])
    const labels = times.map((time) => timeLabel(time, { times, locale }))
    const options: LineChartOptions = {
      ...SHAPE,
      axisX: {
        showGrid: false,
        labelInterpolationFnc: (label, index) => (index % every === 0 ? label : null),
      },
      axisY: { offset: 56, labelInterpolationFnc: (value) => format(Number(value)) },
      low: 0,
      ...(highest !== undefined && { high: highest }),
    }
    const drawing = new Drawing(place.current, { labels, series }, options)
    return () => void drawing.detach()
  }, [times, lines, highest, format, locale])
  // The table next to it has the same data for screen readers. Time runs from left to right in every script.
  return <div ref={place} aria-hidden dir="ltr" className="line-chart h-48 w-full" />
}

const SHAPE = {
  lineSmooth: Interpolation.none({ fillHoles: true }),
  chartPadding: { top: 12, right: 12, bottom: 0, left: 0 },
  fullWidth: true,
} satisfies LineChartOptions

interface TimeLabelInput {
  times: readonly Date[]
  locale: string
}

const DAY_MS = 86_400_000

function timeLabel(time: Date, { times, locale }: TimeLabelInput): string {
  const [first, second] = times
  const isDays = first && second && second.getTime() - first.getTime() >= DAY_MS
  return isDays
    ? time.toLocaleDateString(locale, { day: 'numeric', month: 'short' })
    : time.toLocaleTimeString(locale, { timeStyle: 'short' })
}
