import { SECRET_PREFIXES } from '../http/routes.ts'

export const REDACTED = '[redacted]'

/** Fields whose value no log may show. */
export const SECRET_KEYS = [
  'accessToken',
  'authorization',
  'body',
  'clientSecret',
  'connectLinkUrl',
  'connectToken',
  'cookie',
  'flowSecret',
  'headers',
  'input',
  'password',
  'query',
  'serviceKey',
  'token',
  'variables',
]

const SECRET_SHAPES = [
  // Connect tokens, and the access tokens of Pipedream and of JWTs.
  /\bctok_[\w-]+/g,
  /\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g,
  /(?<=\bBearer\s+)[^\s"',;]+/gi,
  // User and password of a URL.
  /(?<=:\/\/)[^/\s@]+(?=@)/g,
  // The secret of a flow in an address.
  new RegExp(`(?<=${SECRET_PREFIXES.join('|')})[^/\\s"'?#]+`, 'g'),
  // Whatever is long and random: cookies, secrets, hashes.
  /(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{40,}/g,
]

/** A text without what looks like a secret. */
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

// Deeper ones say nothing new.
const CAUSES_MAX = 4

/**
 * What a log says of an error. Its other properties are left out: those of a database's error hold the values of a row.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an Error' }
  const { cause, message, stack } = error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return {
    type: error.constructor.name,
    message: redact(message),
    code,
    stack: stack && redact(stack),
    cause: cause === undefined || depth >= CAUSES_MAX ? undefined : describeError(cause, depth + 1),
  }
}
