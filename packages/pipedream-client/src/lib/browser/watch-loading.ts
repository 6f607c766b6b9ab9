import { ConnectError } from './connect-error.ts'
import { fireAfter } from './fire-after.ts'

const LOAD_TIMEOUT_MS = 30_000

/**
 * Stops the flow when the hosted page does not load in time, or when the embedding page's policy forbids it.
 * That is all that can be known: a browser's own error page counts as loaded, and may not be looked into.
 */
export function watchLoading(
  frame: HTMLIFrameElement,
  over: AbortSignal,
  stop: (error: ConnectError) => void,
): void {
  const { origin } = new URL(frame.src)
  const loaded = new AbortController()
  const until = AbortSignal.any([loaded.signal, over])
  fireAfter(LOAD_TIMEOUT_MS, until, () =>
    stop(loadFailed(`The page at ${origin} did not load. Check your network, then try again.`)),
  )
  document.addEventListener(
    'securitypolicyviolation',
    ({ disposition, effectiveDirective, blockedURI }) => {
      if (disposition !== 'enforce' || effectiveDirective !== 'frame-src') return
      if (blockedURI !== origin && !blockedURI.startsWith(`${origin}/`)) return
      stop(loadFailed(`This site does not allow the page at ${origin}. Add it to frame-src.`))
    },
    { signal: over },
  )
  frame.addEventListener('load', () => loaded.abort(), { signal: over })
}

function loadFailed(message: string): ConnectError {
  return new ConnectError('ERR_LOAD_FAILED', message)
}
