// Asks for one address again and again, in a process of its own and over a new connection each time, as a supervisor does.
import { get } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { quantileOf } from './statistics.ts'

export interface Probe {
  url: string
  ms: number
}

export interface ProbeResult {
  probes: number
  /** Responses without status 200, and requests without a response. */
  failures: number
  /** Latencies, in milliseconds. */
  p50: number
  p99: number
}

const PAUSE_MS = 50

process.on('message', (probe: Probe) => {
  void run(probe).then((result) => process.send?.(result))
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')

async function run({ url, ms }: Probe): Promise<ProbeResult> {
  const latencies: number[] = []
  let failures = 0
  const start = performance.now()
  while (performance.now() - start < ms) {
    const sent = performance.now()
    if ((await ask(url)) !== 200) failures += 1
    latencies.push(performance.now() - sent)
    await setTimeout(PAUSE_MS)
  }
  const [p50, p99] = [quantileOf(latencies, 0.5), quantileOf(latencies, 0.99)]
  return { probes: latencies.length, failures, p50, p99 }
}

/** Resolves with the status; 0 if the request failed. */
function ask(url: string): Promise<number> {
  return new Promise((resolve) => {
    get(url, { agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0))
    }).on('error', () => resolve(0))
  })
}
