import { setTimeout } from 'node:timers/promises'
import type { Client } from 'pg'
import type { NewsBus } from '../open-database.ts'

/** How long our own announcement may take to come back. */
const PATIENCE_MS = 2000

export interface ListeningConnectionOptions {
  /** Opens the connection that listens. */
  connect: () => Promise<Client>
  channel: string
  /** Ourselves: our own news were told when they were committed. */
  replicaId: string
  bus: Pick<NewsBus, 'tell'>
  /** Announces a payload over another connection, as other replicas do. */
  announce: (payload: string) => Promise<void>
}

/** The connection that hears what other replicas announce. */
export interface ListeningConnection {
  readonly isOpen: boolean
  /** Called when it ends by itself. */
  onEnd: () => void
  /** Rejects when the database cannot be reached. */
  open(): Promise<void>
  /** Whether an announcement of ours comes back to us; behind some poolers none does. Rejects when none can be made. */
  check(): Promise<boolean>
  /** Closes it so that a pooler may lend it to others. */
  leave(): Promise<void>
  /** Closes it for good. */
  stop(): Promise<void>
}

/** What one replica tells the others: itself, a blank, and whose news it is; itself alone when it is nobody's. */
export function asPayload(replicaId: string, externalUserId: string | null): string {
  return externalUserId === null ? replicaId : `${replicaId} ${externalUserId}`
}

export function createListeningConnection(
  { connect, channel, replicaId, bus, announce }: ListeningConnectionOptions,
  signal: AbortSignal,
): ListeningConnection {
  let client: Client | undefined
  let hearOwn: (() => void) | undefined

  // No replica id begins like that, so other replicas know that there is no news.
  const ownCheck = `?${replicaId}`

  function passOn(payload: string): void {
    if (payload === ownCheck) hearOwn?.()
    if (payload.startsWith('?')) return
    const [, from, externalUserId = null] = /^(\S*)(?: (.*))?$/s.exec(payload) ?? []
    if (from !== replicaId) bus.tell({ externalUserId })
  }

  const connection: ListeningConnection = {
    get isOpen() {
      return client !== undefined
    },
    onEnd: () => {},
    async open() {
      const next = await connect()
      if (signal.aborted) return next.end()
      client = next
      next.on('notification', ({ payload = '' }) => passOn(payload))
      next.once('end', () => {
        if (client !== next) return
        client = undefined
        connection.onEnd()
      })
      // A pooler may refuse it, which is as good as hearing nothing.
      await next.query(`listen ${channel}`).catch(() => {})
    },
    async check() {
      const heard = new AbortController()
      hearOwn = () => heard.abort()
      await announce(ownCheck)
      await wait(PATIENCE_MS, AbortSignal.any([heard.signal, signal]))
      return heard.signal.aborted
    },
    async leave() {
      const last = client
      client = undefined
      await last?.query(`unlisten ${channel}`).catch(() => {})
      await last?.end().catch(() => {})
    },
    async stop() {
      const last = client
      client = undefined
      await last?.end()
    },
  }
  return connection
}

/** Waits for so long, or until it is told not to; keeps no process alive. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal, ref: false }).catch(() => {})
}
