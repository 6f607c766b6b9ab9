import type { Server } from 'node:http'
import { reportTo } from './report.js'

/** What a process tells its parent when it has bound its port. */
export interface Ready {
  url: string
  /** When the import of the program's first module started, in milliseconds since the epoch. */
  importedAt?: number
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

/** Listens on a free port, and answers the questions of the parent process. */
export function serve(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    reportTo({ url: `http://127.0.0.1:${port}` })
  })
}
