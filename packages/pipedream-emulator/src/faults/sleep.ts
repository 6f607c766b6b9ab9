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
