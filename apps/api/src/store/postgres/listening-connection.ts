import { setTimeout } from 'node:timers/promises'
import type { NewsBus, UserNews } from '../engine.ts'
import type { PostgresClient } from './postgres-client.ts'

/** How long the replica's own notification may take to arrive. */
const CHECK_TIMEOUT_MS = 2000
/** How long a response to a statement may take. */
const RESPONSE_TIMEOUT_MS = 2000

export interface ListeningConnectionOptions {
  /** Opens the connection to listen on. */
  connect: () => Promise<PostgresClient>
  channel: string
  /** Identifies this replica, which publishes its own news at commit. */
  replicaId: string
  bus: Pick<NewsBus, 'publish'>
  /** Sends a notification over another connection, as other replicas do. */
  announce: (payload: string) => Promise<void>
}

/** The connection that receives notifications of other replicas. */
export interface ListeningConnection {
  readonly isOpen: boolean
  /** Called when the connection ends unexpectedly. */
  onEnd: () => void
  /** Rejects if the database is unreachable. */
  open(): Promise<void>
  /** Closes the connection if the database does not respond. */
  testResponse(): Promise<void>
  /** Whether a notification of this replica arrives; behind some poolers it does not. Rejects if none can be sent. */
  check(): Promise<boolean>
  /** Closes the connection cleanly, so that a pooler can reuse it. */
  leave(): Promise<void>
  /** Closes the connection permanently. */
  stop(): Promise<void>
}

/**
 * A notification's payload: the replica ID, a space and the user ID; only the replica ID if there is no user. “-” comes first
 * if the user's accounts are as they were.
 */
export function asPayload(
  replicaId: string,
  { externalUserId, changesAccounts }: UserNews,
): string {
  const from = changesAccounts ? replicaId : `-${replicaId}`
  return externalUserId === null ? from : `${from} ${externalUserId}`
}

export function createListeningConnection(
  { connect, channel, replicaId, bus, announce }: ListeningConnectionOptions,
  signal: AbortSignal,
): ListeningConnection {
  let client: PostgresClient | undefined
  let onOwnNotification: (() => void) | undefined

  // No replica ID starts with “?”, so other replicas ignore this payload.
  const ownCheck = `?${replicaId}`

  function passOn(payload: string): void {
    if (payload === ownCheck) onOwnNotification?.()
    if (payload.startsWith('?')) return
    const [, sign, from, externalUserId = null] = /^(-?)(\S*)(?: (.*))?$/s.exec(payload) ?? []
    if (from !== replicaId) bus.publish({ externalUserId, changesAccounts: sign === '' })
  }

  const connection: ListeningConnection = {
    get isOpen() {
      return client !== undefined
    },
    onEnd: () => {},
    async open() {
      const next = await connect()
      if (signal.aborted) return next.close()
      client = next
      next.on('notification', ({ payload = '' }) => passOn(payload))
      next.once('end', () => {
        if (client !== next) return
        client = undefined
        connection.onEnd()
      })
      // A pooler may reject the statement, which has the same effect as receiving nothing.
      await next.runWithin(RESPONSE_TIMEOUT_MS, `listen ${channel}`).catch(() => {})
    },
    async testResponse() {
      // Listening again changes nothing.
      await client?.runWithin(RESPONSE_TIMEOUT_MS, `listen ${channel}`).catch(() => {})
    },
    async check() {
      const received = new AbortController()
      onOwnNotification = () => received.abort()
      await announce(ownCheck)
      await wait(CHECK_TIMEOUT_MS, AbortSignal.any([received.signal, signal]))
      return received.signal.aborted
    },
    async leave() {
      const last = client
      client = undefined
      await last?.runWithin(RESPONSE_TIMEOUT_MS, `unlisten ${channel}`).catch(() => {})
      await last?.close().catch(() => {})
    },
    async stop() {
      const last = client
      client = undefined
      await last?.close()
    },
  }
  return connection
}

/** Waits for a time or until aborted. Does not keep the process alive. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal, ref: false }).catch(() => {})
}
