import type { ChildProcess } from 'node:child_process'
import { ask, start, stop } from '../measure/processes.ts'
import { quantileOf } from '../measure/statistics.ts'
import type { Usage } from '../server/serve.ts'
import { requestFor, type RunningServer, startServer, type Upstream } from './servers.ts'

/** A gateway, and a process that holds event streams of it. */
export interface Live {
  server: RunningServer
  upstream: Upstream
  subscribers: ChildProcess
}

export async function startLive(upstream: Upstream): Promise<Live> {
  const server = await startServer('gateway', upstream, {
    fromSources: true,
    execArgv: ['--expose-gc'],
  })
  const { child: subscribers } = await start('measure/subscribers.ts')
  return { server, upstream, subscribers }
}

export async function stopLive({ server, subscribers }: Live): Promise<void> {
  await Promise.all([stop(subscribers), stop(server.child)])
}

/** Opens streams, each of another user. */
export async function openIdle(
  { server, upstream, subscribers }: Live,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const users = Array.from({ length: to - from }, (_, i) => `idle-${from + i}`)
  const tokens = await Promise.all(users.map((sub) => upstream.sign({ sub })))
  await ask(subscribers, { url: server.url, tokens })
}

/** The user whose events are measured: the first that `requestFor` names. */
const WATCHED = 'user-0'

/** Opens streams of one user. */
export async function openWatched(
  { server, upstream, subscribers }: Live,
  count: number,
): Promise<void> {
  const token = await upstream.sign({ sub: WATCHED })
  await ask(subscribers, { url: server.url, tokens: Array.from({ length: count }, () => token) })
}

export interface Delivery {
  /** From the time of an event in the log, which is before its commit, to a subscriber, in milliseconds. */
  p50: number
  p99: number
  /** Until the last subscriber has it, as the median of all events. */
  last: number
}

/** Causes events of the watched user, one after the other, and measures how fast their subscribers receive them. */
export async function measureDelivery(
  { server, upstream, subscribers }: Live,
  { events, streams }: { events: number; streams: number },
): Promise<Delivery> {
  const { headers, bodies } = requestFor('createConnectToken', 'gateway', upstream)
  const all: number[] = []
  const lasts: number[] = []
  for (let count = 0; count < events; count += 1) {
    const arrived = ask(subscribers, { arrivals: streams })
    const response = await fetch(server.url, { method: 'POST', headers, body: bodies[0] ?? '' })
    await response.text()
    const delays = (await arrived) as number[]
    lasts.push(Math.max(...delays))
    all.push(...delays)
  }
  return { p50: quantileOf(all, 0.5), p99: quantileOf(all, 0.99), last: quantileOf(lasts, 0.5) }
}

/** What the gateway's process uses, after garbage collection. */
export async function readSettled({ server }: Live): Promise<Usage> {
  return (await ask(server.child, 'settled usage')) as Usage
}
