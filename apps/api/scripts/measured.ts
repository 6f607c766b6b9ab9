import { setTimeout } from 'node:timers/promises'
import type { Events } from '../src/store/events.ts'

/** Lets `measure-subscribers.ts` read this process's memory and CPU time, and record events in it. */
export function serveMeasurements(
  events: Events,
  ready: { port: number; oneToken: string; tokens: string[] },
): void {
  process.on('message', (question) => void respond(question, events))
  process.send?.(ready)
}

async function respond(question: unknown, events: Events): Promise<void> {
  if (question === 'memory') return void process.send?.(await readMemory())
  if (question === 'cpu') return void process.send?.(process.cpuUsage())
  process.send?.({ at: performance.timeOrigin + performance.now() })
  await events.record({ type: 'account_health_changed', externalUserId: 'one', accountId: 'apn_1' })
}

async function readMemory(): Promise<{ rss: number; heap: number }> {
  // V8 gives memory back bit by bit.
  for (let round = 0; round < 5; round += 1) {
    globalThis.gc?.()
    await setTimeout(200)
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  return { rss, heap: heapUsed + external }
}
