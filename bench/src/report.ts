import { mkdir, writeFile } from 'node:fs/promises'
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

/** A section of the report. */
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

/** Writes `RESULTS.md`, and the plots next to it. */
export async function writeReport(
  folder: string,
  intro: string,
  sections: readonly Section[],
): Promise<void> {
  await mkdir(`${folder}/plots`, { recursive: true })
  for (const { plots } of sections) {
    for (const { file, spec } of plots) {
      await writeFile(`${folder}/plots/${file}.svg`, await draw(spec))
    }
  }
  const goals = sections.flatMap((section) => section.goals)
  const overview = tableText({
    head: ['goal', 'asked', 'measured', ''],
    rows: goals.map(({ name, goal, measured, isMet }) => [
      name,
      goal,
      measured,
      isMet ? 'met' : '**missed**',
    ]),
  })
  const parts = sections.map(sectionText)
  await writeFile(
    `${folder}/RESULTS.md`,
    `# Results\n\n${intro}\n\n## Goals\n\n${overview}\n\n${parts.join('\n\n')}\n`,
  )
}

function sectionText({ title, text, table, plots }: Section): string {
  const images = plots.map(({ file, title: name }) => `![${name}](plots/${file}.svg)`)
  return [`## ${title}`, text, tableText(table), ...images].join('\n\n')
}

export function tableText({ head, rows }: Table): string {
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'))
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

async function draw(spec: TopLevelSpec): Promise<string> {
  const view = new View(parse(compile({ background: 'white', ...spec }).spec), { renderer: 'none' })
  return view.toSVG()
}

/** A spread as text: the median, with the least and the greatest in brackets. */
export function spreadText({ median, min, max }: Spread, digits = 0): string {
  const text = (value: number) =>
    value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return `${text(median)} (${text(min)} to ${text(max)})`
}
