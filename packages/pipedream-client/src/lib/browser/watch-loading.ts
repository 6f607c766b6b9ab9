import { ConnectError, type ConnectErrorCode } from './connect-error.ts'
import { watchRefusal } from './watch-refusal.ts'

const LOAD_TIMEOUT_MS = 30_000

/**
 * Ends the flow when the hosted page does not load in time, or is blocked from the frame. Nothing more can be known: a
 * browser's own error page counts as loaded and cannot be inspected.
 */
export function watchLoading(
  frame: HTMLIFrameElement,
  over: AbortSignal,
  end: (error: ConnectError) => void,
): void {
  const { origin } = new URL(frame.src)
  const fail = (code: ConnectErrorCode, message: string) => end(new ConnectError(code, message))
  const loaded = new AbortController()
  const until = AbortSignal.any([loaded.signal, over])
  fireAfter(LOAD_TIMEOUT_MS, until, () =>
    fail('ERR_LOAD_FAILED', `${origin} did not load. Check your network, then try again.`),
  )
  frame.addEventListener('load', () => loaded.abort(), { signal: over })
  watchRefusal(frame, over, (message) => {
    // For developers, because the page may not show the error.
    console.warn(message)
    fail('ERR_FRAME_BLOCKED', message)
  })
}

/** Runs `fire` after `delayMs`, unless `until` is aborted first. */
export function fireAfter(delayMs: number, until: AbortSignal, fire: () => void): void {
  const timer = setTimeout(fire, delayMs)
  until.addEventListener('abort', () => clearTimeout(timer))
}
