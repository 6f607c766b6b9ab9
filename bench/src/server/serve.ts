import type { Server } from 'node:http'

/** What a process has used since its start, and how much memory it holds. */
export interface Usage {
  cpuMs: number
  rssBytes: number
}

/** Listens on a free port, tells the parent process the URL, and from then on what this process uses. */
export function serve(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    reportTo(`http://127.0.0.1:${port}`)
  })
}

/** Tells the parent process a URL, and from then on what this process uses. */
export function reportTo(url: string): void {
  process.on('message', (message) => {
    if (message === 'usage') process.send?.(readUsage())
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.(url)
}

function readUsage(): Usage {
  const { user, system } = process.cpuUsage()
  return { cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss() }
}
