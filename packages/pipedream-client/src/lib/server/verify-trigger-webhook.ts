import { PipedreamInputError } from '../http/errors.ts'
import { checkRequired } from './check-input.ts'
import { environmentOf, type ProjectEnvironment } from './client-options.ts'
import { bodyBytes, PipedreamWebhookError, type WebhookBody } from './webhook.ts'

/** What `verifyTriggerWebhook` takes. */
export interface VerifyTriggerWebhookInput {
  /** The body as it arrived: a parser that came before changes bytes, and the signature is over the bytes. */
  body: WebhookBody
  /** The request's headers: `Headers`, or an object such as Node's, in any case. */
  headers: WebhookHeaders
  /** The webhook's signing key, as Pipedream told it. */
  signingKey: string
  /** How far from now it may have been signed, in milliseconds, either way. At least 0. Default: 300000, five minutes. */
  toleranceMs?: number | undefined
  /** What time it is. Default: this machine's clock. */
  now?: Date | undefined
}

/** A trigger webhook whose body is authentic. */
export interface VerifiedTriggerWebhook {
  /** When it was signed. */
  readonly timestamp: Date
  /** The deployed trigger, `dc_...`. This and what follows is told beside the signed body: do not decide by it who may do what. */
  readonly emitterId: string | null
  readonly externalUserId: string | null
  readonly projectId: string | null
  readonly projectEnvironment: ProjectEnvironment | null
}

const DEFAULT_TOLERANCE_MS = 300_000

/**
 * Checks that an event came from Pipedream, unchanged and lately. Pipedream documents HMAC-SHA256; header and signed text are as
 * observed by several users: `x-pd-signature: t=<seconds>,v1=<hex>` over `<t>.<body>`. Several `v1` may be there while a key is
 * changed: one that fits is enough. The same event may be sent again within the tolerance, and Pipedream gives it no id:
 * handle it so that twice is as good as once.
 *
 * Throws a `PipedreamWebhookError`, whose `check` says what was wrong; a `PipedreamInputError` for a wrong argument.
 */
export async function verifyTriggerWebhook(
  input: VerifyTriggerWebhookInput,
): Promise<VerifiedTriggerWebhook> {
  const { headers, signingKey, toleranceMs = DEFAULT_TOLERANCE_MS, now = new Date() } = input
  checkRequired('signingKey', signingKey)
  checkTimes(toleranceMs, now)
  const body = bodyBytes('body', input.body)
  const signed = signatureOf(lookUpHeader(headers, 'x-pd-signature'))
  const timestamp = new Date(Number(signed.seconds) * 1000)
  checkAge(now.getTime() - timestamp.getTime(), toleranceMs)
  if (!(await isSignedBy(signingKey, signed, body))) {
    throw new PipedreamWebhookError(
      'signature-mismatch',
      'The signature of this webhook does not fit. Check that signingKey is the one of this webhook, and that body is as it arrived.',
    )
  }
  return {
    timestamp,
    emitterId: lookUpHeader(headers, 'x-pd-emitter-id'),
    externalUserId: lookUpHeader(headers, 'x-pd-external-user-id'),
    projectId: lookUpHeader(headers, 'x-pd-project-id'),
    projectEnvironment: environmentOf(lookUpHeader(headers, 'x-pd-environment')),
  }
}

function checkTimes(toleranceMs: number, now: Date): void {
  const isTolerance = Number.isFinite(toleranceMs) && toleranceMs >= 0
  if (!isTolerance) {
    const expected = 'a number of milliseconds, at least 0'
    throw new PipedreamInputError('ERR_INVALID_INPUT', 'toleranceMs', expected)
  }
  if (!(now instanceof Date) || Number.isNaN(now.getTime())) {
    throw new PipedreamInputError('ERR_INVALID_INPUT', 'now', 'a valid Date')
  }
}

function checkAge(ageMs: number, toleranceMs: number): void {
  if (Math.abs(ageMs) <= toleranceMs) return
  const check = ageMs > 0 ? 'too-old' : 'too-new'
  const where = ageMs > 0 ? 'too long ago' : 'in the future'
  throw new PipedreamWebhookError(
    check,
    `This webhook was signed ${where}: somebody repeats it, or a clock is wrong. Check this machine's clock, or raise toleranceMs.`,
  )
}

async function isSignedBy(
  signingKey: string,
  { seconds, signatures }: SignedAt,
  body: Uint8Array,
): Promise<boolean> {
  const { subtle } = crypto
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const prefix = new TextEncoder().encode(`${seconds}.`)
  const content = new Uint8Array(prefix.length + body.length)
  content.set(prefix)
  content.set(body, prefix.length)
  // The key is the text itself, although it looks like hex.
  const bytes = new TextEncoder().encode(signingKey)
  const key = await subtle.importKey('raw', bytes, hmac, false, ['verify'])
  // `verify` compares in constant time.
  const fits = await Promise.all(
    signatures.map((signature) => subtle.verify('HMAC', key, signature, content)),
  )
  return fits.includes(true)
}

/** What `x-pd-signature` says. */
interface SignedAt {
  /** Unix seconds, as they are written: they are part of what is signed. */
  readonly seconds: string
  /** 32 bytes each, at least one. */
  readonly signatures: readonly Uint8Array<ArrayBuffer>[]
}

// Enough for any change of keys; each costs a hash of the body.
const MOST_SIGNATURES = 5

/** Reads `t=<seconds>,v1=<hex>,v1=<hex>`; other keys are for other versions. Throws a `PipedreamWebhookError`. */
function signatureOf(header: string | null): SignedAt {
  if (header === null) {
    throw new PipedreamWebhookError(
      'signature-missing',
      'This webhook is not signed: it has no x-pd-signature header. Do not believe it.',
    )
  }
  const parts = header.split(',').map((part) => part.trim())
  const times = valuesOf(parts, 't')
  const signatures = valuesOf(parts, 'v1').filter((hex) => /^[\da-f]{64}$/i.test(hex))
  const [seconds = ''] = times
  const isSound =
    times.length === 1 &&
    /^\d{1,11}$/.test(seconds) &&
    signatures.length > 0 &&
    signatures.length <= MOST_SIGNATURES
  if (isSound) return { seconds, signatures: signatures.map(fromHex) }
  throw new PipedreamWebhookError(
    'signature-malformed',
    'The x-pd-signature header of this webhook cannot be read: it should be t=<seconds>,v1=<64 hex digits>.',
  )
}

function valuesOf(parts: readonly string[], key: string): string[] {
  return parts.flatMap((part) => (part.startsWith(`${key}=`) ? [part.slice(key.length + 1)] : []))
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  )
}

/** Headers of a request: `Headers`, or an object of names in any case with a value or several. */
export type WebhookHeaders =
  | { get(name: string): string | null | undefined }
  | Readonly<Record<string, string | readonly string[] | undefined>>

/** A header's value, several joined by commas as HTTP does; null when it is absent. The name in lower case. */
function lookUpHeader(headers: WebhookHeaders, name: string): string | null {
  if (isLookUp(headers)) return headers.get(name) ?? null
  const values = Object.entries(headers).flatMap(([key, value]) =>
    key.toLowerCase() === name ? [value ?? []].flat() : [],
  )
  return values.length === 0 ? null : values.join(', ')
}

// An object of headers may have one that is called `get`, but that is never a function.
function isLookUp(
  headers: WebhookHeaders,
): headers is { get(name: string): string | null | undefined } {
  return typeof headers.get === 'function'
}
