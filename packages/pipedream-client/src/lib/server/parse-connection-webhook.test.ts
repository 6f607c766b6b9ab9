import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { account } from '../../../test/samples.ts'
import { parseConnectionWebhook, PipedreamInputError, PipedreamWebhookError } from '../../server.ts'

const told = {
  connect_token: 'ctok_0123456789abcdef0123456789abcdef',
  environment: 'production',
}
const success = { event: 'CONNECTION_SUCCESS', ...told, account }
const failed = { event: 'CONNECTION_ERROR', ...told, error: 'Test request failed.' }

/** The source of a webhook with this spelling of the session id. */
const stringOf = (webhook: object, id = '140587280838728545991847938455793270784') =>
  `${JSON.stringify(webhook).slice(0, -1)},"connect_session_id":${id}}`

const failure = (call: () => unknown) => {
  try {
    return call()
  } catch (error) {
    return error
  }
}

test('a success contains the account', () => {
  const webhook = parseConnectionWebhook(stringOf(success))
  if (webhook.event !== 'CONNECTION_SUCCESS') throw new Error(webhook.event)
  expect(webhook).toMatchObject({
    connectToken: told.connect_token,
    projectEnvironment: 'production',
    account: { id: 'apn_Ex4mpl', externalUserId: 'ada', app: { slug: 'google_sheets' } },
    raw: { event: 'CONNECTION_SUCCESS' },
  })
  expect(webhook.account.createdAt).toBeInstanceOf(Date)
})

test('a failure contains the reason', () => {
  const webhook = parseConnectionWebhook(stringOf(failed))
  if (webhook.event !== 'CONNECTION_ERROR') throw new Error(webhook.event)
  expect(webhook).toMatchObject({ error: 'Test request failed.', projectEnvironment: 'production' })
})

test('bytes are read like a string', () => {
  const text = stringOf({ ...failed, error: 'Zoë' })
  expect(parseConnectionWebhook(Buffer.from(text))).toEqual(parseConnectionWebhook(text))
  expect(parseConnectionWebhook(Buffer.from(`\uFEFF${text}`))).toEqual(parseConnectionWebhook(text))
})

test.each([
  '140587280838728545991847938455793270784',
  '340282366920938463463374607431768211455',
  '1.4058728083872854e38',
  '7',
  '-0',
])('the session id %s keeps its spelling', (id) => {
  expect(parseConnectionWebhook(stringOf(failed, id)).connectSessionId).toBe(id)
})

test.each([
  ['a string', '"17"', '17'],
  ['null', 'null', null],
])('a session id that is %s is accepted', (_, id, read) => {
  expect(parseConnectionWebhook(stringOf(failed, id)).connectSessionId).toBe(read)
  expect(parseConnectionWebhook(JSON.stringify(failed)).connectSessionId).toBeNull()
})

test.each([
  ['in a string', { error: '"connect_session_id":1,' }],
  ['in a string that ends in backslashes', { error: '\\","connect_session_id":1,"a":"\\\\' }],
  ['deeper down', { deep: { connect_session_id: 1, list: [{ connect_session_id: 2 }] } }],
  ['under a key like it', { '"connect_session_id"': 1, '\\"connect_session_id': 2 }],
])('a session id %s is not mistaken for it', (_, decoy) => {
  const digits = '140587280838728545991847938455793270784'
  expect(parseConnectionWebhook(stringOf({ ...failed, ...decoy })).connectSessionId).toBe(digits)
  const first = `{"connect_session_id":${digits},${JSON.stringify({ ...failed, ...decoy }).slice(1)}`
  expect(parseConnectionWebhook(first).connectSessionId).toBe(digits)
})

test('the last of two session ids counts, and keys may be escaped, as in JSON.parse', () => {
  const text = stringOf(failed, String.raw`1, "connect\u005fsession_id" : 2`)
  expect(parseConnectionWebhook(text).connectSessionId).toBe('2')
})

test('finds the session id of the webhook itself, whatever surrounds it', () => {
  const nested = fc.object({
    key: fc.oneof(fc.string(), fc.constant('connect_session_id')),
    values: [fc.string(), fc.integer(), fc.constant('"connect_session_id":1'), fc.double()],
    maxDepth: 3,
  })
  const sample = fc.record({
    id: fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }).map(String),
    before: nested,
    after: nested,
    space: fc.constantFrom('', ' ', '\n\t'),
  })
  fc.assert(
    fc.property(sample, ({ id, before, after, space }) => {
      const webhook = { before, ...failed, connect_session_id: '@the-id@', after }
      const text = JSON.stringify(webhook, null, space).replace('"@the-id@"', id)
      expect(parseConnectionWebhook(text).connectSessionId).toBe(id)
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['nothing', ''],
  ['no JSON', '{"event":'],
  ['a list', '[]'],
  ['null', 'null'],
  ['another event', stringOf({ ...failed, event: 'ACCOUNT_GONE' })],
  ['no event', stringOf(told)],
  ['no connect token', stringOf({ ...failed, connect_token: undefined })],
  ['a success without an account', stringOf({ ...success, account: null })],
  ['an account without an id', stringOf({ ...success, account: { ...account, id: '' } })],
  ['an odd session id', stringOf(failed, '{}')],
])('%s is rejected without quoting the body', (_, body) => {
  const error = failure(() => parseConnectionWebhook(body))
  expect(error).toBeInstanceOf(PipedreamWebhookError)
  expect(error).toMatchObject({ code: 'ERR_BAD_WEBHOOK', check: 'body' })
  expect(String(error)).not.toContain('ctok_0')
})

test('bytes that are not UTF-8 are rejected', () => {
  const body = Buffer.concat([Buffer.from(stringOf(failed)), Buffer.from([0xff])])
  expect(failure(() => parseConnectionWebhook(body))).toMatchObject({ check: 'body' })
})

test('a parsed body is reported', () => {
  const parsed = failed as unknown as string
  const error = failure(() => parseConnectionWebhook(parsed))
  expect(error).toBeInstanceOf(PipedreamInputError)
  expect(error).toMatchObject({ code: 'ERR_INVALID_INPUT', input: 'rawBody' })
})

test('any body is either read or rejected', () => {
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc.uint8Array(),
    fc.constant('['.repeat(100_000)),
    fc
      .tuple(fc.constantFrom(success, failed), fc.string(), fc.jsonValue())
      .map(([webhook, key, value]) => stringOf({ ...webhook, [key]: value })),
    fc
      .tuple(fc.constantFrom(...Object.keys(success)), fc.jsonValue())
      .map(([key, value]) => stringOf({ ...success, [key]: value })),
  )
  const run = fc.check(
    fc.property(body, (body) => {
      const outcome = failure(() => parseConnectionWebhook(body))
      return !(outcome instanceof Error) || outcome instanceof PipedreamWebhookError
    }),
    { numRuns: 1000 },
  )
  expect(run).toMatchObject({ failed: false })
})
