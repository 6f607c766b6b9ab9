import { Agent, type ClientRequest } from 'node:http'
import type { Socket } from 'node:net'

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
export function createLane(socket: Socket, keepAliveMs: number, events: LaneEvents): Lane {
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
