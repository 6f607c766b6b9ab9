import { Socket } from 'node:net'
import { Client, type ClientConfig } from 'pg'

// After this and ten unanswered probes, a second apart, the system closes an idle connection.
const KEEP_ALIVE_AFTER_MS = 5000

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
}
