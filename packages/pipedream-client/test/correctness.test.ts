import { inspect } from 'node:util'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  type CallOptions,
  PipedreamAbortError,
  type PipedreamClient,
  PipedreamError,
  PipedreamTimeoutError,
} from '../src/server.ts'
import * as samples from './samples.ts'
import { accessToken, listOf, refuse, SECRETS, stubPipedream } from './stub-pipedream.ts'

// What the official SDK gets wrong: one test each, named after the promise.

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

type Call = (client: PipedreamClient, options?: CallOptions) => Promise<unknown>

const component = { key: 'slack-send-message', externalUserId: 'ada' }
const proxied = { url: 'https://a.example/b', externalUserId: 'ada', accountId: 'apn_1' }

const failure = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  )

const cut = (): Response => {
  throw new TypeError('fetch failed')
}

describe('no call with side effects is retried, unless it is repeatable', () => {
  const calls: [string, Call][] = [
    ['actions.run', ({ actions }, options) => actions.run(component, options)],
    ['triggers.deploy', ({ triggers }, options) => triggers.deploy(component, options)],
    [
      'connectTokens.create',
      ({ connectTokens }, options) => connectTokens.create({ externalUserId: 'ada' }, options),
    ],
    [
      'proxy.request by POST',
      ({ proxy }, options) => proxy.request({ ...proxied, method: 'POST', json: {} }, options),
    ],
    [
      'proxy.request by PATCH',
      ({ proxy }, options) => proxy.request({ ...proxied, method: 'PATCH', json: {} }, options),
    ],
    ['actions.reloadProps', ({ actions }, options) => actions.reloadProps(component, options)],
    [
      'deployedTriggers.webhooks.regenerateSigningKey',
      ({ deployedTriggers }, options) =>
        deployedTriggers.webhooks.regenerateSigningKey(
          'dc_1',
          { ...component, webhookId: 'wh_1' },
          options,
        ),
    ],
  ]
  const failures: [string, () => Response][] = [
    ['408', () => refuse(408)],
    ['429', () => refuse(429, { 'retry-after': '0' })],
    ['500', () => refuse(500)],
    ['503', () => refuse(503)],
    ['a lost response', cut],
  ]

  test.each(calls)('%s', async (_, call) => {
    for (const [, onCall] of failures) {
      const { client, calls } = stubPipedream({ onCall })
      const error = failure(call(client))
      await vi.runAllTimersAsync()
      expect(await error).toBeInstanceOf(PipedreamError)
      expect(calls).toHaveLength(1)
    }
  })

  test.each(calls)('%s, when it is repeatable', async (_, call) => {
    for (const [, onCall] of failures) {
      const { client, calls } = stubPipedream({ onCall })
      const error = failure(call(client, { repeatable: true }))
      await vi.runAllTimersAsync()
      expect(await error).toBeInstanceOf(PipedreamError)
      expect(calls).toHaveLength(3)
    }
  })

  test('nor is a GET that is not repeatable', async () => {
    const { client, calls } = stubPipedream({ onCall: () => refuse(503) })
    await failure(client.accounts.list({}, { repeatable: false }))
    expect(calls).toHaveLength(1)
  })
})

test('a rejected access token is replaced once, and the call is sent again', async () => {
  const { client, calls, tokenRequests } = stubPipedream({
    onCall: ({ accessToken }) =>
      accessToken === 'access-1' ? refuse(401) : Response.json(samples.actionRun),
  })
  await expect(client.actions.run(component)).resolves.toMatchObject({ ok: true })
  expect(calls).toHaveLength(2)
  expect(tokenRequests).toHaveLength(2)
})

test('64 concurrent callers at the expiry boundary cost one token request and no failed call', async () => {
  const { client, calls, tokenRequests } = stubPipedream({
    onCall: () => listOf([]),
    onToken: (_, index) => Response.json(accessToken(`access-${index}`, 3600)),
  })
  await client.accounts.list()
  for (const aheadMs of [120_001, 1, 0]) {
    vi.setSystemTime(Date.now() + 3_600_000 - aheadMs)
    const before = tokenRequests.length
    const outcomes = await Promise.allSettled(
      Array.from({ length: 64 }, (_, index) =>
        index % 2 === 0 ? client.accounts.list() : client.proxy.request(proxied),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([])
    expect(tokenRequests.length - before).toBeLessThanOrEqual(1)
  }
  expect(tokenRequests).toHaveLength(3)
  expect(calls).toHaveLength(193)
})

test('aborts and timeouts have their own classes', async () => {
  const { client } = stubPipedream({ onCall: () => new Promise(() => {}) })
  const calls: Call[] = [
    ({ actions }, options) => actions.run(component, options),
    ({ proxy }, options) => proxy.request(proxied, options),
    ({ fileStash }, options) => fileStash.download('1day/a/b/c/u/d', options),
  ]
  for (const call of calls) {
    const late = failure(call(client, { timeoutMs: 1000 }))
    const controller = new AbortController()
    const left = failure(call(client, { signal: controller.signal }))
    await vi.advanceTimersByTimeAsync(1000)
    controller.abort(new Error('The page was closed.'))
    expect(await late).toBeInstanceOf(PipedreamTimeoutError)
    expect(await left).toBeInstanceOf(PipedreamAbortError)
  }
})

describe('errors carry status, code, method, URL and request id, and never a body or a secret', () => {
  const secrets = [SECRETS.clientSecret, 'access-1', 'typed-by-the-user-1', 'query-secret-1']
  const url = 'https://a.example/b?key=query-secret-1'
  const body = 'typed-by-the-user-1'
  const calls: [string, string, Call][] = [
    [
      'actions.run',
      '/actions/run',
      ({ actions }) => actions.run({ ...component, configuredProps: { body } }),
    ],
    [
      'proxy.request',
      '/proxy/...',
      ({ proxy }) => proxy.request({ ...proxied, url, method: 'POST', json: { body } }),
    ],
    [
      'triggers.deploy',
      '/triggers/deploy',
      ({ triggers }) => triggers.deploy({ ...component, configuredProps: { body } }),
    ],
  ]

  test.each(calls)('%s', async (_, path, call) => {
    const { client } = stubPipedream({
      onCall: () =>
        Response.json(
          { error: `Not allowed: ${secrets.join(' ')}` },
          { status: 403, headers: { 'x-request-id': 'req-42' } },
        ),
    })
    const error = await failure(call(client))
    expect(error).toMatchObject({
      code: 'ERR_FORBIDDEN',
      status: 403,
      method: 'POST',
      url: `https://api.pipedream.com/v1/connect/proj_stub${path}`,
      requestId: 'req-42',
    })
    const told = `${inspect(error, { depth: 10, showHidden: true })} ${JSON.stringify(error)}`
    for (const secret of secrets) expect(told).not.toContain(secret)
  })
})

describe('path parameters cannot traverse', () => {
  const owner = { externalUserId: 'ada' }
  const calls: [string, (client: PipedreamClient, id: string) => Promise<unknown>, string?][] = [
    ['components.get', ({ components }, id) => components.get(id)],
    ['actions.get', ({ actions }, id) => actions.get(id)],
    ['triggers.get', ({ triggers }, id) => triggers.get(id)],
    ['deployedTriggers.get', ({ deployedTriggers }, id) => deployedTriggers.get(id, owner)],
    ['deployedTriggers.delete', ({ deployedTriggers }, id) => deployedTriggers.delete(id, owner)],
    [
      'deployedTriggers.webhooks.get',
      ({ deployedTriggers }, id) =>
        deployedTriggers.webhooks.get('dc_1', { ...owner, webhookId: id }),
    ],
    ['accounts.delete', ({ accounts }, id) => accounts.delete(id)],
    ['accounts.deleteByApp', ({ accounts }, id) => accounts.deleteByApp(id)],
    ['users.delete', ({ users }, id) => users.delete(id)],
    ['apps.get', ({ apps }, id) => apps.get(id)],
    ['oauthApps.delete', ({ oauthApps }, id) => oauthApps.delete(id)],
    ['appOverrides.delete', ({ appOverrides }, id) => appOverrides.delete(id)],
    ['projects.delete', ({ projects }, id) => projects.delete(id), 'proj_1'],
    ['appCategories.get', ({ appCategories }, id) => appCategories.get(id)],
    ['connectTokens.validate', ({ connectTokens }, id) => connectTokens.validate(id)],
  ]
  const evil = [
    '.',
    '..',
    '../x',
    '..%2fx',
    '%2e%2e',
    '\\..',
    'a/b',
    'a?b',
    'a#b',
    '',
    ' ',
    '\uD800',
  ]
  const id = fc.oneof(fc.constantFrom(...evil), fc.string({ unit: 'binary' }))

  test.each(calls)('%s', async (_, call, good = 'ctok_1') => {
    // The path for a harmless id: no other id may lead deeper, or elsewhere.
    const depth = async (id: string) => {
      const { client, calls } = stubPipedream({ onCall: () => refuse(404), maxRetries: 0 })
      const error = await failure(call(client, id))
      const [sent] = calls
      if (sent === undefined) return error
      return new URL(sent.url).pathname.split('/').length
    }
    const harmless = await depth(good)
    expect(harmless).toBeGreaterThan(3)
    await fc.assert(
      fc.asyncProperty(id, async (id) => {
        expect([harmless, expect.objectContaining({ code: 'ERR_INVALID_INPUT' })]).toContainEqual(
          await depth(id),
        )
      }),
      { numRuns: 100 },
    )
  })
})

test.each<[string, Call]>([
  ['actions.run', ({ actions }) => actions.run(component)],
  ['actions.get', ({ actions }) => actions.get('a')],
  ['triggers.list', ({ triggers }) => triggers.list()],
  ['deployedTriggers.get', ({ deployedTriggers }) => deployedTriggers.get('dc_1', component)],
])('a 2xx that does not match the contract is ERR_BAD_RESPONSE: %s', async (_, call) => {
  for (const body of [
    '<html>Sign in</html>',
    '{',
    '[]',
    '{}',
    'null',
    '"a"',
    '{"data":{"id":1}}',
  ]) {
    for (const status of [200, 202]) {
      const { client, calls } = stubPipedream({ onCall: () => new Response(body, { status }) })
      expect(await failure(call(client))).toMatchObject({ code: 'ERR_BAD_RESPONSE' })
      expect(calls).toHaveLength(1)
    }
  }
})

test('a controller in place of a signal is rejected immediately, and not in a timer', async () => {
  const { client, calls } = stubPipedream()
  const signal: unknown = new AbortController()
  await expect(client.accounts.list({}, { signal: signal as AbortSignal })).rejects.toMatchObject({
    code: 'ERR_INVALID_INPUT',
    input: 'signal',
  })
  expect(calls).toHaveLength(0)
})

test('a response that does not match the contract carries its status and request id', async () => {
  const { client } = stubPipedream({
    onCall: () => new Response('oops', { status: 200, headers: { 'x-request-id': 'req-1' } }),
  })
  await expect(client.accounts.list()).rejects.toMatchObject({
    code: 'ERR_BAD_RESPONSE',
    status: 200,
    requestId: 'req-1',
  })
})

test('a call whose result is returned only once is not retried', async () => {
  const { client, calls } = stubPipedream({ onCall: () => refuse(503) })
  await expect(
    client.projectWebhook.update({ url: 'https://app.example.com/hooks' }),
  ).rejects.toMatchObject({ code: 'ERR_UPSTREAM' })
  expect(calls).toHaveLength(1)
})
