import type { Lane } from './lane.ts'

/** Somebody who waits for a lane. */
export interface Waiter {
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
export function createWaiter({ signal, resolve, reject, ...options }: WaiterOptions): Waiter {
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
