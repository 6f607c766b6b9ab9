import { ConnectError } from './connect-error.ts'
import type { ConnectAccountOptions } from './connect-options.ts'
import { fireAfter } from './fire-after.ts'

/** Stops the flow when the caller's signal is aborted, or already is, and when its time is up. */
export function stopWhenTold(
  { signal, timeoutMs }: ConnectAccountOptions,
  over: AbortSignal,
  stop: (error: ConnectError) => void,
): void {
  const abort = () =>
    stop(new ConnectError('ERR_ABORTED', 'Connecting the account was stopped.', signal?.reason))
  if (signal?.aborted) return abort()
  signal?.addEventListener('abort', abort, { signal: over })
  if (timeoutMs === undefined) return
  fireAfter(timeoutMs, over, () =>
    stop(new ConnectError('ERR_TIMEOUT', 'Connecting the account took too long. Try again.')),
  )
}
