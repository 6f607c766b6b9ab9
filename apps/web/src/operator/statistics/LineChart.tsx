import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { useLanguage } from '../../i18n/language-context.tsx'

export interface ChartLine {
  name: string
  /** The custom property of the style sheet that has its colour. */
  colour: string
  /** One for each time; `null`: there is none. */
  values: readonly (number | null)[]
}

interface LineChartProps {
  times: readonly Date[]
  lines: readonly ChartLine[]
  highest?: number | undefined
  format: (value: number | null) => string
}

const HEIGHT = 192

/** A picture of lines over time. */
export function LineChart({ times, lines, highest, format }: LineChartProps) {
  const host = useRef<HTMLDivElement>(null)
  const { locale } = useLanguage()
  useEffect(() => {
    const element = host.current
    if (!element) return
    const seconds = times.map((time) => time.getTime() / 1000)
    const options = chartOptions({ element, lines, highest, format, locale })
    const plot = new uPlot(options, [seconds, ...lines.map(({ values }) => [...values])], element)
    return keepInShape(plot, element)
  }, [times, lines, highest, format, locale])
  // The table beside it says the same in words and figures. Time runs from left to right in every script.
  return <div ref={host} aria-hidden className="min-h-48 w-full" dir="ltr" />
}

type OptionsInput = Omit<LineChartProps, 'times'> & {
  element: HTMLElement
  locale: string
}

function chartOptions({ element, lines, highest, format, locale }: OptionsInput): uPlot.Options {
  const colour = (property: string) => () => resolveColour(property, element)
  const axis: uPlot.Axis = {
    stroke: colour('--muted'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  }
  const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' })
  const hours = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_plot, _least, most) => [0, highest ?? Math.max(most * 1.1, 1)] } },
    axes: [
      {
        ...axis,
        values: (...[, ticks, , , stepSeconds]) =>
          ticks.map((tick) => (stepSeconds < 86_400 ? hours : days).format(tick * 1000)),
      },
      { ...axis, size: 64, values: (_plot, ticks) => ticks.map((tick) => format(tick)) },
    ],
    series: [
      {},
      ...lines.map(({ name, colour: property }) => ({
        label: name,
        stroke: colour(property),
        width: 2,
        spanGaps: true,
        points: { show: true, size: 6, fill: colour(property) },
      })),
    ],
  }
}

// A canvas does not understand `light-dark()` and the like; what an element wears has been worked out.
function resolveColour(property: string, parent: HTMLElement): string {
  const probe = parent.appendChild(document.createElement('span'))
  probe.style.color = `var(${property})`
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

/** Keeps a chart as wide as its place, and in the colours of the page; the answer takes it away. */
function keepInShape(plot: uPlot, element: HTMLElement): () => void {
  const place = new ResizeObserver(() => {
    plot.setSize({ width: element.clientWidth, height: HEIGHT })
  })
  place.observe(element)
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const repaint = () => plot.redraw(false)
  dark.addEventListener('change', repaint)
  return () => {
    dark.removeEventListener('change', repaint)
    place.disconnect()
    plot.destroy()
  }
}
