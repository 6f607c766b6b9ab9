import { PipedreamWebhookError } from './webhook-error.ts'

/** What `x-pd-signature` says. */
export interface SignedAt {
  /** Unix seconds, as they are written: they are part of what is signed. */
  readonly seconds: string
  /** 32 bytes each, at least one. */
  readonly signatures: readonly Uint8Array<ArrayBuffer>[]
}

// Enough for any change of keys; each costs a hash of the body.
const MOST_SIGNATURES = 5

/** Reads `t=<seconds>,v1=<hex>,v1=<hex>`; other keys are for other versions. Throws a `PipedreamWebhookError`. */
export function signatureOf(header: string | null): SignedAt {
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
