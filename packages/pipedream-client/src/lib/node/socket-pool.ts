import type { Socket } from 'node:net'
import { createLane, type Lane } from './lane.ts'
import { createWaiter, type Waiter } from './waiter.ts'

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
