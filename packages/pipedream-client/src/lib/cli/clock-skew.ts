import type { FetchHeaders } from '../http/fetch-like.ts'
import { readDate } from '../http/read-date.ts'

/** A larger difference, in milliseconds, is worth fixing. */
export const CLOCK_SKEW_LIMIT_MS = 60_000

/** A response, and when this machine exchanged it. */
export interface ClockReading {
  /** The headers of the response. */
  headers: FetchHeaders
  /** When the request was sent, by this machine's clock. */
  sentAt: Date
  /** When the response was received, by this machine's clock. */
  receivedAt: Date
}

/**
 * Compares this machine's clock with the server's, from the `Date` header of a response. Returns milliseconds: positive if this
 * machine is ahead, negative if it is behind. It is the smallest difference that the response proves, because the header has a
 * resolution of one second and is written at an unknown time between request and response. So a slow response never looks like a
 * wrong clock. Returns undefined for a response without a valid `Date`, and for one from a cache, whose `Date` is an old one.
 */
export function measureClockSkew({
  headers,
  sentAt,
  receivedAt,
}: ClockReading): number | undefined {
  const serverMs = readDate(headers)?.getTime()
  if (serverMs === undefined) return undefined
  const aheadMs = Math.max(0, sentAt.getTime() - (serverMs + RESOLUTION_MS))
  const behindMs = Math.max(0, serverMs - receivedAt.getTime())
  return aheadMs - behindMs
}

const RESOLUTION_MS = 999
