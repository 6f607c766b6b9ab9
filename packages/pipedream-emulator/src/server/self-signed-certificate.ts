import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** Both as PEM text, as `node:https` takes them. */
export interface KeyAndCertificate {
  key: string
  cert: string
}

const DAY_MS = 86_400_000
/** Browsers refuse certificates of more than 398 days. */
const VALID_DAYS = 365

/** A new key, and a certificate for this machine's own names that it has signed itself; good for a year. */
export function createSelfSignedCertificate(now = new Date()): KeyAndCertificate {
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
    tagged(CONTEXT_3, sequence(...EXTENSIONS)),
  )
  const signature = sign('sha256', toBeSigned, privateKey)
  const der = sequence(toBeSigned, ECDSA_WITH_SHA256, bitString(signature))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: toPem(der),
  }
}

// The parts of DER (X.690) that a certificate (RFC 5280) needs: a tag, a length, and the content.
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
/** Of a name and of an address, among the alternative names. */
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

// A first bit of 0, since it would be a negative number, and not all bits, since that would be too long an encoding of it.
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
/** What X.509 version 3 calls itself. */
const INTEGER_2 = tagged(INTEGER, Buffer.from([2]))
/** 1.2.840.10045.4.3.2 */
const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'))
/** 2.5.4.3, the common name. */
const NAME = sequence(
  tagged(SET, sequence(objectId('550403'), tagged(UTF8_STRING, Buffer.from('localhost')))),
)
const EXTENSIONS = [
  // 2.5.29.17, the alternative names, which are the ones that clients look at.
  extension(
    '551d11',
    sequence(
      tagged(DNS_NAME, Buffer.from('localhost')),
      tagged(IP_ADDRESS, Buffer.from([127, 0, 0, 1])),
      tagged(IP_ADDRESS, Buffer.from('00000000000000000000000000000001', 'hex')),
    ),
  ),
  // 2.5.29.19: it may be put among the authorities that a client trusts.
  extension('551d13', sequence(TRUE), { critical: true }),
  // 2.5.29.37 with 1.3.6.1.5.5.7.3.1: for servers alone.
  extension('551d25', sequence(objectId('2b06010505070301'))),
]
