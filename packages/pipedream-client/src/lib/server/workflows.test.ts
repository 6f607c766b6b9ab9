import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { refuse, stubPipedream } from '../../../test/stub-pipedream.ts'
import type { InvokeWorkflowInput } from '../../server.ts'

const ok = () => Response.json({ done: true })
const cut = (): Response => {
  throw new TypeError('fetch failed')
}
const failure = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  )

test.each([
  ['eoabc123', 'https://eoabc123.m.pipedream.net/'],
  ['en-abc', 'https://en-abc.m.pipedream.net/'],
  ['https://eoabc.m.pipedream.net', 'https://eoabc.m.pipedream.net/'],
  [
    'https://EOabc.M.pipedream.net/Path/x?Q=1&z=%20#f',
    'https://eoabc.m.pipedream.net/Path/x?Q=1&z=%20',
  ],
])(
  '%s is invoked at %s: path and query are kept, and the response is given back',
  async (endpoint, url) => {
    const { client, elsewhere, tokenRequests } = stubPipedream({ onElsewhere: ok })
    const response = await client.workflows.invoke({ endpoint, json: { a: 1 } })
    expect(await response.json()).toEqual({ done: true })
    expect(elsewhere).toMatchObject([{ method: 'POST', url, body: '{"a":1}' }])
    expect(elsewhere[0]?.headers).toEqual({
      accept: '*/*',
      'content-type': 'application/json',
      'x-pd-environment': 'development',
    })
    expect(tokenRequests).toHaveLength(0)
  },
)

test.each<[string, Partial<InvokeWorkflowInput>, Record<string, string>]>([
  ['none', { auth: 'none' }, {}],
  ['the access token', { auth: 'oauth' }, { authorization: 'Bearer access-1' }],
  ['a token of its own', { auth: { bearer: 'own-1' } }, { authorization: 'Bearer own-1' }],
  [
    'the access token and a user',
    { externalUserId: 'ada' },
    { authorization: 'Bearer access-1', 'x-pd-external-user-id': 'ada' },
  ],
])('a workflow receives its caller: %s', async (_, input, headers) => {
  const { client, elsewhere } = stubPipedream({ onElsewhere: ok })
  await client.workflows.invoke({ endpoint: 'eoabc', method: 'GET', ...input })
  expect(elsewhere[0]?.headers).toEqual({
    accept: '*/*',
    'x-pd-environment': 'development',
    ...headers,
  })
})

test('the caller’s headers are forwarded, except for the client’s own', async () => {
  const { client, elsewhere } = stubPipedream({ onElsewhere: ok })
  const headers = { 'X-A': '1', Authorization: 'Bearer other', 'X-PD-Environment': 'production' }
  await client.workflows.invoke({ endpoint: 'eoabc', auth: 'oauth', headers })
  expect(elsewhere[0]?.headers).toMatchObject({
    'x-a': '1',
    authorization: 'Bearer access-1',
    'x-pd-environment': 'development',
  })
})

test.each([
  'https://evilm.pipedream.net/x',
  'https://m.pipedream.net/x',
  'https://m.pipedream.net.evil.example/',
  'https://eoabc.m.pipedream.net.:443@evil.example/',
  'https://evil.example/eoabc.m.pipedream.net',
  'https://evil.example\\@eoabc.m.pipedream.net',
  'https://evil.example#.m.pipedream.net',
  'http://eoabc.m.pipedream.net/',
  'https://user:password@eoabc.m.pipedream.net/',
  '//eoabc.m.pipedream.net/',
  'eoabc.m.pipedream.net',
  'eoabc/../x',
  'abc123',
  '',
  undefined as unknown as string,
])('no token is sent to %s', async (endpoint) => {
  for (const auth of ['oauth', 'none', { bearer: 'own-1' }] as const) {
    const { client, elsewhere, tokenRequests } = stubPipedream({ onElsewhere: ok })
    const error = await failure(client.workflows.invoke({ endpoint, auth }))
    expect(error).toMatchObject({ code: 'ERR_INVALID_INPUT', input: 'endpoint' })
    expect([...elsewhere, ...tokenRequests]).toHaveLength(0)
  }
})

test('a workspace may have its own domain, whose siblings are not trusted', async () => {
  const { client, elsewhere } = stubPipedream({
    onElsewhere: ok,
    workflowDomain: 'Hooks.example.com',
  })
  await client.workflows.invoke({ endpoint: 'eoabc' })
  expect(elsewhere[0]?.url).toBe('https://eoabc.hooks.example.com/')
  const evil = { endpoint: 'https://evilhooks.example.com/', auth: 'oauth' } as const
  await expect(client.workflows.invoke(evil)).rejects.toMatchObject({ input: 'endpoint' })
})

test.each(['', 'https://m.pipedream.net', 'net', '.m.pipedream.net', 'a..b'])(
  'the domain %o is rejected',
  (workflowDomain) => {
    expect(() => stubPipedream({ workflowDomain })).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIGURATION', input: 'workflowDomain' }),
    )
  },
)

test.each<[string, Partial<InvokeWorkflowInput>]>([
  ['auth', { auth: { bearer: 'a\r\nb' } }],
  ['auth', { auth: 'none', externalUserId: 'ada' }],
  ['auth', { auth: 'basic' as 'none' }],
  ['externalUserId', { externalUserId: ' ' }],
  ['externalUserId', { externalUserId: 'é' }],
  ['method', { method: 'CONNECT' as 'GET' }],
  ['headers', { headers: { 'x-a': 'a\nb' } }],
])('an invalid %s is rejected before anything is sent', async (input, wrong) => {
  const { client, elsewhere, tokenRequests } = stubPipedream({ onElsewhere: ok })
  const error = await failure(client.workflows.invoke({ endpoint: 'eoabc', ...wrong }))
  expect(error).toMatchObject({ code: 'ERR_INVALID_INPUT', input })
  expect([...elsewhere, ...tokenRequests]).toHaveLength(0)
})

test.each([200, 302, 400, 401, 404, 429, 500])('its response is returned: %i', async (status) => {
  const { client, elsewhere } = stubPipedream({ onElsewhere: () => refuse(status) })
  const response = await client.workflows.invoke({ endpoint: 'eoabc', auth: 'oauth' })
  expect(response).toMatchObject({ status, ok: status === 200 })
  expect(await response.json()).toEqual({ error: 'The stub refuses.' })
  expect(elsewhere).toHaveLength(1)
})

test('the workflow’s own token is never part of an error', async () => {
  const { client } = stubPipedream({
    onElsewhere: cut,
  })
  const auth = { bearer: 'secret-1' }
  const error = await failure(client.workflows.invoke({ endpoint: 'eoabc', auth }))
  expect(error).toMatchObject({ code: 'ERR_NETWORK', url: 'https://eoabc.m.pipedream.net/' })
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('secret-1')
})

describe('with time passing', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test.each(['GET', 'POST', 'PUT'] as const)(
    'a %s is never retried by default, because it runs the workflow',
    async (method) => {
      const { client, elsewhere } = stubPipedream({ onElsewhere: cut })
      const input = { endpoint: 'eoabc', method }
      await failure(client.workflows.invoke(input))
      expect(elsewhere).toHaveLength(1)
      const again = failure(client.workflows.invoke(input, { repeatable: true }))
      await vi.runAllTimersAsync()
      expect(await again).toMatchObject({ code: 'ERR_NETWORK' })
      expect(elsewhere).toHaveLength(4)
    },
  )

  test('an old access token that is rejected is replaced once', async () => {
    const { client, elsewhere } = stubPipedream({
      onElsewhere: ({ accessToken }) => (accessToken === 'access-2' ? ok() : refuse(401)),
    })
    const invoke = () => client.workflows.invoke({ endpoint: 'eoabc', auth: 'oauth' })
    expect((await invoke()).status).toBe(401)
    vi.advanceTimersByTime(120_000)
    expect((await invoke()).status).toBe(200)
    expect(elsewhere).toHaveLength(3)
  })
})
