import { inspect } from 'node:util'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { refuse, stubPipedream, type StubRequest } from '../../../test/stub-pipedream.ts'
import type { BodyInput, ProxyRequest } from '../../server.ts'

const owner = { externalUserId: 'ada', accountId: 'apn_1' }
const messages: ProxyRequest = { ...owner, url: 'https://slack.example/api/messages' }

const targetOf = ({ path }: StubRequest) =>
  Buffer.from(path.split('/').at(-1)?.split('?')[0] ?? '', 'base64url').toString()

const ok = () => Response.json({ ok: true })
const failure = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  )

const stream = () => new Blob(['x']).stream()

const own503 = () => refuse(503)
const upstream503 = () => Response.json({ message: 'busy' }, { status: 503 })
const cut = (): Response => {
  throw new TypeError('fetch failed')
}

const times = async (
  onCall: () => Response,
  input: Partial<ProxyRequest>,
  repeatable?: boolean,
) => {
  const { client, calls } = stubPipedream({ onCall })
  const outcome = failure(client.proxy.request({ ...messages, ...input }, { repeatable }))
  await vi.runAllTimersAsync()
  await outcome
  return calls.length
}

/** A client whose access token was first used ten minutes ago. */
const old = async (onCall: (request: StubRequest) => Response) => {
  const stub = stubPipedream({
    onCall: (request) => (request.path.includes('/proxy/') ? onCall(request) : Response.json([])),
  })
  await stub.client.appCategories.list()
  vi.advanceTimersByTime(600_000)
  stub.calls.length = 0
  return stub
}

/** Sends a body through the proxy, and returns it as it arrived. */
const send = async (input: BodyInput, headers?: Record<string, string>) => {
  const { client, calls } = stubPipedream({ onCall: ok })
  await client.proxy.request({ ...messages, method: 'POST', headers, ...input })
  const [call] = calls
  if (call === undefined) throw new Error('Nothing was sent.')
  const type = call.headers['content-type'] ?? ''
  expect(call.headers['x-pd-proxy-content-type']).toBe(type)
  const sent = new Response(call.body as BodyInit, { headers: { 'content-type': type } })
  return { type, sent }
}

describe('the request', () => {
  test('contains user and account, and the caller’s headers with a prefix', async () => {
    const { client, calls } = stubPipedream({ onCall: ok })
    await client.proxy.request({
      url: 'https://slack.example/api/messages',
      externalUserId: 'u 1',
      accountId: 'apn_1',
      headers: { Accept: 'application/pdf', 'X-Custom': 'v', 'x-pd-proxy-x-own': 'w' },
    })
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({
      method: 'GET',
      path: expect.stringMatching(
        /^\/v1\/connect\/proj_stub\/proxy\/[\w-]+\?external_user_id=u%201&account_id=apn_1$/,
      ),
      body: undefined,
      accessToken: 'access-1',
    })
    expect(calls[0]?.headers).toEqual({
      accept: '*/*',
      authorization: 'Bearer access-1',
      'x-pd-environment': 'development',
      'x-pd-proxy-accept': 'application/pdf',
      'x-pd-proxy-x-custom': 'v',
      'x-pd-proxy-x-own': 'w',
    })
  })

  test('accepts Headers, and counts against the caller’s limit', async () => {
    const { client, calls } = stubPipedream({ onCall: ok, rateLimitToken: 'limit-1' })
    await client.proxy.request({ ...messages, headers: new Headers({ 'X-A': '1' }) })
    expect(calls[0]).toMatchObject({
      rateLimitToken: 'limit-1',
      headers: { 'x-pd-proxy-x-a': '1' },
    })
  })

  test.each<[string, ProxyRequest['query'], string]>([
    ['https://a.example/b', { x: 1, y: 'a b' }, 'https://a.example/b?x=1&y=a%20b'],
    ['https://a.example/b?c=d', { x: ['1', '2'], n: null }, 'https://a.example/b?c=d&x=1&x=2'],
    ['https://a.example/b?', { x: true }, 'https://a.example/b?x=true'],
    ['https://a.example/b?c=d', { n: undefined }, 'https://a.example/b?c=d'],
    ['/api/v2/tickets.json', { page: 2 }, '/api/v2/tickets.json?page=2'],
    ['https://a.example/%2F~é?Q=%20', undefined, 'https://a.example/%2F~é?Q=%20'],
  ])('appends the query to %s and keeps the rest', async (url, query, expected) => {
    const { client, calls } = stubPipedream({ onCall: ok })
    await client.proxy.request({ ...owner, url, query })
    expect(calls.map(targetOf)).toEqual([expected])
  })

  test('any target arrives unchanged, without padding, or is rejected before anything is sent', async () => {
    const url = fc.oneof(
      fc.webUrl({ withQueryParameters: true }),
      fc.string({ unit: 'binary' }).map((text) => `https://a.example/${text}`),
      fc.string({ unit: 'binary' }).map((text) => `/${text}`),
      fc.string({ unit: 'binary' }),
    )
    await fc.assert(
      fc.asyncProperty(url, async (url) => {
        const { client, calls, tokenRequests } = stubPipedream({ onCall: ok })
        const error = await failure(client.proxy.request({ ...owner, url }))
        const refused = expect.objectContaining({ code: 'ERR_INVALID_INPUT', input: 'url' })
        expect([
          { error: refused, requests: 0, targets: [] },
          { error: undefined, requests: 1, targets: [url] },
        ]).toContainEqual({ error, requests: tokenRequests.length, targets: calls.map(targetOf) })
        const path =
          /^\/v1\/connect\/proj_stub\/proxy\/[\w-]+\?external_user_id=ada&account_id=apn_1$/
        expect(calls.filter((call) => !path.test(call.path))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    '',
    'slack.example/api',
    '//evil.example/api',
    '/\\evil.example',
    'ftp://a.example/',
    'https://',
    'https:///b',
    'https://a.example/b#c',
    'https://a.example/b c',
    'https://a.example/\r\nx: 1',
    'javascript:alert(1)',
    undefined as unknown as string,
  ])('to %o is rejected before anything is sent', async (url) => {
    const { client, tokenRequests } = stubPipedream()
    await expect(client.proxy.request({ ...owner, url })).rejects.toMatchObject({
      code: 'ERR_INVALID_INPUT',
      input: 'url',
    })
    expect(tokenRequests).toHaveLength(0)
  })

  test.each([
    'Cookie',
    'host',
    'Accept-Encoding',
    'content-length',
    'Origin',
    'Referer',
    'Sec-Fetch-Mode',
    'proxy-authorization',
    'X-PD-Proxy-Cookie',
    'transfer-encoding',
  ])(
    'with the header %s, which Pipedream refuses, is refused before anything is sent',
    async (name) => {
      const { client, tokenRequests } = stubPipedream()
      const error = await failure(
        client.proxy.request({ ...messages, headers: { [name]: 'secret-1' } }),
      )
      expect(error).toMatchObject({ code: 'ERR_INVALID_INPUT', input: 'headers' })
      expect(inspect(error)).not.toContain('secret-1')
      expect(tokenRequests).toHaveLength(0)
    },
  )

  test.each([
    { 'x-a': 'secret-1\r\nx-b: 2' },
    { 'x-a': 'secret-1 €' },
    { 'x a': 'secret-1' },
    { 'x-a': 7 as unknown as string },
  ])('with a header that cannot be sent is rejected without quoting it (%#)', async (headers) => {
    const { client } = stubPipedream()
    const error = await failure(client.proxy.request({ ...messages, headers }))
    expect(error).toMatchObject({ code: 'ERR_INVALID_INPUT', input: 'headers' })
    expect(inspect(error)).not.toContain('secret-1')
  })

  test.each<[string, Partial<ProxyRequest>]>([
    ['method', { method: 'TRACE' as 'GET' }],
    ['method', { method: 'get' as 'GET' }],
    ['method', { method: 'GET', body: 'x' }],
    ['method', { json: {} }],
    ['externalUserId', { externalUserId: ' ' }],
    ['externalUserId', { externalUserId: '\uD800' }],
    ['accountId', { accountId: '' }],
    ['json', { method: 'POST', json: { a: 1 }, body: 'a' }],
    ['json', { method: 'POST', json: { a: 1n } }],
    ['json', { method: 'POST', json: () => {} }],
    ['body', { method: 'POST', body: { a: 1 } as unknown as string }],
    ['body', { method: 'POST', body: null as unknown as string }],
  ])('with an invalid %s is rejected before anything is sent', async (input, wrong) => {
    const { client, tokenRequests } = stubPipedream()
    const call = client.proxy.request({ ...messages, ...wrong })
    await expect(call).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT', input })
    expect(tokenRequests).toHaveLength(0)
  })
})

describe('the body', () => {
  test.each<[string, BodyInput, string, string]>([
    [
      'a JSON object',
      { json: { text: 'hi', a_b: [1] } },
      'application/json',
      '{"text":"hi","a_b":[1]}',
    ],
    ['a JSON list', { json: [1, null] }, 'application/json', '[1,null]'],
    ['a JSON text', { json: 'a' }, 'application/json', '"a"'],
    ['JSON null', { json: null }, 'application/json', 'null'],
    ['a string', { body: 'é' }, 'text/plain;charset=UTF-8', 'é'],
    ['an empty text', { body: '' }, 'text/plain;charset=UTF-8', ''],
    [
      'a search',
      { body: new URLSearchParams({ a: 'b c' }) },
      'application/x-www-form-urlencoded;charset=UTF-8',
      'a=b+c',
    ],
    ['a blob', { body: new Blob(['x'], { type: 'image/png' }) }, 'image/png', 'x'],
    ['a blob of no type', { body: new Blob(['x']) }, 'application/octet-stream', 'x'],
  ])('is %s', async (_, input, ...expected) => {
    const { type, sent } = await send(input)
    expect([type, await sent.text()]).toEqual(expected)
  })

  test('can be bytes, which arrive unchanged', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
    const { sent, type } = await send({ body: bytes })
    expect(type).toBe('application/octet-stream')
    expect(await sent.bytes()).toEqual(bytes)
  })

  test('can be a stream, which is not read ahead', async () => {
    let isPulled = false
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        pull(controller) {
          isPulled = true
          controller.enqueue(new Uint8Array([1, 2, 3]))
          controller.close()
        },
      },
      { highWaterMark: 0 },
    )
    const { sent } = await send({ body })
    expect(isPulled).toBe(false)
    expect([...(await sent.bytes())]).toEqual([1, 2, 3])
  })

  test('can be a form, whose media type contains its boundary', async () => {
    const form = new FormData()
    form.set('name', 'ada')
    form.set('file', new File(['content'], 'a.txt', { type: 'text/plain' }))
    const { sent } = await send({ body: form }, { 'content-type': 'multipart/form-data' })
    const received = await sent.formData()
    expect(received.get('name')).toBe('ada')
    expect(received.get('file')).toMatchObject({ name: 'a.txt', type: 'text/plain', size: 7 })
  })

  test.each<BodyInput>([{ body: '{}' }, { json: {} }, { body: new Uint8Array(2) }])(
    'has the media type that the caller gives it (%#)',
    async (input) => {
      const { type } = await send(input, { 'Content-Type': 'application/vnd.api+json' })
      expect(type).toBe('application/vnd.api+json')
    },
  )
})

describe('the response', () => {
  test.each([200, 201, 301, 404, 429, 500, 503])(
    'of the API behind the proxy is returned with any status: %i',
    async (status) => {
      const { client, calls } = stubPipedream({
        onCall: () =>
          Response.json(
            { message: 'as it came' },
            { status, headers: { 'x-upstream': 'yes', location: 'https://b.example/' } },
          ),
      })
      const response = await client.proxy.request(messages)
      expect(response).toMatchObject({ status, ok: status < 300 })
      expect(response.headers.get('x-upstream')).toBe('yes')
      expect(await response.json()).toEqual({ message: 'as it came' })
      expect(calls).toHaveLength(1)
    },
  )

  test.each([
    ['two keys', { error: 'not_found', ok: false }],
    ['no text', { error: { message: 'a' } }],
    ['no object', ['error']],
    ['null', null],
  ])('that is not in Pipedream’s format is the API’s: %s', async (_, body) => {
    const { client } = stubPipedream({ onCall: () => Response.json(body, { status: 404 }) })
    const response = await client.proxy.request(messages)
    expect(await response.json()).toEqual(body)
  })

  test('without JSON is returned unchanged', async () => {
    const { client } = stubPipedream({
      onCall: () => new Response('<html>Bad gateway</html>', { status: 502 }),
    })
    const response = await client.proxy.request(messages)
    expect(response.ok).toBe(false)
    expect(await response.text()).toBe('<html>Bad gateway</html>')
  })

  test.each([
    [400, 'ERR_BAD_REQUEST'],
    [403, 'ERR_FORBIDDEN'],
    [404, 'ERR_NOT_FOUND'],
    [429, 'ERR_RATE_LIMITED'],
    [504, 'ERR_UPSTREAM'],
  ])('in the format of Pipedream’s own errors is an error: %i', async (status, code) => {
    const { client } = stubPipedream({
      onCall: () => Response.json({ error: 'record not found' }, { status }),
      maxRetries: 0,
    })
    const error = await failure(client.proxy.request(messages))
    expect(error).toMatchObject({ code, status, detail: 'record not found' })
  })

  test('never shows its target in an error, because the query may contain a secret', async () => {
    const { client } = stubPipedream({ onCall: () => refuse(404) })
    const url = 'https://a.example/ada?api_key=secret-1'
    const error = await failure(client.proxy.request({ ...owner, url }))
    expect(error).toMatchObject({
      url: 'https://api.pipedream.com/v1/connect/proj_stub/proxy/...',
      method: 'GET',
    })
    const told = inspect(error, { depth: 10, showHidden: true })
    expect(told).not.toContain('secret-1')
    expect(told).not.toContain(Buffer.from(url).toString('base64url').slice(0, 20))
  })
})

describe('repeating', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test.each(['GET', 'HEAD', 'PUT', 'DELETE'] as const)(
    'a %s is retried only after Pipedream’s own failures',
    async (method) => {
      expect(await times(own503, { method })).toBe(3)
      expect(await times(cut, { method })).toBe(3)
      expect(await times(upstream503, { method })).toBe(1)
    },
  )

  test.each(['POST', 'PATCH'] as const)(
    'a %s is sent once, unless it is repeatable',
    async (method) => {
      for (const onCall of [own503, cut, upstream503]) {
        expect(await times(onCall, { method, json: {} })).toBe(1)
      }
      expect(await times(own503, { method, json: {} }, true)).toBe(3)
      expect(await times(upstream503, { method, json: {} }, true)).toBe(1)
    },
  )

  test('a stream is sent once, even if it is repeatable', async () => {
    expect(await times(own503, { method: 'PUT', body: stream() }, true)).toBe(1)
  })

  test('a DELETE that returns 404 after a lost response is not a success', async () => {
    const steps = [cut, () => refuse(404)]
    const { client } = stubPipedream({ onCall: () => (steps.shift() ?? cut)() })
    const error = failure(client.proxy.request({ ...messages, method: 'DELETE' }))
    await vi.runAllTimersAsync()
    expect(await error).toMatchObject({ code: 'ERR_NOT_FOUND' })
  })
})

describe('a 401', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('for an old access token replaces it, once, for a POST too', async () => {
    const { client, calls } = await old(({ accessToken }) =>
      accessToken === 'access-1' ? refuse(401) : ok(),
    )
    const response = await client.proxy.request({ ...messages, method: 'POST', json: {} })
    expect(response.ok).toBe(true)
    expect(calls.map(({ accessToken }) => accessToken)).toEqual(['access-1', 'access-2'])
  })

  test('that repeats for a new token is the API’s own', async () => {
    const { client, calls, tokenRequests } = await old(() => refuse(401))
    const response = await client.proxy.request(messages)
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({ error: 'The stub refuses.' })
    expect(calls).toHaveLength(2)
    expect(tokenRequests).toHaveLength(2)
  })

  test('of a broken account does not fetch an access token for every call', async () => {
    const { client, tokenRequests } = await old(() => refuse(401))
    for (let call = 0; call < 10; call += 1) {
      expect((await client.proxy.request(messages)).status).toBe(401)
    }
    expect(tokenRequests).toHaveLength(2)
  })

  test('in another format belongs to the API immediately', async () => {
    const { client, calls } = await old(() => Response.json({ message: 'no' }, { status: 401 }))
    expect((await client.proxy.request(messages)).status).toBe(401)
    expect(calls).toHaveLength(1)
  })

  test('to a stream is an error, and the next call has a new token', async () => {
    const { client, calls } = await old(({ accessToken }) =>
      accessToken === 'access-1' ? refuse(401) : ok(),
    )
    const post = () => client.proxy.request({ ...messages, method: 'POST', body: stream() })
    await expect(post()).rejects.toMatchObject({ code: 'ERR_AUTHENTICATION' })
    expect((await post()).ok).toBe(true)
    expect(calls).toHaveLength(2)
  })
})
