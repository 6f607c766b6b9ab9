// The load generator, in a process of its own: sends operations over keep-alive connections, one at a time on each.
import { createHistogram } from 'node:perf_hooks'
import { type Dispatcher, Pool } from 'undici'

/** What to send, and for how long. */
export interface Load {
  url: string
  headers: Record<string, string>
  /** Sent in turn. */
  bodies: string[]
  connections: number
  ms: number
}

export interface LoadResult {
  requests: number
  /** Responses without status 200. */
  failures: number
  ms: number
  /** Latencies, in milliseconds. */
  p50: number
  p99: number
}

const pools = new Map<string, Pool>()

process.on('message', (load: Load) => {
  void run(load).then((result) => process.send?.(result))
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')

async function run({ url, headers, bodies, connections, ms }: Load): Promise<LoadResult> {
  const { origin, pathname: path } = new URL(url)
  const key = `${origin} ${connections}`
  const pool = pools.get(key) ?? new Pool(origin, { connections, pipelining: 1 })
  pools.set(key, pool)
  const latencies = createHistogram({ figures: 3 })
  const start = performance.now()
  let requests = 0
  let failures = 0
  const worker = async () => {
    while (performance.now() - start < ms) {
      const sent = performance.now()
      const body = bodies[requests % bodies.length] ?? ''
      requests += 1
      const status = await send(pool, { method: 'POST', path, headers, body })
      latencies.record(Math.max(1, Math.round((performance.now() - sent) * 1000)))
      if (status !== 200) failures += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  const elapsed = performance.now() - start
  const [p50, p99] = [50, 99].map((percent) => latencies.percentile(percent) / 1000)
  return { requests, failures, ms: elapsed, p50: p50 ?? 0, p99: p99 ?? 0 }
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
