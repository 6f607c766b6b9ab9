import type { ConnectToken } from 'pipedream-client/server'
import { currentRequest } from '../observability/log.ts'
import { GRACE_MS, LONGEST_LIFETIME_MS } from '../store/flow-deadline.ts'
import type { Flow } from '../store/flows.ts'

// Long enough for a provider's sign-in with a second factor, short enough that a leaked link soon expires.
export const CONNECT_TOKEN_LIFETIME_MS = 15 * 60 * 1000

// The date of a response has no fractions of a second, and a busy server may write it late.
const LIFETIME_TOLERANCE_MS = 30_000

/**
 * When the holder of a token can create accounts, by Pipedream's clock alone: from its creation, which follows from its
 * expiry, and the time that the gateway has kept it since Pipedream's response.
 */
export function windowOf(minted: ConnectToken, keptMs: number): Flow['window'] {
  const expiry = minted.expiresAt.getTime()
  return {
    start: new Date(expiry - lifetimeOf(minted) + keptMs),
    end: new Date(expiry + GRACE_MS),
  }
}

/** The longer of the lifetime that was requested and the one that Pipedream granted, in milliseconds. */
export function lifetimeOf(minted: ConnectToken): number {
  const granted = grantedLifetime(minted) ?? 0
  // A server in between may write a wrong date.
  return Math.min(Math.max(CONNECT_TOKEN_LIFETIME_MS, granted), LONGEST_LIFETIME_MS)
}

function grantedLifetime({ issuedAt, expiresAt }: ConnectToken): number | undefined {
  return issuedAt ? expiresAt.getTime() - issuedAt.getTime() : undefined
}

/** Logs that Pipedream granted another lifetime than was requested. */
export function warnOfLifetime(minted: ConnectToken): void {
  const granted = grantedLifetime(minted) ?? CONNECT_TOKEN_LIFETIME_MS
  if (Math.abs(granted - CONNECT_TOKEN_LIFETIME_MS) < LIFETIME_TOLERANCE_MS) return
  currentRequest()?.log.warn(
    { grantedSeconds: granted / 1000, requestedSeconds: CONNECT_TOKEN_LIFETIME_MS / 1000 },
    'Pipedream granted a connect token another lifetime than was requested',
  )
}
