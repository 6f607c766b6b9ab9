import { PipedreamInputError } from './errors.ts'

/** What every call takes besides its input. */
export interface CallOptions {
  /** Aborts the call; it rejects with `ERR_ABORTED`. An access token that other calls wait for too is still fetched. */
  signal?: AbortSignal | undefined
  /** The most that the whole call may take, in milliseconds: waits and retries included. Default: the client's. */
  timeoutMs?: number | undefined
  /**
   * Whether the call may be sent again, like a GET, after 408, 429, 5xx or a lost answer. Say true only when doing it twice is
   * as good as once. Default: true for GET, PUT and DELETE; false for what creates, runs, deploys or goes through the proxy
   * by another method.
   */
  repeatable?: boolean | undefined
  /** Counts this call against a limit of your own; from `rateLimitTokens.create`. Default: the client's. */
  rateLimitToken?: string | undefined
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
