import type { FaultKind } from './fault-kinds.ts'
import { readFault } from './read-fault.ts'
import { createSeededRandom } from '../state/random.ts'

/** A failure to inject. */
export interface Fault {
  /** The kind of failure. Default `status` when `status` is given, else `latency` when a delay is given. */
  kind?: FaultKind
  /** The HTTP method to match. Default: every method except the OPTIONS of a preflight. */
  method?: string
  /**
   * The path to match, without the query: of the request, of the page, of a refresh, or of the receiver for webhook
   * kinds. A `*` matches any characters except a slash; at the end it matches any characters. Default `/v1/*` for
   * requests, else every path.
   */
  path?: string
  /** HTTP status, from 200 to 599. Default 503 for `status`, 200 for `not-json`. */
  status?: number
  /** Headers of `status` and `not-json`. They override those of the kind. Default none. */
  headers?: Record<string, string>
  /**
   * Body of `status` and `not-json`: a string as it is, anything else as JSON. Default: Pipedream's error for that
   * status. For `refresh-failed`: the account's error. For `popup-blocked`: the error that the embedding page receives.
   * Default none.
   */
  body?: unknown
  /** Milliseconds to wait first. Default 0. */
  delayMs?: number
  /** The maximum of additional milliseconds, drawn at random. Default 0. */
  jitterMs?: number
  /**
   * True: the route handles the request, and then the response is lost. Default false: the request never reaches its
   * route.
   */
  carriedOut?: boolean
  /** How often the fault is applied. Default: until it is removed. */
  times?: number
  /**
   * The probability that the fault applies to a matching call, from 0 to 1, drawn from the seeded generator. Default 1.
   */
  share?: number
}

/** A registered fault, with its matching defaults filled in. */
export interface ActiveFault extends Fault {
  /** Identifies the fault for `remove`. */
  id: string
  /** The kind of failure, given or derived from the other fields. */
  kind: FaultKind
  /** The path to match, given or the default of the kind. */
  path: string
  /** How often the fault has been applied so far. */
  hits: number
}

/** Injects failures. */
export interface Faults {
  /**
   * Registers a fault and returns its id. Of several that match, the earliest applies. Throws a TypeError for an
   * invalid fault.
   */
  add: (fault: Fault) => string
  /** Returns every registered fault, including those that have used up their `times`. */
  list: () => ActiveFault[]
  /** Removes a fault. Returns false for an unknown id. */
  remove: (id: string) => boolean
  /** Removes all faults and restarts the seeded generator. */
  clear: () => void
}

interface FaultTarget {
  kinds: readonly FaultKind[]
  method: string
  path: string
}

export interface FaultSelector extends Faults {
  /** Returns the first fault that applies to this target, and counts the hit. */
  take: (target: FaultTarget) => ActiveFault | undefined
  /** Returns the milliseconds to wait for this fault, with new random jitter. */
  delayOf: (fault: ActiveFault) => number
}

export function createFaults(seed = 1): FaultSelector {
  let random = createSeededRandom(seed)
  let count = 0
  const faults = new Map<string, ActiveFault>()
  return {
    add(value) {
      const fault = readFault(value)
      count += 1
      const id = `fault_${count}`
      faults.set(id, { ...fault, id, hits: 0 })
      return id
    },
    list: () => Array.from(faults.values(), (fault) => ({ ...fault })),
    remove: (id) => faults.delete(id),
    clear() {
      faults.clear()
      random = createSeededRandom(seed)
    },
    take(target) {
      for (const fault of faults.values()) {
        if (matches(fault, target) && (fault.share === undefined || random() < fault.share)) {
          fault.hits += 1
          return fault
        }
      }
      return undefined
    },
    delayOf: ({ delayMs = 0, jitterMs = 0 }) => delayMs + (jitterMs > 0 ? jitterMs * random() : 0),
  }
}

function matches(fault: ActiveFault, { kinds, method, path }: FaultTarget): boolean {
  return (
    kinds.includes(fault.kind) &&
    fault.hits < (fault.times ?? Number.POSITIVE_INFINITY) &&
    (fault.method === undefined ? method !== 'OPTIONS' : fault.method === method) &&
    matchesPath(fault.path, path)
  )
}

function matchesPath(pattern: string, path: string): boolean {
  const parts = pattern
    .split('*')
    .map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`))
  const last = parts.pop() ?? ''
  const rest = parts.length > 0 && last === '' ? '.*' : '[^/]*'
  const source = parts.length === 0 ? last : parts.join('[^/]*') + rest + last
  return new RegExp(`^${source}$`, 's').test(path)
}
