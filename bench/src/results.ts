import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { draw, type Goal, type Plot, type Section, tableText } from './report.ts'
import { SUITES, type SuiteName } from './suites/index.ts'

/** The last results of a suite. */
interface Results {
  name: SuiteName
  /** The machine, and how it was measured. */
  conditions: string
  sections: Section[]
}

/** A section whose plots are drawn. */
type Drawn = Omit<Section, 'plots'> & { plots: Omit<Plot, 'spec'>[] }
type Saved = Record<string, Omit<Results, 'name' | 'sections'> & { sections: Drawn[] }>

const INTRO = `The servers, the load generator and the stub of Pipedream share the cores. \`npm start\` in this folder writes this page; the
[README](README.md) says what each suite measures.`

/** Replaces the results of one suite in `results.json`, draws its plots, and writes all suites' results to `RESULTS.md`. */
export async function saveResults(
  folder: string,
  { name, conditions, sections }: Results,
): Promise<void> {
  await mkdir(`${folder}/plots`, { recursive: true })
  for (const { file, spec } of sections.flatMap(({ plots }) => plots)) {
    await writeFile(`${folder}/plots/${file}.svg`, await draw(spec))
  }
  const drawn = sections.map((section) => ({
    ...section,
    plots: section.plots.map(({ file, title }) => ({ file, title })),
  }))
  const path = `${folder}/results.json`
  const saved: Saved = existsSync(path) ? JSON.parse(await readFile(path, 'utf8')) : {}
  const all: Saved = { ...saved, [name]: { conditions, sections: drawn } }
  await writeFile(path, `${JSON.stringify(all, null, 2)}\n`)
  await writeFile(`${folder}/RESULTS.md`, toPage(all))
}

function toPage(all: Saved): string {
  const suites = Object.entries(SUITES).flatMap(([name, { title }]) => {
    const results = all[name]
    return results ? [{ title, ...results }] : []
  })
  const goals = suites.flatMap(({ sections }) => sections).flatMap((section) => section.goals)
  const chapters = suites.map(({ title, conditions, sections }) =>
    [`## ${title}`, conditions, ...sections.map(sectionText)].join('\n\n'),
  )
  return `${['# Results', INTRO, '## Goals', goalTable(goals), ...chapters].join('\n\n')}\n`
}

function goalTable(goals: readonly Goal[]): string {
  return tableText({
    head: ['goal', 'asked', 'measured', ''],
    rows: goals.map(({ name, goal, measured, isMet }) => [
      name,
      goal,
      measured,
      isMet ? 'met' : '**missed**',
    ]),
  })
}

function sectionText({ title, text, table, plots }: Drawn): string {
  const images = plots.map(({ file, title: name }) => `![${name}](plots/${file}.svg)`)
  return [`### ${title}`, text, tableText(table), ...images].join('\n\n')
}
