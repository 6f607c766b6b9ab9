/** The emulator's own time. Every expiry is judged by it, so a test never has to wait. */
export interface EmulatorClock {
  /** What time the emulator thinks it is. */
  now: () => Date
  /**
   * Moves the emulator's time forward by so many milliseconds; it never goes back. The timers that fall due on the way fire
   * at once. Throws a RangeError on anything but zero or more.
   */
  advance: (milliseconds: number) => void
}

export interface ResettableClock extends EmulatorClock {
  /** By how many milliseconds it was moved. */
  readonly offsetMs: number
  /** Forgets by how much it was moved; or takes that from before a restart. */
  reset: (offsetMs?: number) => void
}

export function createClock(now: () => Date): ResettableClock {
  let offset = 0
  return {
    get offsetMs() {
      return offset
    },
    now: () => new Date(now().getTime() + offset),
    advance(milliseconds) {
      if (!Number.isFinite(milliseconds) || milliseconds < 0) {
        throw new RangeError('clock.advance takes a number of milliseconds, zero or more.')
      }
      offset += milliseconds
    },
    reset(offsetMs = 0) {
      offset = offsetMs
    },
  }
}

/** Waits so many milliseconds, or until the signal is aborted; it never rejects. */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>

/** By the machine's clock. */
export const sleep: Sleep = (milliseconds, signal) =>
  new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, milliseconds)
    signal?.addEventListener('abort', wake)
    if (signal?.aborted === true) wake()
  })
