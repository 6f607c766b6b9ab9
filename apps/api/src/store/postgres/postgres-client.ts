import { Socket } from 'node:net'
import { Client, type ClientConfig, type QueryResult } from 'pg'

// After this and ten unanswered probes, a second apart, the system closes an idle connection.
const KEEP_ALIVE_AFTER_MS = 5000
/** How long a server may take to close a connection. */
const CLOSE_TIMEOUT_MS = 1000

/** A connection whose end never ends the process, and that can be closed without the server's help. */
export class PostgresClient extends Client {
  readonly #socket: Socket

  constructor(config: ClientConfig = {}) {
    const socket = new Socket()
    super({
      ...config,
      // The pool makes it non-enumerable, so that it is not logged.
      password: config.password,
      stream: () => socket,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    })
    this.#socket = socket
    // The pool listens only while the connection is idle. Without a listener, an error would end the process. Queries under way,
    // and later ones, reject with it.
    this.on('error', () => {})
  }

  /** Closes the connection immediately. Queries under way reject with the reason. */
  destroy(reason: Error): void {
    this.#socket.destroy(reason)
  }

  /** Runs a statement. If the server does not respond in time, closes the connection and rejects. */
  async runWithin(timeoutMs: number, statement: string): Promise<QueryResult> {
    const timer = setTimeout(() => this.destroy(new SilentDatabase()), timeoutMs)
    return this.query(statement).finally(() => clearTimeout(timer))
  }

  /** Closes the connection, with the server's help if it responds. */
  async close(): Promise<void> {
    const timer = setTimeout(() => this.destroy(new SilentDatabase()), CLOSE_TIMEOUT_MS)
    await this.end().finally(() => clearTimeout(timer))
  }
}

/** The database did not respond in time, so the connection was closed. */
export class SilentDatabase extends Error {
  constructor() {
    super('Timeout: the database does not respond.')
  }
}
