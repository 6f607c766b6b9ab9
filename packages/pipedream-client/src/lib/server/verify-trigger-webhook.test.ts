import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  PipedreamInputError,
  PipedreamWebhookError,
  verifyTriggerWebhook,
  type VerifyTriggerWebhookInput,
} from '../../server.ts'

const signingKey = '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'
const body = '{"text":"hello"}'
const seconds = 1_767_225_600
const now = new Date(seconds * 1000)
// Computed with another library, so that signing and verifying cannot share a mistake.
const v1 = 'fdddfe62a9078aef5ae335265c775e52b54f70996c6bfb2346f1a46136ceb0b9'
const signature = `t=${seconds},v1=${v1}`

const verify = (input: Partial<VerifyTriggerWebhookInput> = {}) =>
  verifyTriggerWebhook({
    body,
    headers: { 'x-pd-signature': signature },
    signingKey,
    now,
    ...input,
  })

const withSignature = (signature: string) => verify({ headers: { 'x-pd-signature': signature } })

const failure = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  )

const hmac = (key: string, time: string, bytes: string | Uint8Array) =>
  createHmac('sha256', key).update(`${time}.`).update(bytes).digest('hex')

test('a valid signature is accepted, and the headers are returned', async () => {
  const headers = {
    'x-pd-signature': signature,
    'x-pd-emitter-id': 'dc_Ex4mpl',
    'x-pd-external-user-id': 'ada',
    'x-pd-project-id': 'proj_AbC123',
    'x-pd-environment': 'development',
  }
  await expect(verify({ headers })).resolves.toEqual({
    timestamp: now,
    emitterId: 'dc_Ex4mpl',
    externalUserId: 'ada',
    projectId: 'proj_AbC123',
    projectEnvironment: 'development',
  })
  await expect(verify()).resolves.toMatchObject({ emitterId: null, projectEnvironment: null })
})

test.each([
  ['Headers', new Headers({ 'X-PD-Signature': signature })],
  ['an object in any case', { 'X-Pd-Signature': signature }],
  ['an object with lists', { 'x-pd-signature': [signature] }],
  ['an object that holds a header called get', { 'x-pd-signature': signature, get: 'x' }],
  ['a look-up', { get: (name: string) => (name === 'x-pd-signature' ? signature : undefined) }],
])('the headers may be %s', async (_, headers) => {
  await expect(verify({ headers })).resolves.toMatchObject({ timestamp: now })
})

test('the body may be bytes, and need not be valid UTF-8', async () => {
  await expect(verify({ body: Buffer.from(body) })).resolves.toMatchObject({ timestamp: now })
  const bytes = Uint8Array.from([0, 255, 254, 10])
  const headers = { 'x-pd-signature': `t=${seconds},v1=${hmac(signingKey, `${seconds}`, bytes)}` }
  await expect(verify({ body: bytes, headers })).resolves.toMatchObject({ timestamp: now })
})

const other = 'ab'.repeat(32)
test.each([
  ['first', `t=${seconds},v1=${v1},v1=${other}`],
  ['last', `t=${seconds},v1=${other},v1=${v1}`],
  ['after spaces', ` t=${seconds} , v1=${other} , v1=${v1} `],
  ['before the time', `v1=${v1},t=${seconds}`],
  ['with other versions', `t=${seconds},v0=x,v2=y,v1=${v1}`],
  ['with a malformed one', `t=${seconds},v1=short,v1=${v1}`],
  ['in capitals', `t=${seconds},v1=${v1.toUpperCase()}`],
])('one valid signature is enough: %s', async (_, signature) => {
  await expect(withSignature(signature)).resolves.toMatchObject({ timestamp: now })
})

test.each([
  [0, -300_000],
  [300_000, 300_000],
  [-300_000, 300_000],
  [1000, 1000],
  [0, 0],
])('signed %d ms from now is accepted within %d ms', async (offsetMs, toleranceMs) => {
  const at = new Date(now.getTime() + offsetMs)
  const input = toleranceMs < 0 ? { now: at } : { now: at, toleranceMs }
  await expect(verify(input)).resolves.toMatchObject({ timestamp: now })
})

test.each([
  ['too-old', 300_001, undefined],
  ['too-new', -300_001, undefined],
  ['too-old', 1001, 1000],
  ['too-new', -1, 0],
])('%s when signed %d ms ago, tolerance %s', async (check, agoMs, toleranceMs) => {
  const call = verify({ now: new Date(now.getTime() + agoMs), toleranceMs })
  expect(await failure(call)).toMatchObject({ code: 'ERR_BAD_WEBHOOK', check })
})

test('uses this machine’s clock by default', async () => {
  const call = verify({ now: undefined })
  expect(await failure(call)).toMatchObject({ check: 'too-old' })
})

test.each([
  ['another key', { signingKey: signingKey.replace('0', '1') }],
  ['another body', { body: `${body} ` }],
  ['another time', { headers: { 'x-pd-signature': `t=${seconds + 1},v1=${v1}` } }],
  ['a time written otherwise', { headers: { 'x-pd-signature': `t=0${seconds},v1=${v1}` } }],
  ['another signature', { headers: { 'x-pd-signature': `t=${seconds},v1=${other}` } }],
])('signature-mismatch: %s', async (_, input) => {
  const error = await failure(verify(input))
  expect(error).toBeInstanceOf(PipedreamWebhookError)
  expect(error).toMatchObject({ code: 'ERR_BAD_WEBHOOK', check: 'signature-mismatch' })
  expect(String(error)).not.toContain(signingKey.slice(0, 16))
})

test.each([{}, new Headers(), { 'x-pd-signature': undefined }, { 'x-pd-signature': [] }])(
  'signature-missing: %o',
  async (headers) => {
    expect(await failure(verify({ headers }))).toMatchObject({ check: 'signature-missing' })
  },
)

test.each([
  '',
  'v1',
  v1,
  `v1=${v1}`,
  `t=${seconds}`,
  `t=,v1=${v1}`,
  `t=now,v1=${v1}`,
  `t=-1,v1=${v1}`,
  `t=1e9,v1=${v1}`,
  `t=${'9'.repeat(400)},v1=${v1}`,
  `t=${seconds},t=${seconds},v1=${v1}`,
  `t=${seconds},v1=${v1}0`,
  `t=${seconds},v1=${v1.slice(1)}g`,
  `T=${seconds},V1=${v1}`,
  `t=${seconds}${`,v1=${v1}`.repeat(1000)}`,
])('signature-malformed: %s', async (signature) => {
  expect(await failure(withSignature(signature))).toMatchObject({ check: 'signature-malformed' })
})

test('contradicting headers are rejected', async () => {
  const headers = { 'x-pd-signature': signature, 'X-PD-Signature': `t=${seconds + 1},v1=${v1}` }
  expect(await failure(verify({ headers }))).toMatchObject({ check: 'signature-malformed' })
})

test.each([
  ['signingKey', { signingKey: '' }],
  ['signingKey', { signingKey: undefined as unknown as string }],
  ['toleranceMs', { toleranceMs: -1 }],
  ['toleranceMs', { toleranceMs: Number.NaN }],
  ['toleranceMs', { toleranceMs: Number.POSITIVE_INFINITY }],
  ['now', { now: new Date(Number.NaN) }],
  ['body', { body: { text: 'hello' } as unknown as string }],
])('an invalid %s is reported', async (input, wrong) => {
  const error = await failure(verify(wrong))
  expect(error).toBeInstanceOf(PipedreamInputError)
  expect(error).toMatchObject({ code: 'ERR_INVALID_INPUT', input })
})

test('any signed body is verified, and any changed one is rejected', async () => {
  const bytes = fc.uint8Array({ maxLength: 200 })
  await fc.assert(
    fc.asyncProperty(bytes, fc.string({ minLength: 1 }), fc.nat(), async (body, key, at) => {
      fc.pre(key.trim() !== '')
      const headers = { 'x-pd-signature': `t=${seconds},v1=${hmac(key, `${seconds}`, body)}` }
      const input = { headers, signingKey: key, body }
      await expect(verify(input)).resolves.toMatchObject({ timestamp: now })
      const changed = Uint8Array.from([...body, 0])
      const place = at % changed.length
      changed[place] = ((changed[place] ?? 0) + 1) % 256
      const error = await failure(verify({ ...input, body: changed }))
      expect(error).toMatchObject({ check: 'signature-mismatch' })
    }),
  )
})

test('hostile headers are rejected', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      't=',
      `t=${seconds}`,
      'v1=',
      `v1=${other}`,
      ',',
      '=',
      '__proto__',
      'constructor',
    ),
    fc.string(),
  )
  const value = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(','))
  const name = fc.oneof(
    fc.constantFrom('x-pd-signature', 'X-PD-SIGNATURE', '__proto__', 'get'),
    fc.string(),
  )
  const headers = fc.dictionary(name, fc.oneof(value, fc.array(value, { maxLength: 3 })))
  await fc.assert(
    fc.asyncProperty(headers, async (headers) => {
      expect(await failure(verify({ headers }))).toBeInstanceOf(PipedreamWebhookError)
    }),
    { numRuns: 500 },
  )
})
