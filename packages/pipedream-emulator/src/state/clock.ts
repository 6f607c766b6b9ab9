/** The emulator's own time. Every expiry depends on it, so that a test never has to wait. */
export interface EmulatorClock {
  /** Returns the emulator's current time. */
  now: () => Date
  /**
   * Moves the emulator's time forward by a number of milliseconds, and fires the timers that become due. Throws a
   * RangeError for a negative number and for anything that is not a number.
   */
  advance: (milliseconds: number) => void
}

export interface ResettableClock extends EmulatorClock {
  /** The milliseconds that the clock was moved so far. */
  readonly offsetMs: number
  /** Sets the offset, for example to the one from before a restart. Default 0. */
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
        throw new RangeError('clock.advance requires a number of milliseconds, 0 or more.')
      }
      offset += milliseconds
    },
    reset(offsetMs = 0) {
      offset = offsetMs
    },
  }
}

/** Waits for a number of milliseconds, or until the signal aborts. Never rejects. */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>

/** Waits by the machine's clock. */
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
