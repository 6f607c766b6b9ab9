import { FAULT_KINDS, type FaultKind, REQUEST_KINDS } from './fault-kinds.ts'
import type { ActiveFault } from './faults.ts'
import { withoutUndefined } from '../wire/objects.ts'

type ReadFault = Omit<ActiveFault, 'id' | 'hits'>

const KEYS = new Set([
  'kind',
  'method',
  'path',
  'status',
  'headers',
  'body',
  'delayMs',
  'jitterMs',
  'carriedOut',
  'times',
  'share',
])

/** Validates a fault from a test or from JSON. Throws a TypeError that says what is wrong. */
export function readFault(value: unknown): ReadFault {
  const given = readObject(value)
  const unknown = Object.keys(given).find((key) => !KEYS.has(key))
  if (unknown !== undefined) throw new TypeError(`Unknown field of a fault: "${unknown}".`)
  const fault = {
    kind: readKind(given),
    method: readText(given, 'method')?.toUpperCase(),
    path: readText(given, 'path'),
    status: readNumber(given, { key: 'status', from: 200, to: 599, whole: true }),
    headers: readHeaders(given),
    body: given.body,
    delayMs: readNumber(given, { key: 'delayMs', from: 0, to: MAX_DELAY_MS }),
    jitterMs: readNumber(given, { key: 'jitterMs', from: 0, to: MAX_DELAY_MS }),
    carriedOut: readBoolean(given, 'carriedOut'),
    times: readNumber(given, { key: 'times', from: 1, to: Number.MAX_SAFE_INTEGER, whole: true }),
    share: readNumber(given, { key: 'share', from: 0, to: 1 }),
  }
  const path = fault.path ?? (isRequestKind(fault.kind) ? '/v1/*' : '*')
  if (!/^[/*]/.test(path)) throw new TypeError('The path of a fault must start with a slash.')
  return { ...withoutUndefined(fault), kind: fault.kind, path }
}

/** The longest delay of a timer, about 24 days. */
const MAX_DELAY_MS = 2 ** 31 - 1

function readObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TypeError('A fault must be an object, such as { "status": 503, "times": 2 }.')
  }
  return { ...value }
}

function readKind(given: Record<string, unknown>): FaultKind {
  const { kind } = given
  if (kind === undefined) {
    if (given.status !== undefined) return 'status'
    if (given.delayMs !== undefined || given.jitterMs !== undefined) return 'latency'
    throw new TypeError('A fault needs a kind, a status or a delayMs.')
  }
  const known = FAULT_KINDS.find((name) => name === kind)
  if (known === undefined) {
    throw new TypeError(`The kind of a fault must be one of: ${FAULT_KINDS.join(', ')}.`)
  }
  return known
}

function isRequestKind(kind: FaultKind): boolean {
  return REQUEST_KINDS.some((name) => name === kind)
}

function readText(given: Record<string, unknown>, key: string): string | undefined {
  const value = given[key]
  if (value === undefined || (typeof value === 'string' && value !== '')) return value
  throw new TypeError(`The ${key} of a fault must be a string.`)
}

function readBoolean(given: Record<string, unknown>, key: string): boolean | undefined {
  const value = given[key]
  if (value === undefined || typeof value === 'boolean') return value
  throw new TypeError(`The ${key} of a fault must be true or false.`)
}

interface NumberRule {
  key: string
  from: number
  to: number
  whole?: boolean
}

function readNumber(
  given: Record<string, unknown>,
  { key, from, to, whole = false }: NumberRule,
): number | undefined {
  const value = given[key]
  if (value === undefined) return undefined
  const fits = typeof value === 'number' && value >= from && value <= to
  if (fits && (!whole || Number.isInteger(value))) return value
  throw new TypeError(
    `The ${key} of a fault must be a ${whole ? 'whole ' : ''}number from ${from} to ${to}.`,
  )
}

function readHeaders(given: Record<string, unknown>): Record<string, string> | undefined {
  const { headers } = given
  if (headers === undefined) return undefined
  try {
    const pairs = Object.entries(readObject(headers))
    return Object.fromEntries(
      new Headers(pairs.map(([name, value]): [string, string] => [name, String(value)])),
    )
  } catch (cause) {
    throw new TypeError('The headers of a fault must be an object of strings.', { cause })
  }
}
