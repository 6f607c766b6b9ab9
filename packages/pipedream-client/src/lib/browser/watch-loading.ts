import { ConnectError, type ConnectErrorCode } from './connect-error.ts'
import { fireAfter } from './fire-after.ts'
import { watchRefusal } from './watch-refusal.ts'

const LOAD_TIMEOUT_MS = 30_000

/**
 * Stops the flow when the hosted page does not load in time, or is kept out of the frame. More cannot be known: a
 * browser's own error page counts as loaded, and may not be looked into.
 */
export function watchLoading(
  frame: HTMLIFrameElement,
  over: AbortSignal,
  stop: (error: ConnectError) => void,
): void {
  const { origin } = new URL(frame.src)
  const fail = (code: ConnectErrorCode, message: string) => stop(new ConnectError(code, message))
  const loaded = new AbortController()
  const until = AbortSignal.any([loaded.signal, over])
  fireAfter(LOAD_TIMEOUT_MS, until, () =>
    fail('ERR_LOAD_FAILED', `${origin} did not load. Check your network, then try again.`),
  )
  frame.addEventListener('load', () => loaded.abort(), { signal: over })
  watchRefusal(frame, over, (message) => {
    // For the developer too, who may not see what the page makes of the error.
    console.warn(message)
    fail('ERR_FRAME_BLOCKED', message)
  })
}
