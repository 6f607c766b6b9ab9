import { SECRET_PREFIXES } from '../http/routes.ts'

const REDACTED = '[redacted]'

/** Fields whose values must never be logged, in small letters without `-` and `_`. */
const SECRET_NAMES: ReadonlySet<string> = new Set([
  'accesstoken',
  'authorization',
  'body',
  'clientsecret',
  'connectlinkurl',
  'connecttoken',
  'cookie',
  'flowsecret',
  'headers',
  'input',
  'password',
  'query',
  'servicekey',
  'setcookie',
  'token',
  'variables',
])

function isSecretName(name: string): boolean {
  return SECRET_NAMES.has(name.toLowerCase().replaceAll(/[-_]/g, ''))
}

const SECRET_SHAPES = [
  // Connect tokens, Pipedream's access tokens, and JWTs.
  /\bctok_[\w-]+/g,
  /\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g,
  /(?<=\bBearer\s+)[^\s"',;]+/gi,
  // User and password of a URL.
  /(?<=:\/\/)[^/\s@]+(?=@)/g,
  // The secret of a flow in a URL.
  new RegExp(`(?<=${SECRET_PREFIXES.join('|')})[^/\\s"'?#]+`, 'g'),
  // Any long random string: cookies, secrets, hashes.
  /(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{40,}/g,
]

type Fields = Record<string, unknown>

// No line of the gateway has more levels.
const LEVELS_MAX = 5

/** Returns the fields of a log line without the values of those that have secret names, at any level. */
export function hideSecrets(fields: Fields, level = 1): Fields {
  let copy: Fields | undefined
  for (const [name, value] of Object.entries(fields)) {
    const shown = isSecretName(name) ? REDACTED : hideIn(value, level)
    // Most lines contain nothing to hide.
    if (shown !== value) (copy ??= { ...fields })[name] = shown
  }
  return copy ?? fields
}

function hideIn(value: unknown, level: number): unknown {
  if (!isFields(value)) return value
  if (value instanceof Error) return describeError(value)
  if (level >= LEVELS_MAX) return REDACTED
  if (Array.isArray(value)) return value.map((entry) => hideIn(entry, level + 1))
  return hideSecrets(value, level + 1)
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

/** Replaces everything in a string that looks like a secret. */
function redact(text: string): string {
  return SECRET_SHAPES.reduce((safe, shape) => safe.replaceAll(shape, REDACTED), text)
}

interface ErrorDescription {
  type: string
  message: string
  code?: string | undefined
  stack?: string | undefined
  cause?: ErrorDescription | undefined
}

// Deeper causes add nothing.
const CAUSES_MAX = 4

/** An error as it is logged. Other properties are left out, because a database error contains the values of a row. */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error' }
  const { cause, message, stack } = error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return {
    type: error.constructor.name,
    message: redact(message),
    code,
    stack: typeof stack === 'string' ? redact(stack) : undefined,
    cause: cause === undefined || depth >= CAUSES_MAX ? undefined : describeError(cause, depth + 1),
  }
}
