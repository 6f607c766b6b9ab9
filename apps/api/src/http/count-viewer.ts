import { TooManyRequests } from './refusal.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { RateLimits } from './rate-limits.ts'

/** Counts a request of somebody that we know, and gives the viewer back. Throws `TooManyRequests`. */
export async function countViewer(
  viewer: Viewer | undefined,
  rates: RateLimits,
): Promise<Viewer | undefined> {
  const retryAfterMs = viewer && (await takeFor(viewer, rates))
  if (retryAfterMs !== undefined) throw new TooManyRequests(retryAfterMs)
  return viewer
}

function takeFor(viewer: Viewer, rates: RateLimits): Promise<number | undefined> {
  if (viewer.kind === 'service') return rates.take('service', 'service')
  return rates.take('person', `${viewer.kind} ${viewer.externalUserId}`)
}
