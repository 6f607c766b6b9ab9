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
    return this.#required(STRING, key)
  }

  /** A string of visible ASCII characters, such as an id or a token. */
  id(key: string): string {
    return this.#required(ID, key)
  }

  optionalString(key: string): string | null {
    return this.#optional(STRING, key)
  }

  optionalNumber(key: string): number | null {
    return this.#optional(NUMBER, key)
  }

  optionalBoolean(key: string): boolean | null {
    return this.#optional(BOOLEAN, key)
  }

  date(key: string): Date {
    return this.#required(DATE, key)
  }

  optionalDate(key: string): Date | null {
    return this.#optional(DATE, key)
  }

  /** A Unix timestamp in seconds or milliseconds, which are distinguished by their size. */
  optionalInstant(key: string): Date | null {
    const number = this.#optional(NUMBER, key)
    return number === null ? null : (instantOf(number) ?? this.#unreadable(INSTANT, key))
  }

  optionalObject(key: string): Readonly<Record<string, unknown>> | null {
    return this.#optional(OBJECT, key)
  }

  /** A list of strings; empty if absent. */
  strings(key: string): readonly string[] {
    const value = this.raw[key]
    return value === undefined || value === null ? [] : readList(value, this.#path(key), asString)
  }

  /** The value of a key with its position, for another reader. */
  inner(key: string): { value: unknown; at: string } {
    return { value: this.raw[key], at: this.#path(key) }
  }

  #required<T>(kind: Kind<T>, key: string): T {
    return kind.read(this.raw[key]) ?? this.#unreadable(kind.expected, key)
  }

  #optional<T>(kind: Kind<T>, key: string): T | null {
    const value = this.raw[key]
    if (value === undefined || value === null) return null
    return kind.read(value) ?? this.#unreadable(kind.expected, key)
  }

  // A position is only written for an error: most values are as expected.
  #unreadable(expected: string, key: string): never {
    return unreadable(this.#path(key), expected)
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

/** A kind of value. */
interface Kind<T> {
  /** For the error. */
  readonly expected: string
  /** Undefined if the value is not of this kind. */
  readonly read: (value: unknown) => T | undefined
}

const OBJECT: Kind<Record<string, unknown>> = {
  expected: 'an object',
  read: (value) => (isObject(value) ? value : undefined),
}

const STRING: Kind<string> = {
  expected: 'a string',
  read: (value) => (typeof value === 'string' ? value : undefined),
}

const asString: Read<string> = (value, at) => STRING.read(value) ?? unreadable(at, STRING.expected)

// For a token with a line break, `fetch` would throw an error that quotes the whole header.
const ID: Kind<string> = {
  expected: 'a string without spaces that is not empty',
  read: (value) => (typeof value === 'string' && /^[\x21-\x7E]+$/.test(value) ? value : undefined),
}

const NUMBER: Kind<number> = {
  expected: 'a number',
  read: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined),
}

const BOOLEAN: Kind<boolean> = {
  expected: 'true or false',
  read: (value) => (typeof value === 'boolean' ? value : undefined),
}

// `new Date('1')` is a date in 2001, so only ISO 8601 with a time zone is accepted. Pipedream sends both `Z` and an offset.
const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/

const DATE: Kind<Date> = {
  expected: 'an ISO 8601 date',
  read(value) {
    if (typeof value !== 'string' || !ISO_8601.test(value)) return undefined
    const date = new Date(value)
    return Number.isNaN(date.getTime()) ? undefined : date
  },
}

// Pipedream documents seconds for some timestamps and shows milliseconds for others. This number is the year 5138 in seconds,
// and a day in 1973 in milliseconds, before any Pipedream resource existed.
const FIRST_MILLISECONDS = 100_000_000_000
const INSTANT = 'a number of seconds or milliseconds since 1970'

function instantOf(number: number): Date | undefined {
  const date = new Date(number < FIRST_MILLISECONDS ? number * 1000 : number)
  return number < 0 || Number.isNaN(date.getTime()) ? undefined : date
}

/** Deletions return 204 without a body. */
export function readNothing(): void {}
