import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { type Contender, type Rounds, usageOf } from '../measure/compare.ts'
import type { LoadResult } from '../measure/load.ts'
import type { ProbeResult } from '../measure/probe.ts'
import { ask, start, stop } from '../measure/processes.ts'
import { spreadOf } from '../measure/statistics.ts'
import { atLeast, atMost, type Goal, type Section, spreadText } from '../report.ts'
import type { Machinery } from './machinery.ts'
import { CONNECTIONS, startContender } from './servers.ts'

const OVERLOAD_CONNECTIONS = 2000
const OFFERED_TIMES = 10
/** How much longer than a round the overload lasts, because 2,000 connections have to be accepted first. */
const LONGER = 2.5
const RECOVERY_MS = 30_000
const KEPT_PERCENT = 90
const HEALTH_MS = 100
const PEAK_MB = 250

interface Round {
  capacity: number
  served: number
  offered: number
  p99: number
  refusedPercent: number
  failedPercent: number
  peakMb: number
  /** Undefined for the peers, which have no health check. */
  health: ProbeResult | undefined
}

interface Measured extends Contender {
  rounds: Round[]
  /** Resident memory half a minute later. */
  restMb: number
}

/** Measures what remains of the service when far more is asked than it can serve. */
export async function measureOverload({
  upstream,
  generator,
  rounds,
}: Machinery): Promise<Section[]> {
  const operation = 'createConnectToken'
  // As in production, and not on any free port: then several listeners share it.
  const options = { settings: { PORT: String(await sparePort()) } }
  const contenders = await Promise.all(
    (['gateway', 'raw'] as const).map((name) =>
      startContender({ name, operation, upstream, options }),
    ),
  )
  const { child: probe } = await start('measure/probe.ts')
  const all = contenders.map((contender): Measured => ({ ...contender, rounds: [], restMb: 0 }))
  for (const { load } of contenders) await ask(generator, { ...load, ms: rounds.warmUpMs })
  for (let round = 0; round < rounds.rounds; round += 1) {
    for (const one of all) one.rounds.push(await measureRound(one, { generator, probe, rounds }))
    console.log(`  round ${round + 1} of ${rounds.rounds}`)
  }
  await setTimeout(RECOVERY_MS)
  for (const one of all) one.restMb = (await usageOf(one.child)).rssBytes / 1e6
  await Promise.all([...contenders.map(({ child }) => child), probe].map(stop))
  return [toSection(all, rounds)]
}

async function sparePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('No port is free.')
  return address.port
}

interface Tools {
  generator: ChildProcess
  probe: ChildProcess
  rounds: Rounds
}

async function measureRound(
  { name, child, load }: Contender,
  { generator, probe, rounds: { ms } }: Tools,
): Promise<Round> {
  const calm = (await ask(generator, { ...load, ms })) as LoadResult
  const capacity = (calm.served / ms) * 1000
  const much = { connections: OVERLOAD_CONNECTIONS, perSecond: OFFERED_TIMES * capacity }
  const overMs = LONGER * ms
  const health = new URL('/health/live', load.url).href
  await usageOf(child)
  const [result, probed] = await Promise.all([
    ask(generator, { ...load, ...much, ms: overMs }) as Promise<LoadResult>,
    name === 'gateway'
      ? (ask(probe, { url: health, ms: overMs }) as Promise<ProbeResult>)
      : undefined,
  ])
  const { requests, failures, refusals, p99 } = result
  return {
    capacity,
    served: (result.served / overMs) * 1000,
    offered: (requests / overMs) * 1000,
    p99,
    refusedPercent: (100 * refusals) / requests,
    failedPercent: (100 * (failures - refusals)) / requests,
    peakMb: (await usageOf(child)).peakRssBytes / 1e6,
    health: probed,
  }
}

function toSection(all: readonly Measured[], { rounds, ms }: Rounds): Section {
  const spread = ({ rounds: measured }: Measured, read: (round: Round) => number, digits = 0) =>
    spreadText(spreadOf(measured.map(read)), digits)
  return {
    title: 'Ten times the capacity, on 2,000 connections',
    text: `\`createConnectToken\`. The capacity is what ${CONNECTIONS} connections get. Then, for ${(LONGER * ms) / 1000} s, each of 2,000 connections sends its next request when the last one is answered, up to ${OFFERED_TIMES} times the capacity together; meanwhile \`/health/live\` is asked over new connections. Refused: 429 or 503. Medians of ${rounds} rounds of ${ms / 1000} s, with the least and the greatest in brackets; memory at rest is read ${RECOVERY_MS / 1000} s after the last one.`,
    table: {
      head: [
        'server',
        'capacity/s',
        'served/s',
        'sent/s',
        'p99 ms',
        'refused %',
        'failed %',
        'health p50 ms',
        'health p99 ms',
        'peak RSS MB',
        'RSS at rest MB',
      ],
      rows: all.map((one) => [
        one.title,
        spread(one, ({ capacity }) => capacity),
        spread(one, ({ served }) => served),
        spread(one, ({ offered }) => offered),
        spread(one, ({ p99 }) => p99),
        spread(one, ({ refusedPercent }) => refusedPercent, 1),
        spread(one, ({ failedPercent }) => failedPercent, 1),
        one.name === 'gateway' ? spread(one, ({ health }) => health?.p50 ?? Number.NaN, 1) : '',
        one.name === 'gateway' ? spread(one, ({ health }) => health?.p99 ?? Number.NaN, 1) : '',
        spread(one, ({ peakMb }) => peakMb),
        one.restMb.toFixed(0),
      ]),
    },
    plots: [],
    goals: all.flatMap((one) => (one.name === 'gateway' ? goalsOf(one) : [])),
  }
}

function goalsOf({ rounds }: Measured): Goal[] {
  const median = (read: (round: Round) => number) => spreadOf(rounds.map(read)).median
  const kept = median(({ served, capacity }) => (100 * served) / capacity)
  const health = median(({ health: probed }) => probed?.p99 ?? Number.NaN)
  const peak = Math.max(...rounds.map(({ peakMb }) => peakMb))
  return [
    atLeast({ name: 'overload: share of the capacity', limit: KEPT_PERCENT, measured: kept }, '%'),
    atMost({ name: 'overload: p99 of /health/live', limit: HEALTH_MS, measured: health }, 'ms'),
    atMost({ name: 'overload: most memory (RSS)', limit: PEAK_MB, measured: peak }, 'MB'),
  ]
}
