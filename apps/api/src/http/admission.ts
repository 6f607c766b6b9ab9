import { Refusal } from '../errors.ts'

/** How long a refused caller is told to wait. */
export const RETRY_SECONDS = 1

/** The gateway handles as many requests as it may at a time. */
export class Overloaded extends Refusal {
  readonly status = 503
  readonly headers = { 'retry-after': String(RETRY_SECONDS) }
  constructor() {
    super('The server is busy. Try again in a second.')
  }
}

/** Bounds how many requests are handled at a time, so that an overload costs the others neither time nor memory. */
export interface Admission {
  /** Returns an error, which is recorded, if another request would be one too many. */
  refuse(): Overloaded | undefined
  /** Runs a request in a place of its own. Throws `Overloaded` if it would be one too many. */
  run<Result>(handle: (place: Place) => Promise<Result>): Promise<Result>
}

/** The place of a request among those that are handled. */
interface Place {
  /** Waits for the client, and gives the place to others meanwhile. Throws `Overloaded` if none is left afterwards. */
  leaveFor<Result>(wait: () => Promise<Result>): Promise<Result>
}

interface AdmissionOptions {
  /** How many requests are handled at a time. */
  inFlight: number
  /** Called for each refusal. */
  onRefusal: (error: Overloaded) => void
}

export function createAdmission({ inFlight, onRefusal }: AdmissionOptions): Admission {
  let running = 0

  function refuse(): Overloaded | undefined {
    if (running < inFlight) return undefined
    const error = new Overloaded()
    onRefusal(error)
    return error
  }

  function enter(): void {
    const refusal = refuse()
    if (refusal) throw refusal
    running += 1
  }

  return {
    refuse,
    async run(handle) {
      enter()
      let isInside = true
      const leave = () => {
        if (isInside) running -= 1
        isInside = false
      }
      try {
        return await handle({
          async leaveFor(wait) {
            leave()
            const result = await wait()
            enter()
            isInside = true
            return result
          },
        })
      } finally {
        leave()
      }
    },
  }
}
