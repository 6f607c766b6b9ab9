import { Agent, type ClientRequest } from 'node:http'
import type { Socket } from 'node:net'

/** The sockets to one other end. */
export interface SocketPool {
  /**
   * A lane for one request: one that is free, the latest used first; else a new one; else, when there are as many as may be,
   * the next that becomes free. `isFresh`: a new one, whatever is free. Rejects with the signal's reason once it is aborted.
   */
  take(signal: AbortSignal, isFresh: boolean): Connection | Promise<Connection>
  /** Closes what is free, and what is in use as soon as it is free. */
  close(): void
}

interface PoolOptions {
  open: () => Promise<Socket>
  maxSockets: number
  keepAliveMs: number
  /** Called when the last socket is gone and nobody waits. */
  onEmpty: () => void
}

export function createSocketPool({ open, ...options }: PoolOptions): SocketPool {
  const free: Connection[] = []
  const waiters = new Set<Waiter>()
  let count = 0
  let isClosed = false

  function onIdle(connection: Connection): void {
    const [next] = waiters
    const isUnwanted = isClosed || !connection.isUsable() || next?.isFresh === true
    if (isUnwanted) connection.socket.destroy()
    else if (next === undefined) free.push(connection)
    else takeFirst(waiters)?.give(connection.acquire())
  }

  function onClose(connection: Connection): void {
    const at = free.indexOf(connection)
    if (at !== -1) free.splice(at, 1)
    shrink()
  }

  // A socket less: there is room for somebody who waits.
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
        if (isFresh) free.shift()?.socket.destroy()
      }
    })
  }

  return {
    take: (signal, isFresh) =>
      (isFresh ? undefined : takeUsable(free))?.acquire() ?? wait(signal, isFresh),
    close() {
      isClosed = true
      for (const connection of free.splice(0)) connection.socket.destroy()
    },
  }
}

function takeFirst<T>(entries: Set<T>): T | undefined {
  const [first] = entries
  if (first !== undefined) entries.delete(first)
  return first
}

// Timers may be late: what has been free for too long is not used although it is still open.
function takeUsable(free: Connection[]): Connection | undefined {
  for (let connection = free.pop(); connection !== undefined; connection = free.pop()) {
    if (connection.isUsable()) return connection
    connection.socket.destroy()
  }
  return undefined
}

/** A socket that carries one request after the other. */
export interface Connection {
  readonly socket: Socket
  /** What makes `http.request` use this socket. */
  readonly agent: Agent
  /** How long it may stay open unused, in milliseconds. */
  readonly keepAliveMs: number
  /** How many requests it was lent to. */
  readonly uses: number
  /** Whether anything came back since it was lent. */
  readonly hasReceived: boolean
  /** Whether it is open and has not been free for too long. */
  isUsable(): boolean
  /** Lends it to a request. It comes back by itself when the request is done. */
  acquire(): this
  /** Gives it back although no request was sent. */
  release(): void
  /** Sets how long it may stay open unused. */
  keepAlive(ms: number): void
}

/** What becomes of a lane. */
interface ConnectionEvents {
  /** The request is done, and the socket can carry another. */
  onIdle: (connection: Connection) => void
  /** The socket is gone. */
  onClose: (connection: Connection) => void
}

/** Makes a lane of a socket that is connected. */
function createConnection(
  socket: Socket,
  keepAliveMs: number,
  events: ConnectionEvents,
): Connection {
  let isInUse = false
  let freeSince = performance.now()
  const connection = {
    socket,
    agent: agentOf(socket),
    keepAliveMs,
    uses: 0,
    hasReceived: false,
    isUsable: () => !socket.destroyed && performance.now() - freeSince < connection.keepAliveMs,
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
      freeSince = performance.now()
      // What is merely open must not keep a process alive.
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
    // A response that nobody asked for must not become the response to the next request.
    if (!isInUse) socket.destroy()
  })
  socket.on('end', () => {
    if (!isInUse) socket.destroy()
  })
  // Counted from the last byte in either direction.
  socket.setTimeout(keepAliveMs)
  socket.on('timeout', () => {
    if (!isInUse) socket.destroy()
  })
  socket.on('free', () => connection.release())
  socket.on('close', () => events.onClose(connection))
  // Whoever has a request on it hears of the error through the request.
  socket.on('error', () => {})
  return connection
}

/**
 * Node takes "agent-like objects": it calls `addRequest` and leaves the socket to them; the socket says `free` when it is done.
 * Its own agent keeps books that cost more than the request itself.
 */
function agentOf(socket: Socket): Agent {
  const addRequest = (request: ClientRequest) => request.onSocket(socket)
  return Object.assign(new Agent({ keepAlive: true }), { addRequest })
}

/** Somebody who waits for a lane. */
interface Waiter {
  /** Wants a new socket. */
  readonly isFresh: boolean
  /** Hands over a lane; it goes back at once when nobody wants it any more. */
  give(connection: Connection): void
  fail(error: unknown): void
}

interface WaiterOptions {
  signal: AbortSignal
  isFresh: boolean
  resolve: (connection: Connection) => void
  reject: (error: unknown) => void
  /** Called when the signal is aborted before there was a lane. */
  onAbort: (waiter: Waiter) => void
}

/** A waiter that is told of one lane or one error; of the signal's reason as soon as the signal is aborted. */
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
