import { PipedreamInputError } from '../http/errors.ts'
import { checkRequired } from './check-input.ts'
import { environmentOf, type ProjectEnvironment } from './client-options.ts'
import { bodyBytes, PipedreamWebhookError, type WebhookBody } from './webhook.ts'

/** Input of `verifyTriggerWebhook`. */
export interface VerifyTriggerWebhookInput {
  /** The raw body. The signature is over its bytes, which a body parser changes. */
  body: WebhookBody
  /** The request's headers: `Headers`, or an object such as Node's, with names in any case. */
  headers: WebhookHeaders
  /** The webhook's signing key, as Pipedream returned it. */
  signingKey: string
  /**
   * Maximum difference between the signing time and `now` in either direction, in milliseconds, at least 0. Default: 300000
   * (five minutes).
   */
  toleranceMs?: number | undefined
  /** The current time. Default: this machine's clock. */
  now?: Date | undefined
}

/** A trigger webhook with an authentic body. */
export interface VerifiedTriggerWebhook {
  /** When it was signed. */
  readonly timestamp: Date
  /**
   * The deployed trigger, `dc_...`; null if absent. Not covered by the signature, like the properties below: do not base
   * authorization on them.
   */
  readonly emitterId: string | null
  /** Your id for the user; null if absent. Not covered by the signature. */
  readonly externalUserId: string | null
  /** The project, `proj_...`; null if absent. Not covered by the signature. */
  readonly projectId: string | null
  /** The environment; null if absent or unknown. Not covered by the signature. */
  readonly projectEnvironment: ProjectEnvironment | null
}

const DEFAULT_TOLERANCE_MS = 300_000

/**
 * Verifies that an event was sent by Pipedream recently, and is unmodified. Pipedream documents HMAC-SHA256; the header and the
 * signed content are as several users observed them: `x-pd-signature: t=<seconds>,v1=<hex>` over `<t>.<body>`. While a key is
 * being replaced there may be several `v1`; one match is enough. An event may be sent again within the tolerance, and has no
 * id, so process events idempotently.
 *
 * Throws a `PipedreamWebhookError` whose `check` names the failed check, and a `PipedreamInputError` for an invalid argument.
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
      'The signature of this webhook does not match. Check that signingKey belongs to this webhook, and that body is the raw body.',
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
    `This webhook was signed ${where}: it was replayed, or a clock is wrong. Check this machine's clock, or raise toleranceMs.`,
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
  // The key is the string itself, although it looks like hex.
  const bytes = new TextEncoder().encode(signingKey)
  const key = await subtle.importKey('raw', bytes, hmac, false, ['verify'])
  // `verify` compares in constant time.
  const fits = await Promise.all(
    signatures.map((signature) => subtle.verify('HMAC', key, signature, content)),
  )
  return fits.includes(true)
}

/** The parsed `x-pd-signature` header. */
interface SignedAt {
  /** Unix seconds in the spelling of the header, which is part of the signed content. */
  readonly seconds: string
  /** At least one signature of 32 bytes. */
  readonly signatures: readonly Uint8Array<ArrayBuffer>[]
}

// Enough to replace a key. Each signature costs a hash of the body.
const MOST_SIGNATURES = 5

/** Parses `t=<seconds>,v1=<hex>,v1=<hex>`, ignoring other keys. Throws a `PipedreamWebhookError`. */
function signatureOf(header: string | null): SignedAt {
  if (header === null) {
    throw new PipedreamWebhookError(
      'signature-missing',
      'This webhook is not signed: it has no x-pd-signature header. Do not trust it.',
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
    'The x-pd-signature header of this webhook is invalid: expected t=<seconds>,v1=<64 hex digits>.',
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

/** Headers of a request: `Headers`, or an object with one or several values by name. Names are case-insensitive. */
export type WebhookHeaders =
  | {
      /** Returns the value of a header; null or undefined if it is absent. */
      get(name: string): string | null | undefined
    }
  | Readonly<Record<string, string | readonly string[] | undefined>>

/** Returns the value of a header, with repeated headers joined by commas, or null if it is absent. `name` is in lower case. */
function lookUpHeader(headers: WebhookHeaders, name: string): string | null {
  if (isLookUp(headers)) return headers.get(name) ?? null
  const values = Object.entries(headers).flatMap(([key, value]) =>
    key.toLowerCase() === name ? [value ?? []].flat() : [],
  )
  return values.length === 0 ? null : values.join(', ')
}

// A plain object may contain a header named `get`, but its value is never a function.
function isLookUp(
  headers: WebhookHeaders,
): headers is { get(name: string): string | null | undefined } {
  return typeof headers.get === 'function'
}
