import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { createNodeTransport } from '../src/node.ts'
import { createPipedreamClient, type FetchLike } from '../src/server.ts'
import { accessToken, SECRETS } from './stub-pipedream.ts'

type Handler = (request: IncomingMessage, body: Buffer, response: ServerResponse) => void

const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

/** A client with the real `fetch`, and its server. */
async function connectBy(fetch: FetchLike | undefined, handle: Handler) {
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      if (request.url !== '/v1/oauth/token') return handle(request, body, response)
      return response.end(JSON.stringify(accessToken('access-1')))
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  stops.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const baseUrl = `http://127.0.0.1:${port}`
  const client = createPipedreamClient({
    ...SECRETS,
    projectId: 'proj_stub',
    projectEnvironment: 'development',
    baseUrl,
    fetch,
    maxRetries: 0,
  })
  return { client, baseUrl }
}

const echo: Handler = (request, body, response) => {
  response.writeHead(207, {
    'content-type': request.headers['content-type'] ?? 'none',
    'x-method': request.method,
    'x-length': request.headers['content-length'] ?? 'chunked',
  })
  response.end(body)
}

const target = { url: '/a', externalUserId: 'ada', accountId: 'apn_1', method: 'POST' } as const
const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256)

describe.each([
  ['the platform’s fetch', () => undefined],
  ['the node transport', () => createNodeTransport({ env: {}, maxSockets: 2 })],
])('by %s', (_name, transport) => {
  const connect = (handle: Handler) => connectBy(transport(), handle)

  test('bytes are sent and returned unchanged', async () => {
    const { client } = await connect(echo)
    const response = await client.proxy.request({ ...target, body: bytes })
    expect(response.status).toBe(207)
    expect(response.headers.get('x-length')).toBe('70000')
    expect(await response.bytes()).toEqual(bytes)
  })

  test('a stream is sent as a stream, and another is returned', async () => {
    const { client } = await connect(echo)
    const body = new Blob([bytes]).stream()
    const response = await client.proxy.request({ ...target, method: 'PUT', body })
    expect(response.headers.get('x-length')).toBe('chunked')
    expect(response.headers.get('x-method')).toBe('PUT')
    expect(await new Response(response.body).bytes()).toEqual(bytes)
  })

  test('a form is sent with its boundary and its length', async () => {
    const { client } = await connect(echo)
    const body = new FormData()
    body.set('file', new File([bytes], 'a.bin'))
    const response = await client.proxy.request({ ...target, body })
    expect(Number(response.headers.get('x-length'))).toBeGreaterThan(70_000)
    const type = { 'content-type': response.headers.get('content-type') ?? '' }
    const received = await new Response(await response.bytes(), { headers: type }).formData()
    const file = received.get('file')
    expect(file instanceof File && (await file.bytes())).toEqual(bytes)
  })

  test('a response to HEAD, or without content, has no body', async () => {
    const { client } = await connect((_request, _body, response) => {
      response.writeHead(204).end()
    })
    for (const method of ['HEAD', 'DELETE', 'OPTIONS'] as const) {
      const response = await client.proxy.request({ ...target, method })
      expect(response).toMatchObject({ status: 204, body: null })
      expect(await response.text()).toBe('')
    }
  })

  test('an interrupted body is reported', async () => {
    const { client } = await connect((_request, _body, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('a', () => response.destroy())
    })
    const response = await client.proxy.request(target)
    await expect(response.text()).rejects.toMatchObject({ code: 'ERR_NETWORK' })
  })

  test('a body can be aborted while it is read', async () => {
    const { client } = await connect((_request, _body, response) => {
      response.writeHead(200).write('a')
    })
    const controller = new AbortController()
    const response = await client.proxy.request(target, { signal: controller.signal })
    const reader = response.body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('a')
    const rest = reader?.read()
    controller.abort()
    await expect(rest).rejects.toMatchObject({ code: 'ERR_ABORTED' })
  })

  test('the link to a file is followed without the access token', async () => {
    const seen: (string | undefined)[] = []
    const { client, baseUrl } = await connect((request, _body, response) => {
      seen.push(request.headers.authorization)
      if (request.url?.startsWith('/store') === true) return response.end(bytes)
      return response.writeHead(302, { location: `${baseUrl}/store/a.bin?X-Signature=1` }).end()
    })
    const file = await client.fileStash.download('1day/a/b/c/u/a.bin')
    expect(file).toMatchObject({ name: 'a.bin', size: 70_000 })
    expect(await file.bytes()).toEqual(bytes)
    expect(seen).toEqual(['Bearer access-1', undefined])
  })

  test('a body can be read late', async () => {
    const { client } = await connect(echo)
    const response = await client.proxy.request({ ...target, body: bytes })
    // A complete other exchange happens in between.
    await (await client.proxy.request({ ...target, body: 'x' })).text()
    expect(await response.bytes()).toEqual(bytes)
  })

  test('an abort between headers and body frees the connection', async () => {
    const { client } = await connect((_request, body, response) => {
      response.writeHead(200).write(body)
      if (body.length === 1) response.end()
    })
    for (let round = 0; round < 3; round += 1) {
      const controller = new AbortController()
      const call = { ...target, body: 'never ends' }
      const response = await client.proxy.request(call, { signal: controller.signal })
      controller.abort()
      await expect(response.text()).rejects.toMatchObject({ code: 'ERR_ABORTED' })
    }
    const response = await client.proxy.request({ ...target, body: 'x' })
    expect(await response.text()).toBe('x')
  })

  test('a call that is not repeatable is sent once, although its connection breaks', async () => {
    let received = 0
    const { client } = await connect((request, body, response) => {
      if (body.toString() === 'warm') return response.end('warm')
      received += 1
      return request.socket.resetAndDestroy()
    })
    const put = { ...target, method: 'PUT' } as const
    await (await client.proxy.request({ ...put, body: 'warm' })).text()
    await expect(
      client.proxy.request({ ...put, body: 'break' }, { repeatable: false }),
    ).rejects.toMatchObject({ code: 'ERR_NETWORK' })
    expect(received).toBe(1)
  })

  test('a long error of the API is returned completely, although it has no content-length', async () => {
    const failure = JSON.stringify({ error: 'x'.repeat(100_000) })
    const { client } = await connect((_request, _body, response) => {
      response.writeHead(400, { 'content-type': 'application/json' })
      for (let at = 0; at < failure.length; at += 1000) response.write(failure.slice(at, at + 1000))
      response.end()
    })
    const response = await client.proxy.request(target)
    expect(response.status).toBe(400)
    expect(await response.text()).toBe(failure)
  })
})
