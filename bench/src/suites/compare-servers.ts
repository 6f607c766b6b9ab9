import { compare, describeRounds, type Result } from '../measure/compare.ts'
import { stop } from '../measure/processes.ts'
import { barPlot } from '../plots.ts'
import { atLeast, atMost, type Goal, type Section, spreadText } from '../report.ts'
import type { Machinery } from './machinery.ts'
import {
  CONNECTIONS,
  type Operation,
  type ServerName,
  SERVERS,
  startContender,
  TITLES,
} from './servers.ts'

/** The most memory of the gateway under load, in megabytes. */
const MEMORY_MB = 160

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
  console.log(` ${operation}`)
  const names = SERVERS.filter((name) => operation !== '__typename' || name !== 'raw')
  const contenders = await Promise.all(
    names.map((name) => startContender({ name, operation, upstream })),
  )
  const results = await compare(contenders, generator, rounds)
  await Promise.all(contenders.map(({ child }) => stop(child)))
  return {
    title: operation,
    text: `${text} ${CONNECTIONS} connections, upstream without delay. ${describeRounds(rounds)}`,
    table: {
      head: ['server', 'requests/s', 'CPU µs/request', 'p50 ms', 'p99 ms', 'RSS MB', 'failures'],
      rows: results.map(row),
    },
    plots: [
      barPlot({
        file: operation.replaceAll('_', ''),
        title: `Requests per second for ${operation}`,
        unit: 'requests/s',
        bars: results.map(({ title, requestsPerSecond }) => ({ title, spread: requestsPerSecond })),
      }),
    ],
    goals: [
      ...aims.flatMap((aim) => goalsOf(operation, aim, results)),
      ...(operation === 'createConnectToken' ? memoryGoal(results) : []),
    ],
  }
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
  const ofRate = atLeast({ name: `${name}: requests/s`, limit: aim.rate, measured: rate }, 'times')
  if (aim.cpu === undefined) return [ofRate]
  const ofCpu: Goal = {
    name: `${name}: CPU for a request`,
    goal: `≤ 1/${Math.round(1 / aim.cpu)}`,
    measured: `1/${(1 / cpu).toFixed(1)}`,
    isMet: cpu <= aim.cpu,
  }
  return [ofRate, ofCpu]
}

function memoryGoal(results: readonly Result[]): Goal[] {
  const own = results.find(({ name }) => name === 'gateway')
  const name = 'createConnectToken: most memory under load (RSS)'
  return own ? [atMost({ name, limit: MEMORY_MB, measured: own.rssMb.median }, 'MB')] : []
}
