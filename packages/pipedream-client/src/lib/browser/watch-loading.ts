import { ConnectError } from './connect-error.ts'
import type { ShownPage } from './open-dialog.ts'
import { watchRefusal } from './watch-refusal.ts'

const LOAD_TIMEOUT_MS = 30_000

/**
 * Ends the flow when the hosted page does not load in time, or is blocked from the frame. Nothing more can be known: a
 * browser's own error page counts as loaded and cannot be inspected.
 */
export function watchLoading(
  shown: ShownPage,
  over: AbortSignal,
  end: (error: ConnectError) => void,
): void {
  const { frame, origin } = shown
  const stop = fireAfter(LOAD_TIMEOUT_MS, over, () =>
    end(
      new ConnectError(
        'ERR_LOAD_FAILED',
        `${origin} did not load. Check your network, then try again.`,
      ),
    ),
  )
  frame.addEventListener('load', stop, { signal: over })
  watchRefusal(shown, over, (message) => {
    // For developers, because the page may not show the error.
    console.warn(message)
    end(new ConnectError('ERR_FRAME_BLOCKED', message))
  })
}

/** Runs `fire` after `delayMs`, unless `over` is aborted or the returned function is called before. */
export function fireAfter(delayMs: number, over: AbortSignal, fire: () => void): () => void {
  const timer = setTimeout(fire, delayMs)
  const stop = () => clearTimeout(timer)
  over.addEventListener('abort', stop)
  return stop
}
