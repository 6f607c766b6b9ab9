// JavaScript, because it also runs in the production build of the gateway, into which Node need not load its TypeScript support.
import { subscribe } from 'node:diagnostics_channel'
import { Server } from 'node:http'
import { setTimeout } from 'node:timers/promises'

/** @import { Ready, Usage } from './serve.ts' */

const SAMPLE_MS = 250

/**
 * Answers the parent process: `usage` with what this process uses, and `settled usage` with the same after garbage collection,
 * which needs `--expose-gc`.
 * @param {Ready} ready
 */
export function reportTo(ready) {
  let peak = 0
  const sample = () => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }
  setInterval(sample, SAMPLE_MS).unref()
  /** @returns {Usage} */
  const readUsage = () => {
    sample()
    const { user, system } = process.cpuUsage()
    const { rss, heapUsed, external } = process.memoryUsage()
    const cpuMs = (user + system) / 1000
    const usage = { cpuMs, rssBytes: rss, peakRssBytes: peak, heapBytes: heapUsed + external }
    peak = 0
    return usage
  }
  process.on('message', (message) => {
    if (message === 'usage') process.send?.(readUsage())
    if (message === 'settled usage') void settle().then(() => process.send?.(readUsage()))
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.(ready)
}

async function settle() {
  // V8 gives memory back bit by bit.
  for (let round = 0; round < 5; round += 1) {
    globalThis.gc?.()
    await setTimeout(200)
  }
}

/** Reports for a program that knows nothing of it, once it has bound its first port. For `--import`. */
export function reportWhenBound() {
  const importedAt = performance.timeOrigin + performance.now()
  let isBound = false
  subscribe('tracing:net.server.listen:asyncEnd', (message) => {
    const { server } = /** @type {{ server: import('node:net').Server }} */ (message)
    const address = server.address()
    if (isBound || !(server instanceof Server) || typeof address !== 'object' || address === null)
      return
    isBound = true
    reportTo({ url: `http://127.0.0.1:${address.port}`, importedAt })
  })
}
