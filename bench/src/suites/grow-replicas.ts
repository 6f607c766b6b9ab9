import type { ChildProcess } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { openDatabase } from '../../../apps/api/src/store/open-database.ts'
import type { LoadResult } from '../measure/load.ts'
import { describeRounds } from '../measure/compare.ts'
import { ask, start, stop } from '../measure/processes.ts'
import { spreadOf } from '../measure/statistics.ts'
import { type Section, spreadText } from '../report.ts'
import { type Delivery, measureDelivery, openWatched } from './live.ts'
import type { Machinery } from './machinery.ts'
import { CONNECTIONS, requestFor, type RunningServer, startServer } from './servers.ts'

const REPLICAS = 3
const EVENTS = 200

/** Measures one to three gateways on PostgreSQL. Without a database, there is nothing to measure. */
export async function growReplicas(machinery: Machinery): Promise<Section[]> {
  const url = process.env['BENCH_DATABASE_URL']
  if (url === undefined) {
    console.log('  no replicas: BENCH_DATABASE_URL is not set')
    return []
  }
  const schema = `bench_${process.pid}`
  const settings = { DATABASE_URL: url, DATABASE_SCHEMA: schema }
  const servers: RunningServer[] = []
  try {
    for (let count = 0; count < REPLICAS; count += 1) {
      servers.push(await startServer('gateway', machinery.upstream, { settings }))
    }
    return [await measureReplicas(servers, machinery)]
  } finally {
    await Promise.all(servers.map(({ child }) => stop(child)))
    const database = await openDatabase(url, { schema })
    await database.tables.schema.dropSchema(schema).cascade().execute()
    await database.close()
  }
}

async function measureReplicas(
  servers: readonly RunningServer[],
  machinery: Machinery,
): Promise<Section> {
  const { rounds } = machinery
  const generators = await Promise.all(
    servers.map(async () => (await start('measure/load.ts')).child),
  )
  const rates = servers.map((): number[] => [])
  for (let round = -1; round < rounds.rounds; round += 1) {
    for (const [index, measured] of rates.entries()) {
      const rate = await loadTogether(servers.slice(0, index + 1), { generators, machinery })
      // The first round warms up.
      if (round >= 0) measured.push(rate)
    }
    console.log(`  ${round < 0 ? 'warm-up' : `round ${round + 1} of ${rounds.rounds}`}`)
  }
  await Promise.all(generators.map(stop))
  const near = await deliver({ from: servers[0], to: servers[0] }, machinery)
  const far = await deliver({ from: servers[0], to: servers.at(-1) }, machinery)
  return toSection({ rates, near, far }, describeRounds(rounds))
}

interface Loading {
  generators: readonly ChildProcess[]
  machinery: Machinery
}

/** Loads several replicas with 64 connections together; resolves with their requests per second together. */
async function loadTogether(
  servers: readonly RunningServer[],
  { generators, machinery: { upstream, rounds } }: Loading,
): Promise<number> {
  const connections = Math.floor(CONNECTIONS / servers.length)
  const request = requestFor('createConnectToken', 'gateway', upstream)
  const results = await Promise.all(
    servers.map(({ url }, index) => {
      const generator = generators[index]
      if (!generator) throw new Error('Each replica needs a load generator.')
      return ask(generator, { url, connections, ms: rounds.ms, ...request }) as Promise<LoadResult>
    }),
  )
  return results.reduce(
    (total, { requests, failures, ms }) => total + ((requests - failures) / ms) * 1000,
    0,
  )
}

interface Route {
  from: RunningServer | undefined
  to: RunningServer | undefined
}

/** Measures events that one replica records, and a page of another receives. */
async function deliver({ from, to }: Route, { upstream }: Machinery): Promise<Delivery> {
  if (!from || !to) throw new Error('There is no replica.')
  const { child: subscribers } = await start('measure/subscribers.ts')
  await openWatched({ server: to, upstream, subscribers }, 1)
  const delivery = await measureDelivery(
    { server: from, upstream, subscribers },
    { events: EVENTS, streams: 1 },
  )
  await stop(subscribers)
  return delivery
}

interface Measured {
  /** Requests per second of all replicas together, for one replica, two and three. */
  rates: number[][]
  /** Events of one replica to a page of itself, and of another. */
  near: Delivery
  far: Delivery
}

function toSection({ rates, near, far }: Measured, roundsText: string): Section {
  const spreads = rates.map(spreadOf)
  const single = spreads[0]?.median ?? Number.NaN
  return {
    title: 'Replicas on PostgreSQL',
    text: `\`createConnectToken\` with ${CONNECTIONS} connections together. PostgreSQL, the replicas, a load generator for each and the stub of Pipedream share ${availableParallelism()} cores: the figures show what replicas cost each other, not how far they scale. An event reaches a page of the replica that recorded it in ${timesText(near)}, and a page of another replica in ${timesText(far)}. ${roundsText}`,
    table: {
      head: ['replicas', 'requests/s together', 'compared with one'],
      rows: spreads.map((spread, index) => [
        String(index + 1),
        spreadText(spread),
        (spread.median / single).toFixed(2),
      ]),
    },
    plots: [],
    goals: [],
  }
}

function timesText({ p50, p99 }: Delivery): string {
  return `median ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`
}
