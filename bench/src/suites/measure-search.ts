import { compare, type Contender, describeRounds, type Result } from '../measure/compare.ts'
import { stop } from '../measure/processes.ts'
import { atLeast, type Section, spreadText } from '../report.ts'
import type { Machinery } from './machinery.ts'
import {
  checkAnswer,
  CONNECTIONS,
  delayUpstream,
  type RunningServer,
  startServer,
  type Upstream,
} from './servers.ts'

const DELAY_MS = 50
const TIMES = 20
/** More than the cache of the catalogue keeps, so that each search is new. */
const NEW_SEARCHES = 5000
const QUERY =
  'query ($search: String) { apps(search: $search) { ... on AppConnection { nodes { slug name description imgSrc authType } totalCount pageInfo { hasNextPage endCursor } } ... on Error { problem: message } } }'

/** Measures a search of the catalogue from the gateway's cache, and one that asks Pipedream. */
export async function measureSearch({
  upstream,
  generator,
  rounds,
}: Machinery): Promise<Section[]> {
  const server = await startServer('gateway', upstream)
  const searches = toContenders(server, upstream)
  await checkAnswer(server, searches[0].load)
  console.log(' one connection')
  await delayUpstream(upstream, DELAY_MS)
  const one = await compare(withConnections(searches, 1), generator, rounds)
  await delayUpstream(upstream, 0)
  console.log(` ${CONNECTIONS} connections`)
  const many = await compare(withConnections(searches, CONNECTIONS), generator, rounds)
  await stop(server.child)
  return [toSection({ one, many, roundsText: describeRounds(rounds) })]
}

function toContenders({ child, url }: RunningServer, { jwt }: Upstream): [Contender, Contender] {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${jwt}` }
  const load = { url, headers, connections: 1 }
  return [
    {
      name: 'cached',
      title: 'from the cache',
      child,
      load: { ...load, bodies: [bodyFor('sheets')] },
    },
    {
      name: 'new',
      title: 'asks Pipedream',
      child,
      load: {
        ...load,
        bodies: Array.from({ length: NEW_SEARCHES }, (_, i) => bodyFor(`app ${i}`)),
      },
    },
  ]
}

function bodyFor(search: string): string {
  return JSON.stringify({ query: QUERY, variables: { search } })
}

function withConnections(contenders: readonly Contender[], connections: number): Contender[] {
  return contenders.map((contender) => ({
    ...contender,
    load: { ...contender.load, connections },
  }))
}

interface Measured {
  /** With one connection, and a Pipedream that takes 50 ms. */
  one: Result[]
  /** With many connections, and a Pipedream without delay. */
  many: Result[]
  roundsText: string
}

function toSection({ one, many, roundsText }: Measured): Section {
  const [cached, asked] = one
  const times = (asked?.p50.median ?? Number.NaN) / (cached?.p50.median ?? Number.NaN)
  return {
    title: 'Searching the catalogue',
    text: `\`apps(search: …)\` with 24 apps on the page, for a user with a JWT. The goal compares median latencies with one connection and a Pipedream that takes ${DELAY_MS} ms. ${roundsText}`,
    table: {
      head: ['search', 'p50 ms', 'p99 ms', 'requests/s', 'CPU µs/request', 'failures'],
      rows: [
        ...one.map((result) => row(result, `one connection, ${DELAY_MS} ms`)),
        ...many.map((result) => row(result, `${CONNECTIONS} connections, 0 ms`)),
      ],
    },
    plots: [],
    goals: [
      atLeast(
        { name: 'a search from the cache is faster', limit: TIMES, measured: times },
        'times',
      ),
    ],
  }
}

function row({ title, p50, p99, requestsPerSecond, cpuUs, failures }: Result, setting: string) {
  const latencies = [spreadText(p50, 1), spreadText(p99, 1)]
  const figures = [spreadText(requestsPerSecond), spreadText(cpuUs), String(failures)]
  return [`${title}, ${setting}`, ...latencies, ...figures]
}
