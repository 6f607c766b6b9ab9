import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Load, LoadResult } from '../measure/load.ts'
import { ask, start, stop } from '../measure/processes.ts'
import { DUE_FLOWS, seed, supportCode } from '../measure/seed.ts'
import { exponentOf, spreadOf } from '../measure/statistics.ts'
import { growthPlot } from '../plots.ts'
import type { Section } from '../report.ts'
import type { Pass } from '../server/reconciler.ts'
import type { Machinery } from './machinery.ts'
import { checkAnswer, requestFor, startServer } from './servers.ts'

const SIZES = [1e3, 1e4, 1e5, 1e6]
const PASSES = 5
const QUERY_MS = 3000

const FLOWS = `nodes { id status app externalUserId createdAt closedAt failedStep supportCode events { id type at reason } } pageInfo { hasNextPage endCursor }`
const COUNTS = 'started open succeeded failed cancelled expired successRate'

/** What operators ask, as fields of `Operator`. */
const QUESTIONS: { title: string; fieldsFor: (flow: number) => string }[] = [
  {
    title: 'operator: newest flows',
    fieldsFor: () => `flows { ... on OperatorFlowConnection { ${FLOWS} } }`,
  },
  {
    title: 'operator: search by support code',
    fieldsFor: (flow) =>
      `flows(search: "${supportCode(flow)}") { ... on OperatorFlowConnection { ${FLOWS} } }`,
  },
  { title: 'operator: statistics of 24 hours', fieldsFor: () => statistics(24) },
  { title: 'operator: statistics of 30 days', fieldsFor: () => statistics(720) },
]

function statistics(hours: number): string {
  return `statistics(hours: ${hours}) { ... on FlowStatistics { counts { ${COUNTS} } timeToConnect { p50Ms p99Ms } periods { at counts { ${COUNTS} } } apps { app counts { ${COUNTS} } } causes: errors { app reason count } } }`
}

/** Measurements at one size, by title, in milliseconds. */
type Measured = Map<string, number>

/** Measures how the time of queries and of the reconciler grows with what the database contains. */
export async function growStore(machinery: Machinery): Promise<Section> {
  const all: { size: number; bytes: number; measured: Measured }[] = []
  for (const size of SIZES) {
    const folder = await mkdtemp(join(tmpdir(), 'bench-store-'))
    const path = join(folder, 'gateway.sqlite')
    await seed(path, { size, passes: PASSES })
    const { size: bytes } = await stat(path)
    console.log(`  ${size} flows, ${(bytes / 1e6).toFixed(0)} MB`)
    const questions = await askQuestions(folder, machinery, size)
    const passes = await reconcileAt(path, machinery)
    all.push({ size, bytes, measured: new Map([...questions, ...passes]) })
    await rm(folder, { recursive: true })
  }
  return toSection(all)
}

async function askQuestions(
  folder: string,
  { upstream, generator }: Machinery,
  size: number,
): Promise<Measured> {
  const server = await startServer('gateway', upstream, { settings: { DATA_DIR: folder } })
  const token = await upstream.sign({ sub: 'grace', role: 'operator' })
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const measured: Measured = new Map()
  const measure = async (title: string, request: Pick<Load, 'headers' | 'bodies'>) => {
    await checkAnswer(server, request)
    const load: Load = { url: server.url, connections: 1, ms: QUERY_MS, ...request }
    const { p50, failures } = (await ask(generator, load)) as LoadResult
    if (failures > 0) throw new Error(`${title}: ${failures} requests failed.`)
    measured.set(title, p50)
  }
  for (const { title, fieldsFor } of QUESTIONS) {
    const bodies = Array.from({ length: 100 }, (_, i) => {
      const query = `{ operator { ... on Operator { ${fieldsFor(Math.floor((i * size) / 100))} } } }`
      return JSON.stringify({ query })
    })
    await measure(title, { headers, bodies })
  }
  await measure('createConnectToken', requestFor('createConnectToken', 'gateway', upstream))
  await stop(server.child)
  return measured
}

async function reconcileAt(path: string, { upstream }: Machinery): Promise<Measured> {
  const { child } = await start('server/reconciler.ts', { args: [path, upstream.url] })
  const busy = (await ask(child, { passes: PASSES })) as Pass[]
  const idle = (await ask(child, { passes: PASSES })) as Pass[]
  await stop(child)
  const settled = busy.reduce((total, pass) => total + pass.settled, 0)
  if (settled !== PASSES * DUE_FLOWS) throw new Error(`The reconciler settled ${settled} flows.`)
  return new Map([
    [`reconciliation pass, ${DUE_FLOWS} flows due`, medianMs(busy)],
    ['reconciliation pass, no flow due', medianMs(idle)],
  ])
}

function medianMs(passes: readonly Pass[]): number {
  return spreadOf(passes.map(({ ms }) => ms)).median
}

function toSection(all: readonly { size: number; bytes: number; measured: Measured }[]): Section {
  const titles = [...(all[0]?.measured.keys() ?? [])]
  const lines = titles.map((name) => ({
    name,
    points: all.map(({ size, measured }) => ({ x: size, y: measured.get(name) ?? Number.NaN })),
  }))
  const sizes = all.map(
    ({ bytes, size }) => `${(bytes / 1e6).toFixed(0)} MB at ${size.toLocaleString('en')}`,
  )
  return {
    title: 'Growth of the database',
    text: `SQLite, with as many accounts as flows and three events for each flow, of thirty days. Medians in milliseconds, over HTTP with one connection; the reconciler runs in a process of its own, and each pass also checks the health of the accounts of five users. The exponent is the slope of the line through the logarithms: 0 means that the time does not grow, 1 that it grows like the number of flows. The database takes ${sizes.join(', ')} flows.`,
    table: {
      head: [
        'flows',
        ...all.map(({ size }) => size.toLocaleString('en')),
        'exponent',
        'exponent of the last step',
      ],
      rows: lines.map(({ name, points }) => [
        name,
        ...points.map(({ y }) => y.toFixed(1)),
        exponentOf(points).toFixed(2),
        exponentOf(points.slice(-2)).toFixed(2),
      ]),
    },
    plots: [
      growthPlot({
        file: 'growth-of-the-database',
        title: 'Time by number of flows',
        x: 'flows, and accounts',
        y: 'ms',
        scale: 'log',
        lines,
      }),
    ],
    goals: [],
  }
}
