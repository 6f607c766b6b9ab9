import type { FaultKind } from './fault-kinds.ts'
import { readFault } from './read-fault.ts'
import { createSeededRandom } from '../state/random.ts'

/** One way to misbehave. */
export interface Fault {
  /** Default `status` where a status is given, else `latency` where a delay is. */
  kind?: FaultKind
  /** Default: every method, except the OPTIONS of a preflight. */
  method?: string
  /**
   * Path of the request, of the page, of a refresh or, for the kinds of webhooks, of the receiver; without the query. A `*` stands for
   * any text without a slash, and for any text at all at the end. Default `/v1/*` for requests, else every path.
   */
  path?: string
  /** HTTP status, 200 to 599. Default 503 for `status`, 200 for `not-json`. */
  status?: number
  /** Headers of `status` and `not-json`; they win over those that the kind sets. Default none. */
  headers?: Record<string, string>
  /**
   * Body of `status` and `not-json`: text as it is, anything else as JSON. Default: Pipedream's error for that status. Of
   * `refresh-failed`: the account's error. Of `popup-blocked`: the error that the page around the frame is told. Default: none.
   */
  body?: unknown
  /** Milliseconds before anything happens. Default 0. */
  delayMs?: number
  /** So many milliseconds more, at most. Default 0. */
  jitterMs?: number
  /** True: the request is carried out before its answer is lost. Default false: it never reaches its route. */
  carriedOut?: boolean
  /** How often it happens, then never again. Default: until it is taken back. */
  times?: number
  /** The share of the calls that it happens to, from 0 to 1, drawn from a seeded random. Default 1: to all. */
  share?: number
}

/** A fault as it was taken in, with the defaults that matter for finding it. */
export interface ActiveFault extends Fault {
  /** For `remove`. */
  id: string
  kind: FaultKind
  path: string
  /** How often it happened so far. */
  hits: number
}

/** How the emulator is told to misbehave. */
export interface Faults {
  /** Takes a fault in and answers its id. Throws a TypeError on one that makes no sense. Earlier ones come first. */
  add: (fault: Fault) => string
  /** Every fault that was added and not taken back, spent ones too. */
  list: () => ActiveFault[]
  /** Takes one back. False when there is none of this id. */
  remove: (id: string) => boolean
  /** Takes all back, and starts the seeded random anew. */
  clear: () => void
}

interface FaultTarget {
  kinds: readonly FaultKind[]
  method: string
  path: string
}

export interface TakingFaults extends Faults {
  /** The first fault that strikes this target; it is counted as a hit. */
  take: (target: FaultTarget) => ActiveFault | undefined
  /** How long to wait for this fault, in milliseconds, with jitter drawn anew. */
  delayOf: (fault: ActiveFault) => number
}

export function createFaults(seed = 1): TakingFaults {
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
        if (strikes(fault, target) && (fault.share === undefined || random() < fault.share)) {
          fault.hits += 1
          return fault
        }
      }
      return undefined
    },
    delayOf: ({ delayMs = 0, jitterMs = 0 }) => delayMs + (jitterMs > 0 ? jitterMs * random() : 0),
  }
}

function strikes(fault: ActiveFault, { kinds, method, path }: FaultTarget): boolean {
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
