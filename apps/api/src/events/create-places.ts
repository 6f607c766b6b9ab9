import { Refusal } from '../errors.ts'

class TooManyOfOne extends Refusal {
  readonly status = 429
  readonly headers = { 'retry-after': '10' }
}

/** This process has no place for another stream. */
export class Full extends Refusal {
  readonly status = 503
  readonly headers = { 'retry-after': '5' }
}

interface Bounds {
  /** How many streams one person may have at a time, over all tabs. */
  perPerson: number
  /** How many streams this process serves. */
  perProcess: number
}

/** Bounds the streams; `take` answers how to give the place back, or throws a `Refusal`. */
export function createPlaces({ perPerson, perProcess }: Bounds): {
  take: (externalUserId: string) => () => void
} {
  const taken = new Map<string, number>()
  let total = 0

  function giveBack(externalUserId: string): void {
    total -= 1
    const left = (taken.get(externalUserId) ?? 0) - 1
    if (left > 0) taken.set(externalUserId, left)
    else taken.delete(externalUserId)
  }

  return {
    take(externalUserId) {
      const own = taken.get(externalUserId) ?? 0
      if (total >= perProcess) {
        throw new Full('Too many pages listen here just now. Try again in a moment.')
      }
      if (own >= perPerson) {
        throw new TooManyOfOne(
          `You listen in ${perPerson} places already. Close one of them and try again.`,
        )
      }
      total += 1
      taken.set(externalUserId, own + 1)
      return () => giveBack(externalUserId)
    },
  }
}
