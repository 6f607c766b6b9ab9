import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A private key and its certificate, both PEM-encoded, as `node:https` takes them. */
export interface KeyAndCertificate {
  /** The private key (PKCS #8). */
  key: string
  /** The certificate, or a chain with the server's own certificate first. */
  cert: string
}

/** Options of `createSelfSignedCertificate`. */
export interface SelfSignedOptions {
  /** DNS names that the certificate covers in addition to `localhost`, 127.0.0.1 and ::1. Default none. */
  hosts?: readonly string[]
  /** The current time. The certificate is valid from one day before it to 365 days after it. Default: the machine's clock. */
  now?: Date
}

const DAY_MS = 86_400_000
/** Browsers reject certificates that are valid for more than 398 days. */
const VALID_DAYS = 365

/**
 * Creates a P-256 key and a certificate that it signs itself, for `listen({ tls })` or any other test server. Every call
 * creates a new key. Clients must be told to trust the certificate.
 */
export function createSelfSignedCertificate({
  hosts = [],
  now = new Date(),
}: SelfSignedOptions = {}): KeyAndCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const toBeSigned = sequence(
    tagged(CONTEXT_0, INTEGER_2),
    integer(randomBytes(16)),
    ECDSA_WITH_SHA256,
    NAME,
    sequence(
      utcTime(new Date(now.getTime() - DAY_MS)),
      utcTime(new Date(now.getTime() + VALID_DAYS * DAY_MS)),
    ),
    NAME,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(CONTEXT_3, sequence(alternativeNames(hosts), AUTHORITY, FOR_SERVERS)),
  )
  const signature = sign('sha256', toBeSigned, privateKey)
  const der = sequence(toBeSigned, ECDSA_WITH_SHA256, bitString(signature))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: toPem(der),
  }
}

// The parts of DER (X.690) that a certificate (RFC 5280) needs: a tag, a length and the content. Decision 15 says why
// they are written here.
const BOOLEAN = 0x01
const INTEGER = 0x02
const BIT_STRING = 0x03
const OCTET_STRING = 0x04
const OBJECT_ID = 0x06
const UTF8_STRING = 0x0c
const UTC_TIME = 0x17
const SEQUENCE = 0x30
const SET = 0x31
const CONTEXT_0 = 0xa0
const CONTEXT_3 = 0xa3
/** Kinds of alternative names. */
const DNS_NAME = 0x82
const IP_ADDRESS = 0x87

function tagged(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.byteLength)]), content])
}

function lengthOf(bytes: number): number[] {
  if (bytes < 0x80) return [bytes]
  return bytes < 0x1_00 ? [0x81, bytes] : [0x82, bytes >> 8, bytes & 0xff]
}

function sequence(...contents: Uint8Array[]): Buffer {
  return tagged(SEQUENCE, ...contents)
}

// The top bit is 0, or the number would be negative. The next is 1, because DER forbids leading zero bytes.
function integer(bytes: Uint8Array): Buffer {
  const positive = Buffer.from(bytes)
  positive[0] = ((positive[0] ?? 0) & 0x7f) | 0x40
  return tagged(INTEGER, positive)
}

function bitString(bytes: Uint8Array): Buffer {
  return tagged(BIT_STRING, Buffer.from([0]), bytes)
}

function objectId(hex: string): Buffer {
  return tagged(OBJECT_ID, Buffer.from(hex, 'hex'))
}

function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)
  return tagged(UTC_TIME, Buffer.from(`${digits}Z`))
}

function extension(id: string, value: Uint8Array, { critical = false } = {}): Buffer {
  const flag = critical ? [TRUE] : []
  return sequence(objectId(id), ...flag, tagged(OCTET_STRING, value))
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

const TRUE = tagged(BOOLEAN, Buffer.from([0xff]))
/** X.509 version 3, which is encoded as 2. */
const INTEGER_2 = tagged(INTEGER, Buffer.from([2]))
/** 1.2.840.10045.4.3.2 */
const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'))
/** 2.5.4.3, the common name. */
const NAME = sequence(
  tagged(SET, sequence(objectId('550403'), tagged(UTF8_STRING, Buffer.from('localhost')))),
)
/** 2.5.29.19, basic constraints: the certificate may be added to the authorities that a client trusts. */
const AUTHORITY = extension('551d13', sequence(TRUE), { critical: true })
/** 2.5.29.37 with 1.3.6.1.5.5.7.3.1: only servers may use it. */
const FOR_SERVERS = extension('551d25', sequence(objectId('2b06010505070301')))

// 2.5.29.17: clients check these and ignore the common name.
function alternativeNames(hosts: readonly string[]): Buffer {
  return extension(
    '551d11',
    sequence(
      ...['localhost', ...hosts].map((host) => tagged(DNS_NAME, Buffer.from(host))),
      tagged(IP_ADDRESS, Buffer.from([127, 0, 0, 1])),
      tagged(IP_ADDRESS, Buffer.from('00000000000000000000000000000001', 'hex')),
    ),
  )
}
