import { Agent, type ClientRequest } from 'node:http'
import type { Socket } from 'node:net'

/** The sockets to one other end. */
export interface SocketPool {
  /**
   * A lane for one request: one that is free, the latest used first; else a new one; else, when there are as many as may be,
   * the next that becomes free. `isFresh`: a new one, whatever is free. Rejects with the signal's reason once it is aborted.
   */
  take(signal: AbortSignal, isFresh: boolean): Lane | Promise<Lane>
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
  const free: Lane[] = []
  const waiters = new Set<Waiter>()
  let count = 0
  let isClosed = false

  function onFree(lane: Lane): void {
    const [next] = waiters
    const isUnwanted = isClosed || !lane.isUsable() || next?.isFresh === true
    if (isUnwanted) lane.socket.destroy()
    else if (next === undefined) free.push(lane)
    else takeFirst(waiters)?.give(lane.lend())
  }

  function onClose(lane: Lane): void {
    const at = free.indexOf(lane)
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
      waiter.give(createLane(socket, options.keepAliveMs, { onFree, onClose }).lend())
    } catch (error) {
      waiter.fail(error)
      shrink()
    }
  }

  const onAbort = (waiter: Waiter) => waiters.delete(waiter)

  function wait(signal: AbortSignal, isFresh: boolean): Promise<Lane> {
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
      (isFresh ? undefined : takeUsable(free))?.lend() ?? wait(signal, isFresh),
    close() {
      isClosed = true
      for (const lane of free.splice(0)) lane.socket.destroy()
    },
  }
}

function takeFirst<T>(entries: Set<T>): T | undefined {
  const [first] = entries
  if (first !== undefined) entries.delete(first)
  return first
}

// Timers may be late: what has been free for too long is not used although it is still open.
function takeUsable(free: Lane[]): Lane | undefined {
  for (let lane = free.pop(); lane !== undefined; lane = free.pop()) {
    if (lane.isUsable()) return lane
    lane.socket.destroy()
  }
  return undefined
}

/** A socket that carries one request after the other. */
export interface Lane {
  readonly socket: Socket
  /** What makes `http.request` use this socket. */
  readonly agent: Agent
  /** How long it may stay open unused, in milliseconds. */
  readonly keepAliveMs: number
  /** How many requests it was lent to. */
  readonly uses: number
  /** Whether anything came back since it was lent. */
  readonly hasHeard: boolean
  /** Whether it is open and has not been free for too long. */
  isUsable(): boolean
  /** Lends it to a request. It comes back by itself when the request is done. */
  lend(): this
  /** Gives it back although no request was sent. */
  giveBack(): void
  /** Sets how long it may stay open unused. */
  keepAlive(ms: number): void
}

/** What becomes of a lane. */
interface LaneEvents {
  /** The request is done, and the socket can carry another. */
  onFree: (lane: Lane) => void
  /** The socket is gone. */
  onClose: (lane: Lane) => void
}

/** Makes a lane of a socket that is connected. */
function createLane(socket: Socket, keepAliveMs: number, events: LaneEvents): Lane {
  let isLent = false
  let freeSince = performance.now()
  const lane = {
    socket,
    agent: agentOf(socket),
    keepAliveMs,
    uses: 0,
    hasHeard: false,
    isUsable: () => !socket.destroyed && performance.now() - freeSince < lane.keepAliveMs,
    lend() {
      isLent = true
      lane.uses += 1
      lane.hasHeard = false
      socket.ref()
      return lane
    },
    giveBack() {
      if (!isLent) return
      isLent = false
      freeSince = performance.now()
      // What is merely open must not keep a process alive.
      socket.unref()
      events.onFree(lane)
    },
    keepAlive(ms: number) {
      lane.keepAliveMs = ms
      socket.setTimeout(ms)
    },
  }
  socket.on('data', () => {
    lane.hasHeard = true
    // An answer that nobody asked for must not become the answer to the next request.
    if (!isLent) socket.destroy()
  })
  socket.on('end', () => {
    if (!isLent) socket.destroy()
  })
  // Counted from the last byte in either direction.
  socket.setTimeout(keepAliveMs)
  socket.on('timeout', () => {
    if (!isLent) socket.destroy()
  })
  socket.on('free', () => lane.giveBack())
  socket.on('close', () => events.onClose(lane))
  // Whoever has a request on it hears of the error through the request.
  socket.on('error', () => {})
  return lane
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
  give(lane: Lane): void
  fail(error: unknown): void
}

interface WaiterOptions {
  signal: AbortSignal
  isFresh: boolean
  resolve: (lane: Lane) => void
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
    give(lane) {
      signal.removeEventListener('abort', stop)
      if (signal.aborted) lane.giveBack()
      else resolve(lane)
    },
    fail(error) {
      signal.removeEventListener('abort', stop)
      reject(error)
    },
  }
  signal.addEventListener('abort', stop, { once: true })
  return waiter
}
