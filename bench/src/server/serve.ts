import type { Server } from 'node:http'
import { setTimeout } from 'node:timers/promises'

/** What a process tells its parent when it listens. */
export interface Ready {
  url: string
  /** From the import of the server's first module until it listens, in milliseconds. */
  importMs?: number
}

/** What a process has used. */
export interface Usage {
  /** CPU time since its start, user and system. */
  cpuMs: number
  rssBytes: number
  /** The highest since the last question. */
  peakRssBytes: number
  /** The heap in use, and the memory of buffers. */
  heapBytes: number
}

const SAMPLE_MS = 250

/** Listens on a free port, and answers the questions of the parent process. */
export function serve(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    reportTo({ url: `http://127.0.0.1:${port}` })
  })
}

/**
 * Answers the parent process: `usage` with what this process uses, and `settled usage` with the same after garbage collection,
 * which needs `--expose-gc`.
 */
export function reportTo(ready: Ready): void {
  let peak = 0
  const sample = () => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }
  setInterval(sample, SAMPLE_MS).unref()
  const readUsage = (): Usage => {
    sample()
    const { user, system } = process.cpuUsage()
    const { rss, heapUsed, external } = process.memoryUsage()
    const usage = {
      cpuMs: (user + system) / 1000,
      rssBytes: rss,
      peakRssBytes: peak,
      heapBytes: heapUsed + external,
    }
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

async function settle(): Promise<void> {
  // V8 gives memory back bit by bit.
  for (let round = 0; round < 5; round += 1) {
    globalThis.gc?.()
    await setTimeout(200)
  }
}
