import { Agent, type ClientRequest } from 'node:http'
import type { Socket } from 'node:net'

/** The connections to one peer: an origin, or a proxy. */
export interface ConnectionPool {
  /**
   * Acquires a connection for one request: the most recently used idle one; else a new one; else, at the limit, the next one
   * that becomes idle. `isFresh` requires a new one. Rejects with the signal's reason when it is aborted.
   */
  acquire(signal: AbortSignal, isFresh: boolean): Connection | Promise<Connection>
  /** Closes idle connections now, and the others when they become idle. */
  close(): void
}

interface PoolOptions {
  open: () => Promise<Socket>
  maxSockets: number
  keepAliveMs: number
  /** Called when the last connection is closed and no request waits. */
  onEmpty: () => void
}

export function createConnectionPool({ open, ...options }: PoolOptions): ConnectionPool {
  const idle: Connection[] = []
  const waiters = new Set<Waiter>()
  let count = 0
  let isClosed = false

  function onIdle(connection: Connection): void {
    const [next] = waiters
    const isUnwanted = isClosed || !connection.isUsable() || next?.isFresh === true
    if (isUnwanted) connection.socket.destroy()
    else if (next === undefined) idle.push(connection)
    else takeFirst(waiters)?.give(connection.acquire())
  }

  function onClose(connection: Connection): void {
    const at = idle.indexOf(connection)
    if (at !== -1) idle.splice(at, 1)
    shrink()
  }

  // One connection is closed, so a waiting request may open another.
  function shrink(): void {
    count -= 1
    const waiter = takeFirst(waiters)
    if (waiter !== undefined) void openFor(waiter)
    else if (count === 0) options.onEmpty()
  }

  async function openFor(waiter: Waiter): Promise<void> {
    count += 1
    try {
      const socket = await open()
      waiter.give(createConnection(socket, options.keepAliveMs, { onIdle, onClose }).acquire())
    } catch (error) {
      waiter.fail(error)
      shrink()
    }
  }

  const onAbort = (waiter: Waiter) => waiters.delete(waiter)

  function wait(signal: AbortSignal, isFresh: boolean): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const waiter = createWaiter({ signal, isFresh, resolve, reject, onAbort })
      if (count < options.maxSockets) {
        void openFor(waiter)
      } else {
        waiters.add(waiter)
        if (isFresh) idle.shift()?.socket.destroy()
      }
    })
  }

  return {
    acquire: (signal, isFresh) =>
      (isFresh ? undefined : acquireUsable(idle))?.acquire() ?? wait(signal, isFresh),
    close() {
      isClosed = true
      for (const connection of idle.splice(0)) connection.socket.destroy()
    },
  }
}

function takeFirst<T>(entries: Set<T>): T | undefined {
  const [first] = entries
  if (first !== undefined) entries.delete(first)
  return first
}

// Timers may fire late, so an open connection may have been idle for too long.
function acquireUsable(idle: Connection[]): Connection | undefined {
  for (let connection = idle.pop(); connection !== undefined; connection = idle.pop()) {
    if (connection.isUsable()) return connection
    connection.socket.destroy()
  }
  return undefined
}

/** A kept-alive socket that carries one request after another. */
export interface Connection {
  readonly socket: Socket
  /** Makes `http.request` use this socket. */
  readonly agent: Agent
  /** How long it may stay idle, in milliseconds. */
  readonly keepAliveMs: number
  /** How many requests it has been acquired for. */
  readonly uses: number
  /** Whether data has arrived since it was acquired. */
  readonly hasReceived: boolean
  /** Whether it is open and has not been idle for too long. */
  isUsable(): boolean
  /** Acquires it for a request. It is released automatically when the request is complete. */
  acquire(): this
  /** Releases it although no request was sent. */
  release(): void
  /** Sets how long it may stay idle. */
  keepAlive(ms: number): void
}

/** Events of a connection. */
interface ConnectionEvents {
  /** The request is complete, and the socket can carry another. */
  onIdle: (connection: Connection) => void
  /** The socket is closed. */
  onClose: (connection: Connection) => void
}

/** Wraps a connected socket. */
function createConnection(
  socket: Socket,
  keepAliveMs: number,
  events: ConnectionEvents,
): Connection {
  let isInUse = false
  let idleSince = performance.now()
  const connection = {
    socket,
    agent: agentOf(socket),
    keepAliveMs,
    uses: 0,
    hasReceived: false,
    isUsable: () => !socket.destroyed && performance.now() - idleSince < connection.keepAliveMs,
    acquire() {
      isInUse = true
      connection.uses += 1
      connection.hasReceived = false
      socket.ref()
      return connection
    },
    release() {
      if (!isInUse) return
      isInUse = false
      idleSince = performance.now()
      // An idle connection must not keep the process alive.
      socket.unref()
      events.onIdle(connection)
    },
    keepAlive(ms: number) {
      connection.keepAliveMs = ms
      socket.setTimeout(ms)
    },
  }
  socket.on('data', () => {
    connection.hasReceived = true
    // An unsolicited response must not become the response to the next request.
    if (!isInUse) socket.destroy()
  })
  socket.on('end', () => {
    if (!isInUse) socket.destroy()
  })
  // Measured from the last byte in either direction.
  socket.setTimeout(keepAliveMs)
  socket.on('timeout', () => {
    if (!isInUse) socket.destroy()
  })
  socket.on('free', () => connection.release())
  socket.on('close', () => events.onClose(connection))
  // A request on this socket receives the error itself.
  socket.on('error', () => {})
  return connection
}

/**
 * Node accepts any object with `addRequest`, and leaves the socket to it; the socket emits `free` when the request is complete.
 * The bookkeeping of Node's own agent costs more than the request itself.
 */
function agentOf(socket: Socket): Agent {
  const addRequest = (request: ClientRequest) => request.onSocket(socket)
  return Object.assign(new Agent({ keepAlive: true }), { addRequest })
}

/** A request that waits for a connection. */
interface Waiter {
  /** Whether it needs a new connection. */
  readonly isFresh: boolean
  /** Passes a connection to the request, or releases it if the request was aborted. */
  give(connection: Connection): void
  /** Rejects the request. */
  fail(error: unknown): void
}

interface WaiterOptions {
  signal: AbortSignal
  isFresh: boolean
  resolve: (connection: Connection) => void
  reject: (error: unknown) => void
  /** Called when the signal is aborted while the request waits. */
  onAbort: (waiter: Waiter) => void
}

/** Creates a waiter that settles once: with a connection, an error, or the reason of the aborted signal. */
function createWaiter({ signal, resolve, reject, ...options }: WaiterOptions): Waiter {
  const stop = () => {
    options.onAbort(waiter)
    reject(signal.reason)
  }
  const waiter: Waiter = {
    isFresh: options.isFresh,
    give(connection) {
      signal.removeEventListener('abort', stop)
      if (signal.aborted) connection.release()
      else resolve(connection)
    },
    fail(error) {
      signal.removeEventListener('abort', stop)
      reject(error)
    },
  }
  signal.addEventListener('abort', stop, { once: true })
  return waiter
}
