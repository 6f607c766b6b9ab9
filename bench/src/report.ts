import { compile, type TopLevelSpec } from 'vega-lite'
import { parse, View } from 'vega'
import type { Spread } from './measure/statistics.ts'

/** A goal, with what was measured. */
export interface Goal {
  name: string
  /** As text, such as "at least 6 times". */
  goal: string
  measured: string
  isMet: boolean
}

/** A section of a suite's results. */
export interface Section {
  title: string
  /** What was measured and how, in a few sentences. */
  text: string
  table: Table
  plots: Plot[]
  goals: Goal[]
}

export interface Table {
  head: string[]
  rows: string[][]
}

export interface Plot {
  /** Name of the SVG file, without its extension. */
  file: string
  title: string
  spec: TopLevelSpec
}

export function tableText({ head, rows }: Table): string {
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'))
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** Draws a plot as SVG. */
export async function draw(spec: TopLevelSpec): Promise<string> {
  const view = new View(parse(compile({ background: 'white', ...spec }).spec), { renderer: 'none' })
  return view.toSVG()
}

/** A spread as text: the median, with the least and the greatest in brackets. */
export function spreadText({ median, min, max }: Spread, digits = 0): string {
  const text = (value: number) =>
    value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return `${text(median)} (${text(min)} to ${text(max)})`
}

interface Bound {
  name: string
  limit: number
  measured: number
}

/** A goal that is met up to a limit. */
export function atMost({ name, limit, measured }: Bound, unit: string): Goal {
  return {
    name,
    goal: `≤ ${limit} ${unit}`,
    measured: `${digits(measured)} ${unit}`,
    isMet: measured <= limit,
  }
}

/** A goal that is met from a limit on. */
export function atLeast({ name, limit, measured }: Bound, unit: string): Goal {
  return {
    name,
    goal: `≥ ${limit} ${unit}`,
    measured: `${digits(measured)} ${unit}`,
    isMet: measured >= limit,
  }
}

function digits(value: number): string {
  const places = value < 1 ? 2 : Number(value < 100)
  return value.toLocaleString('en', {
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  })
}
