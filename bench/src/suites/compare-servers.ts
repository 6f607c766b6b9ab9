import type { ChildProcess } from 'node:child_process'
import { compare, type Contender, type Result, type Rounds } from '../measure/compare.ts'
import type { Goal, Section } from '../report.ts'
import { spreadText } from '../report.ts'
import type { TopLevelSpec } from 'vega-lite'
import {
  checkAnswer,
  type Operation,
  requestFor,
  type ServerName,
  SERVERS,
  startServer,
  TITLES,
  type Upstream,
} from './servers.ts'

const CONNECTIONS = 64

/** What the gateway must reach, as ratios to the others. */
interface Aim {
  than: ServerName
  /** The least ratio of requests per second. */
  rate: number
  /** The greatest ratio of CPU time for a request. Default: any. */
  cpu?: number
}

interface Comparison {
  operation: Operation
  text: string
  aims: Aim[]
}

const COMPARISONS: Comparison[] = [
  {
    operation: 'createConnectToken',
    text: 'A server of the product gets a connect token for a user.',
    aims: [
      { than: 'apollo', rate: 6, cpu: 1 / 5 },
      { than: 'mercurius', rate: 4 },
      { than: 'yoga', rate: 4 },
      { than: 'raw', rate: 0.33 },
    ],
  },
  {
    operation: 'accounts',
    text: 'A user with a JWT lists 20 accounts, which are read from upstream each time.',
    aims: [
      { than: 'apollo', rate: 6 },
      { than: 'mercurius', rate: 4 },
    ],
  },
  {
    operation: '__typename',
    text: 'The least operation, without a call to upstream.',
    aims: [],
  },
]

export interface Machinery {
  upstream: Upstream
  generator: ChildProcess
  rounds: Rounds
}

/** Compares the servers with each other, one operation after the other. */
export async function compareServers(machinery: Machinery): Promise<Section[]> {
  const sections: Section[] = []
  for (const comparison of COMPARISONS) sections.push(await compareOn(comparison, machinery))
  return sections
}

async function compareOn(
  { operation, text, aims }: Comparison,
  { upstream, generator, rounds }: Machinery,
): Promise<Section> {
  const names = SERVERS.filter((name) => operation !== '__typename' || name !== 'raw')
  const contenders = await Promise.all(
    names.map((name) => startContender(name, operation, upstream)),
  )
  const results = await compare(contenders, generator, rounds)
  for (const { child } of contenders) child.kill()
  return {
    title: operation,
    text: `${text} ${CONNECTIONS} connections, upstream without delay.`,
    table: {
      head: ['server', 'requests/s', 'CPU µs/request', 'p50 ms', 'p99 ms', 'RSS MB', 'failures'],
      rows: results.map(row),
    },
    plots: [barPlot(operation, results)],
    goals: aims.flatMap((aim) => goalsOf(operation, aim, results)),
  }
}

async function startContender(
  name: ServerName,
  operation: Operation,
  upstream: Upstream,
): Promise<Contender> {
  const server = await startServer(name, upstream)
  const request = requestFor(operation, name, upstream)
  await checkAnswer(server, request)
  const load = { url: server.url, connections: CONNECTIONS, ...request }
  return { name, title: TITLES[name], child: server.child, load }
}

function row({ title, requestsPerSecond, cpuUs, p50, p99, rssMb, failures }: Result): string[] {
  const figures = [spreadText(requestsPerSecond), spreadText(cpuUs), spreadText(p50, 1)]
  return [title, ...figures, spreadText(p99, 1), spreadText(rssMb), String(failures)]
}

function goalsOf(operation: Operation, aim: Aim, results: readonly Result[]): Goal[] {
  const own = results.find(({ name }) => name === 'gateway')
  const other = results.find(({ name }) => name === aim.than)
  if (!own || !other) return []
  const rate = own.requestsPerSecond.median / other.requestsPerSecond.median
  const cpu = own.cpuUs.median / other.cpuUs.median
  const name = `${operation}, compared with ${TITLES[aim.than]}`
  const ofRate: Goal = {
    name: `${name}: requests/s`,
    goal: `≥ ${aim.rate} times`,
    measured: rate.toFixed(2),
    isMet: rate >= aim.rate,
  }
  if (aim.cpu === undefined) return [ofRate]
  const ofCpu: Goal = {
    name: `${name}: CPU for a request`,
    goal: `≤ 1/${Math.round(1 / aim.cpu)}`,
    measured: `1/${(1 / cpu).toFixed(1)}`,
    isMet: cpu <= aim.cpu,
  }
  return [ofRate, ofCpu]
}

function barPlot(operation: Operation, results: readonly Result[]) {
  const values = results.map(({ title, requestsPerSecond: { median, min, max } }) => ({
    server: title.replaceAll('`', ''),
    median,
    min,
    max,
  }))
  return {
    file: operation.replaceAll('_', ''),
    title: `Requests per second for ${operation}`,
    spec: {
      data: { values },
      width: 480,
      encoding: { y: { field: 'server', type: 'nominal', sort: null, title: null } },
      layer: [
        {
          mark: 'bar',
          encoding: { x: { field: 'median', type: 'quantitative', title: 'requests/s' } },
        },
        {
          mark: 'rule',
          encoding: { x: { field: 'min', type: 'quantitative' }, x2: { field: 'max' } },
        },
      ],
    } satisfies TopLevelSpec,
  }
}
