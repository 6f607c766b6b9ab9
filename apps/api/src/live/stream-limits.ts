import { Refusal } from '../errors.ts'

class TooManyStreams extends Refusal {
  readonly status = 429
  readonly headers = { 'retry-after': '10' }
}

/** This process serves as many streams as it may. */
export class StreamsFull extends Refusal {
  readonly status = 503
  readonly headers = { 'retry-after': '5' }
}

interface StreamLimitOptions {
  /** Maximum number of open streams for each user, across all tabs. */
  perUser: number
  /** Maximum number of open streams in this process. */
  perProcess: number
}

export interface StreamLimits {
  /** Counts a stream. Returns the function that uncounts it; throws a `Refusal` if there are too many. */
  acquire: (externalUserId: string) => () => void
}

export function createStreamLimits({ perUser, perProcess }: StreamLimitOptions): StreamLimits {
  const open = new Map<string, number>()
  let total = 0

  function release(externalUserId: string): void {
    total -= 1
    const left = (open.get(externalUserId) ?? 0) - 1
    if (left > 0) open.set(externalUserId, left)
    else open.delete(externalUserId)
  }

  return {
    acquire(externalUserId) {
      const own = open.get(externalUserId) ?? 0
      if (total >= perProcess) {
        throw new StreamsFull('Too many open event streams right now. Try again in a minute.')
      }
      if (own >= perUser) {
        throw new TooManyStreams(
          `You already have ${perUser} open event streams. Close a tab and try again.`,
        )
      }
      total += 1
      open.set(externalUserId, own + 1)
      return () => release(externalUserId)
    },
  }
}
