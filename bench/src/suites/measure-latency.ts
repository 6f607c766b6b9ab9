import { compare, type Contender, describeRounds, type Result } from '../measure/compare.ts'
import { stop } from '../measure/processes.ts'
import { PROJECT } from '../server/project.ts'
import { atMost, type Section, spreadText } from '../report.ts'
import type { Machinery } from './machinery.ts'
import { CONNECTIONS, delayUpstream, startContender, type Upstream } from './servers.ts'

const DELAY_MS = 50
const ADDED_MS = 3

/** Measures what a server adds to the latency of Pipedream. */
export async function measureLatency({
  upstream,
  generator,
  rounds,
}: Machinery): Promise<Section[]> {
  const operation = 'createConnectToken'
  const servers = await Promise.all(
    (['gateway', 'apollo', 'raw'] as const).map((name) =>
      startContender({ name, operation, upstream }),
    ),
  )
  await delayUpstream(upstream, DELAY_MS)
  const results = await compare([callDirectly(upstream), ...servers], generator, rounds)
  await delayUpstream(upstream, 0)
  await Promise.all(servers.map(({ child }) => stop(child)))
  return [toSection(results, describeRounds(rounds))]
}

/** The same call to Pipedream, without a server in between. */
function callDirectly({ child, url }: Upstream): Contender {
  const headers = { authorization: 'Bearer bench', 'content-type': 'application/json' }
  const body = JSON.stringify({ external_user_id: 'ada', expires_in: 900 })
  return {
    name: 'direct',
    title: 'no server in between',
    child,
    load: {
      url: `${url}/v1/connect/${PROJECT.projectId}/tokens`,
      headers,
      bodies: [body],
      connections: CONNECTIONS,
    },
  }
}

function toSection(results: readonly Result[], roundsText: string): Section {
  const added = ({ p50 }: Result) => p50.median - (results[0]?.p50.median ?? Number.NaN)
  const gateway = results.find(({ name }) => name === 'gateway')
  const name = 'createConnectToken: added to the median latency'
  return {
    title: 'createConnectToken, with a Pipedream that takes 50 ms',
    text: `${CONNECTIONS} connections. Added: the median latency less that of the same call to Pipedream without a server in between. With 64 connections and 50 ms, a server that adds little serves 1,280 requests/s; one that cannot serve that many adds the time in its queue. ${roundsText}`,
    table: {
      head: ['server', 'p50 ms', 'added ms', 'p99 ms', 'requests/s', 'failures'],
      rows: results.map((result) => [
        result.title,
        spreadText(result.p50, 1),
        added(result).toFixed(1),
        spreadText(result.p99, 1),
        spreadText(result.requestsPerSecond),
        String(result.failures),
      ]),
    },
    plots: [],
    goals: gateway ? [atMost({ name, limit: ADDED_MS, measured: added(gateway) }, 'ms')] : [],
  }
}
