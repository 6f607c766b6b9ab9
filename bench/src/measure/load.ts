// The load generator, in a process of its own: sends operations over keep-alive connections, one at a time on each.
import { createHistogram } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { type Dispatcher, Pool } from 'undici'

/** What to send, and for how long. */
export interface Load {
  url: string
  headers: Record<string, string>
  /** Sent in turn, over all loads. */
  bodies: string[]
  connections: number
  ms: number
  /** The most requests that are sent in a second. Default: as many as are answered. */
  perSecond?: number
}

export interface LoadResult {
  requests: number
  /** Responses with status 200 within `ms`; later ones are of requests that were sent within it. */
  served: number
  /** Responses without status 200, and requests without a response. */
  failures: number
  /** The failures with status 429 or 503: the server says that it has too much to do. */
  refusals: number
  ms: number
  /** Latencies of the responses with status 200, in milliseconds. */
  p50: number
  p99: number
}

let sentBefore = 0

process.on('message', (load: Load) => {
  void run(load).then((result) => process.send?.(result))
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')

async function run({ url, headers, bodies, connections, ms, perSecond }: Load) {
  const { origin, pathname: path } = new URL(url)
  const pool = new Pool(origin, { connections, pipelining: 1 })
  const latencies = createHistogram({ figures: 3 })
  const pauseMs = perSecond === undefined ? 0 : (1000 * connections) / perSecond
  const start = performance.now()
  const statuses = new Map<number, number>()
  let requests = 0
  let served = 0
  const worker = async () => {
    while (performance.now() - start < ms) {
      const sent = performance.now()
      const body = bodies[(sentBefore + requests) % bodies.length] ?? ''
      requests += 1
      const status = await send(pool, { method: 'POST', path, headers, body })
      const took = performance.now() - sent
      if (status === 200) {
        latencies.record(Math.max(1, Math.round(took * 1000)))
        if (performance.now() - start < ms) served += 1
      }
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (took < pauseMs) await setTimeout(pauseMs - took)
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  const elapsed = performance.now() - start
  sentBefore += requests
  await pool.destroy()
  const [p50 = 0, p99 = 0] = [50, 99].map((percent) => latencies.percentile(percent) / 1000)
  const count = (status: number) => statuses.get(status) ?? 0
  const outcome = { failures: requests - count(200), refusals: count(429) + count(503) }
  return { requests, served, ...outcome, ms: elapsed, p50, p99 } satisfies LoadResult
}

/** Resolves with the status; 0 if the request failed. */
function send(pool: Pool, options: Dispatcher.DispatchOptions): Promise<number> {
  return new Promise((resolve) => {
    let status = 0
    pool.dispatch(options, {
      onRequestStart() {},
      onResponseStart(_controller, statusCode) {
        status = statusCode
      },
      onResponseData() {},
      onResponseEnd: () => resolve(status),
      onResponseError: () => resolve(0),
    })
  })
}
