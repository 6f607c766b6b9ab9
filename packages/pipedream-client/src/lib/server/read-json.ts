/** A response that does not match the contract. Names the position and the expected type, never the actual value. */
export class UnreadableResponse extends Error {
  override readonly name = 'UnreadableResponse'
  readonly expectation: string

  constructor(at: string, expected: string) {
    super(`${at} should be ${expected}`)
    this.expectation = this.message
  }
}

/** Reads a value of a response. `at` is its position, for the error. */
export type Read<T> = (value: unknown, at: string) => T

/** Reads the keys of a JSON object. An optional key may be absent or null; both become null. */
export class Fields {
  /** The unmodified object. */
  readonly raw: Readonly<Record<string, unknown>>
  readonly #at: string

  constructor(raw: Readonly<Record<string, unknown>>, at: string) {
    this.raw = raw
    this.#at = at
  }

  /** A string, which may be empty. */
  string(key: string): string {
    return this.#required(asString, key)
  }

  /** A string of visible ASCII characters, such as an id or a token. */
  id(key: string): string {
    return this.#required(asId, key)
  }

  optionalString(key: string): string | null {
    return this.#optional(asString, key)
  }

  optionalNumber(key: string): number | null {
    return this.#optional(asNumber, key)
  }

  optionalBoolean(key: string): boolean | null {
    return this.#optional(asBoolean, key)
  }

  date(key: string): Date {
    return this.#required(asDate, key)
  }

  optionalDate(key: string): Date | null {
    return this.#optional(asDate, key)
  }

  /** A Unix timestamp in seconds or milliseconds, which are distinguished by their size. */
  optionalInstant(key: string): Date | null {
    return this.#optional(asInstant, key)
  }

  optionalObject(key: string): Readonly<Record<string, unknown>> | null {
    return this.#optional(asObject, key)
  }

  /** A list of strings; empty if absent. */
  strings(key: string): readonly string[] {
    return this.#optional(asStrings, key) ?? []
  }

  /** The value of a key with its position, for another reader. */
  inner(key: string): { value: unknown; at: string } {
    return { value: this.raw[key], at: this.#path(key) }
  }

  #required<T>(check: Read<T>, key: string): T {
    return check(this.raw[key], this.#path(key))
  }

  #optional<T>(check: Read<T>, key: string): T | null {
    const value = this.raw[key]
    return value === undefined || value === null ? null : check(value, this.#path(key))
  }

  #path(key: string): string {
    return this.#at === '' ? key : `${this.#at}.${key}`
  }
}

/** Returns the fields of a JSON object. `at` is its position, for the error. */
export function fieldsOf(value: unknown, at: string): Fields {
  return new Fields(isObject(value) ? value : unreadable(at, 'an object'), at)
}

/** Reads each entry of a JSON array with `read`. */
export function readList<T>(value: unknown, at: string, read: Read<T>): T[] {
  if (!Array.isArray(value)) return unreadable(at, 'a list')
  return value.map((entry: unknown, index) => read(entry, `${at}[${index}]`))
}

/** Throws an `UnreadableResponse`. */
export function unreadable(at: string, expected: string): never {
  throw new UnreadableResponse(at === '' ? 'the response' : at, expected)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const asObject: Read<Record<string, unknown>> = (value, at) =>
  isObject(value) ? value : unreadable(at, 'an object')

const asString: Read<string> = (value, at) =>
  typeof value === 'string' ? value : unreadable(at, 'a string')

// For a token with a line break, `fetch` would throw an error that quotes the whole header.
const asId: Read<string> = (value, at) =>
  typeof value === 'string' && /^[\x21-\x7E]+$/.test(value)
    ? value
    : unreadable(at, 'a string without spaces that is not empty')

const asNumber: Read<number> = (value, at) =>
  typeof value === 'number' && Number.isFinite(value) ? value : unreadable(at, 'a number')

const asBoolean: Read<boolean> = (value, at) =>
  typeof value === 'boolean' ? value : unreadable(at, 'true or false')

const asStrings: Read<string[]> = (value, at) => readList(value, at, asString)

// `new Date('1')` is a date in 2001, so only ISO 8601 with a time zone is accepted. Pipedream sends both `Z` and an offset.
const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/

const asDate: Read<Date> = (value, at) => {
  const date = typeof value === 'string' && ISO_8601.test(value) ? new Date(value) : undefined
  return date === undefined || Number.isNaN(date.getTime())
    ? unreadable(at, 'an ISO 8601 date')
    : date
}

// Pipedream documents seconds for some timestamps and shows milliseconds for others. This number is the year 5138 in seconds,
// and a day in 1973 in milliseconds, before any Pipedream resource existed.
const FIRST_MILLISECONDS = 100_000_000_000

const asInstant: Read<Date> = (value, at) => {
  const number = asNumber(value, at)
  const date = new Date(number < FIRST_MILLISECONDS ? number * 1000 : number)
  return number < 0 || Number.isNaN(date.getTime())
    ? unreadable(at, 'a number of seconds or milliseconds since 1970')
    : date
}

/** Deletions return 204 without a body. */
export function readNothing(): void {}
