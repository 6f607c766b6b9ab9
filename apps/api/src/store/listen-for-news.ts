import { setTimeout } from 'node:timers/promises'
import { Client } from 'pg'
import type { NewsBus } from './news.ts'

export const NEWS_CHANNEL = 'gateway_news'

const LONGEST_PAUSE_MS = 5000

export interface ListenForNewsOptions {
  url: string
  /** Ourselves: our own news were told at once. */
  replicaId: string
  bus: NewsBus
}

/** What one replica tells the others: itself, a blank, and whose news it is; itself alone when it is nobody's. */
export function asPayload(replicaId: string, externalUserId: string | null): string {
  return externalUserId === null ? replicaId : `${replicaId} ${externalUserId}`
}

/** Passes on the news of other replicas, over a connection that is made anew whenever it breaks; the answer stops it. */
export async function listenForNews({
  url,
  replicaId,
  bus,
}: ListenForNewsOptions): Promise<() => Promise<void>> {
  const stop = new AbortController()
  let client: Client | undefined

  async function connect(): Promise<void> {
    const next = new Client({ connectionString: url, keepAlive: true })
    // The end that follows says all that there is to do.
    next.on('error', () => {})
    next.on('notification', ({ payload = '' }) => passOn(payload))
    try {
      await next.connect()
      await next.query(`listen ${NEWS_CHANNEL}`)
    } catch (error) {
      await next.end().catch(() => {})
      throw error
    }
    client = next
    next.once('end', () => void reconnect())
    if (stop.signal.aborted) await next.end()
  }

  function passOn(payload: string): void {
    const [, from, externalUserId = null] = /^(\S*)(?: (.*))?$/s.exec(payload) ?? []
    if (from !== replicaId) bus.tell({ externalUserId })
  }

  async function reconnect(): Promise<void> {
    let pauseMs = 100
    while (!stop.signal.aborted) {
      try {
        await connect()
        // Whatever was announced meanwhile is lost, so everybody looks for themselves.
        return bus.tell('everybody')
      } catch {
        await setTimeout(pauseMs, undefined, { signal: stop.signal }).catch(() => {})
        pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
      }
    }
  }

  await connect()
  return async () => {
    stop.abort()
    await client?.end()
  }
}
