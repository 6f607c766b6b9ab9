import type { Spread } from './measure/statistics.ts'
import type { Plot } from './report.ts'

interface BarPlot extends Omit<Plot, 'spec'> {
  /** Title of the axis. */
  unit: string
  bars: { title: string; spread: Spread }[]
}

/** A bar for each contender, with its range. */
export function barPlot({ file, title, unit, bars }: BarPlot): Plot {
  const values = bars.map((bar) => ({ name: bar.title.replaceAll('`', ''), ...bar.spread }))
  return {
    file,
    title,
    spec: {
      data: { values },
      width: 480,
      encoding: { y: { field: 'name', type: 'nominal', sort: null, title: null } },
      layer: [
        { mark: 'bar', encoding: { x: { field: 'median', type: 'quantitative', title: unit } } },
        {
          mark: 'rule',
          encoding: { x: { field: 'min', type: 'quantitative' }, x2: { field: 'max' } },
        },
      ],
    },
  }
}

interface GrowthPlot extends Omit<Plot, 'spec'> {
  /** Titles of the axes. */
  x: string
  y: string
  scale: 'log' | 'linear'
  lines: { name: string; points: { x: number; y: number }[] }[]
}

/** How figures grow. On logarithmic axes, the exponent is the slope of the line. */
export function growthPlot({ file, title, x, y, scale, lines }: GrowthPlot): Plot {
  const values = lines.flatMap(({ name, points }) => points.map((point) => ({ name, ...point })))
  return {
    file,
    title,
    spec: {
      data: { values },
      width: 480,
      height: 300,
      mark: { type: 'line', point: true },
      encoding: {
        x: { field: 'x', type: 'quantitative', scale: { type: scale }, title: x },
        y: { field: 'y', type: 'quantitative', scale: { type: scale }, title: y },
        color: { field: 'name', type: 'nominal', sort: null, title: null },
      },
    },
  }
}
