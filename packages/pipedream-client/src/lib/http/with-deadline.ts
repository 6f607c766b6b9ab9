import type { CallOptions } from './call-options.ts'
import {
  PipedreamAbortError,
  type PipedreamError,
  PipedreamInputError,
  PipedreamTimeoutError,
  type RequestTarget,
} from './errors.ts'

/** The time that is left for a call. */
export interface Deadline {
  /** Aborted, with the error that the call rejects with, when the caller aborts or the time is up. */
  readonly signal: AbortSignal
  /** Milliseconds left. */
  remainingMs(): number
}

/**
 * Runs `work` within `timeoutMs` and until `signal` is aborted. Rejects in time even when `work` ignores its deadline,
 * and leaves neither a timer nor a listener behind.
 */
export function withDeadline<T>(
  { signal, timeoutMs }: CallOptions & { timeoutMs: number },
  target: RequestTarget,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  // One promise and no listener of its own: this runs with every call, and most of them simply succeed.
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) throw new PipedreamAbortError(signal.reason, target)
    const controller = new AbortController()
    // A monotonic clock: the wall clock may be set back while a call is under way.
    const endsAt = performance.now() + timeoutMs
    const clean = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abort)
    }
    const stop = (error: PipedreamError) => {
      clean()
      controller.abort(error)
      reject(error)
    }
    const abort = () => stop(new PipedreamAbortError(signal?.reason, target))
    const timer = setTimeout(() => stop(new PipedreamTimeoutError(timeoutMs, target)), timeoutMs)
    signal?.addEventListener('abort', abort, { once: true })
    const run = async () => {
      try {
        resolve(
          await work({ signal: controller.signal, remainingMs: () => endsAt - performance.now() }),
        )
      } catch (error) {
        reject(error)
      } finally {
        clean()
      }
    }
    void run()
  })
}

/** Waits, unless the signal is aborted: then it rejects with the signal's reason. */
export async function wait(delayMs: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  let timer: ReturnType<typeof setTimeout> | undefined
  const elapsed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, delayMs)
  })
  try {
    await Promise.race([elapsed, rejectOnAbort(signal)])
  } finally {
    clearTimeout(timer)
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

// The longest delay that setTimeout knows; anything above it fires at once.
const LONGEST_TIMEOUT_MS = 2_147_483_647

/** Checks a `timeoutMs`; throws an error that names it. */
export function checkTimeoutMs(
  timeoutMs: number,
  code: 'ERR_CONFIGURATION' | 'ERR_INVALID_INPUT',
): number {
  if (Number.isInteger(timeoutMs) && timeoutMs > 0 && timeoutMs <= LONGEST_TIMEOUT_MS) {
    return timeoutMs
  }
  throw new PipedreamInputError(
    code,
    'timeoutMs',
    `a whole number of milliseconds from 1 to ${LONGEST_TIMEOUT_MS}`,
  )
}
