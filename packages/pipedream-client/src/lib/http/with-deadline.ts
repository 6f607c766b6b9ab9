import type { CallOptions } from './call-options.ts'
import {
  PipedreamAbortError,
  type PipedreamError,
  PipedreamInputError,
  PipedreamTimeoutError,
  type RequestTarget,
} from './errors.ts'

/** The remaining time of a call. */
export interface Deadline {
  /** Aborted when the caller aborts or the time is up; its reason is the error that the call rejects with. */
  readonly signal: AbortSignal
  /** The remaining time in milliseconds; negative after the deadline. */
  remainingMs(): number
}

/**
 * Runs `work` until it settles, `timeoutMs` passes or `signal` is aborted. Rejects in time even if `work` ignores its deadline,
 * and always removes its timer and listener.
 */
export function withDeadline<T>(
  { signal, timeoutMs }: CallOptions & { timeoutMs: number },
  target: RequestTarget,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  // Only one promise, and no listener on the own controller: this runs for every call, and most calls simply succeed.
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) throw new PipedreamAbortError(signal.reason, target)
    const controller = new AbortController()
    // A monotonic clock, because the wall clock may be set back during a call.
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

/** Waits; rejects with the signal's reason if the signal is aborted. */
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

// The longest delay of setTimeout; a longer one fires immediately.
const LONGEST_TIMEOUT_MS = 2_147_483_647

/** Checks a `timeoutMs`; throws a `PipedreamInputError` that names it. */
export function checkTimeoutMs(
  timeoutMs: number,
  code: 'ERR_CONFIGURATION' | 'ERR_INVALID_INPUT',
): number {
  if (Number.isInteger(timeoutMs) && timeoutMs > 0 && timeoutMs <= LONGEST_TIMEOUT_MS) {
    return timeoutMs
  }
  throw new PipedreamInputError(code, 'timeoutMs', `an integer from 1 to ${LONGEST_TIMEOUT_MS}`)
}
