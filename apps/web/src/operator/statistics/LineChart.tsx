import { Interpolation, LineChart as Drawing, type LineChartOptions } from 'chartist'
import { useEffect, useRef } from 'react'
import { useLanguage } from '../../i18n/language-context.tsx'
import './line-chart.css'

/** One of at most two lines: the style sheet has a colour for the first and one for the second. */
export interface ChartLine {
  name: string
  /** One for each time; `null`: there is none. */
  values: readonly (number | null)[]
}

interface LineChartProps {
  times: readonly Date[]
  lines: readonly ChartLine[]
  /** Where the scale ends; default: at the highest value. */
  highest?: number | undefined
  format: (value: number | null) => string
}

// As many as a phone has room for.
const TIMES_SHOWN = 4

/** A picture of lines over time. */
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
  // The table beside it says the same in words and figures. Time runs from left to right in every script.
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
