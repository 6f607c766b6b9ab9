import { execFile } from 'node:child_process'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startRawServer, startServer } from '../../../test/local-server.ts'
import { accessToken } from '../../../test/stub-pipedream.ts'
import { account } from '../../../test/samples.ts'
import {
  createNodeTransport,
  type FetchInit,
  type NodeTransport,
  type NodeTransportOptions,
} from '../../node.ts'
import { createPipedreamClient } from '../../server.ts'

/** A transport without a proxy, with a shortcut for sending. */
function open(options: NodeTransportOptions = {}) {
  const transport = createNodeTransport({ env: {}, ...options })
  onTestFinished(() => transport.close())
  return { transport, send: (url: string, init?: Partial<FetchInit>) => send(transport, url, init) }
}

function send(transport: NodeTransport, url: string, init: Partial<FetchInit> = {}) {
  const { signal } = new AbortController()
  return transport(url, { method: 'GET', headers: {}, redirect: 'manual', signal, ...init })
}

const failure = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  )

/** Holds requests until the test releases them. */
function gate() {
  const held: ServerResponse[] = []
  return {
    held,
    response: (_: IncomingMessage, response: ServerResponse) => void held.push(response),
    release: () => held.shift()?.end('late'),
  }
}

/** Echoes the request. */
async function echo(request: IncomingMessage, response: ServerResponse) {
  const body = await text(request)
  const { method, url, headers } = request
  response.end(JSON.stringify({ method, url, headers, body }))
}

/** Sends a request to its own server, and returns what arrived there. */
async function ask(init: Partial<FetchInit>, path = '') {
  await using server = await startServer((request, response) => void echo(request, response))
  const { send } = open()
  return JSON.parse(await (await send(server.url + path, init)).text()) as {
    url: string
    headers: Record<string, string>
    body: string
  }
}

describe('sockets', () => {
  test('one is reused', async () => {
    await using server = await startServer((_, response) => response.end('ok'))
    const { send } = open({ maxSockets: 1 })
    for (let call = 0; call < 5; call += 1) await (await send(server.url)).text()
    expect(server.connections().opened).toBe(1)
  })

  test.each(['POST', 'DELETE'])('one is idle again after a %s without a body', async (method) => {
    await using server = await startServer((_, response) => response.writeHead(204).end())
    const { send } = open({ maxSockets: 1 })
    for (let call = 0; call < 3; call += 1) await (await send(server.url, { method })).text()
    expect(server.connections().opened).toBe(1)
  })

  test('there are never more than maxSockets, and every request gets a response', async () => {
    await using server = await startServer((request, response) => response.end(request.url))
    const { send } = open({ maxSockets: 3 })
    const paths = Array.from({ length: 200 }, (_, index) => `/${index}`)
    const responses = await Promise.all(
      paths.map(async (path) => (await send(server.url + path)).text()),
    )
    expect(responses).toEqual(paths)
    expect(server.connections()).toMatchObject({ opened: 3, most: 3 })
  })

  test('at most maxWaiting requests wait for one, and other origins do not notice', async () => {
    const { response, held, release } = gate()
    await using busy = await startServer(response)
    await using free = await startServer((_, response) => response.end('free'))
    const { send } = open({ maxSockets: 1, maxWaiting: 1 })
    const first = send(busy.url)
    await expect.poll(() => held.length).toBe(1)
    const second = send(busy.url)
    await expect(send(busy.url)).rejects.toThrow('maxWaiting')
    await expect((await send(free.url)).text()).resolves.toBe('free')
    release()
    await (await first).text()
    await expect.poll(() => held.length).toBe(1)
    const third = send(busy.url)
    release()
    await (await second).text()
    await expect.poll(() => held.length).toBe(1)
    release()
    await expect((await third).text()).resolves.toBe('late')
  })

  test('each origin has its own connections', async () => {
    await using one = await startServer((_, response) => response.end('one'))
    await using two = await startServer((_, response) => response.end('two'))
    const { send } = open({ maxSockets: 1 })
    const responses = await Promise.all(
      [one.url, two.url].map(async (url) => (await send(url)).text()),
    )
    expect(responses).toEqual(['one', 'two'])
  })

  test('one that was idle for keepAliveMs is closed', async () => {
    await using server = await startServer((_, response) => response.end())
    const { send } = open({ keepAliveMs: 1 })
    await (await send(server.url)).text()
    await expect.poll(() => server.connections().open).toBe(0)
  })

  test('one that the server will close within a second is not reused', async () => {
    await using server = await startServer((_, response) => response.end())
    if ('keepAliveTimeout' in server.server) server.server.keepAliveTimeout = 1000
    const { send } = open()
    await (await send(server.url)).text()
    await (await send(server.url)).text()
    expect(server.connections().opened).toBe(2)
  })

  test('one with unsolicited data is not reused', async () => {
    const reply = 'HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n'
    await using server = await startRawServer((socket, text) => {
      const isFirst = text.includes('/first')
      socket.write(isFirst ? `${reply}good` : `${reply}true`)
      if (isFirst) setImmediate(() => socket.write(`${reply}evil`))
    })
    const { send } = open()
    await (await send(`${server.url}/first`)).text()
    await expect.poll(() => server.connections().open).toBe(0)
    await expect((await send(`${server.url}/second`)).text()).resolves.toBe('true')
  })

  test('close closes idle ones, and the others when their requests are complete', async () => {
    const { response, held, release } = gate()
    await using server = await startServer(response)
    const { transport, send } = open()
    const first = send(server.url)
    const second = send(server.url)
    await expect.poll(() => held.length).toBe(2)
    release()
    await (await first).text()
    transport.close()
    await expect.poll(() => server.connections().open).toBe(1)
    release()
    await expect((await second).text()).resolves.toBe('late')
    await expect.poll(() => server.connections().open).toBe(0)
    await expect(send(server.url)).rejects.toThrow('closed')
  })

  test('an idle one does not keep a process alive', async () => {
    await using server = await startServer((_, response) => response.end('ok'))
    const entryPoint = fileURLToPath(new URL('../../node.ts', import.meta.url))
    const script = `
      import { createNodeTransport } from ${JSON.stringify(entryPoint)}
      const transport = createNodeTransport({ env: {}, keepAliveMs: 600_000 })
      const { signal } = new AbortController()
      const response = await transport('${server.url}', { method: 'GET', headers: {}, redirect: 'manual', signal })
      console.log(await response.text())`
    const run = promisify(execFile)
    const flags = ['--input-type=module', '--eval', script]
    await expect(run(process.execPath, flags)).resolves.toMatchObject({ stdout: 'ok\n' })
  })

  test('a missing server is reported, also to waiting requests', async () => {
    const server = await startServer(() => {})
    await server[Symbol.asyncDispose]()
    const { send } = open({ maxSockets: 1 })
    const errors = await Promise.all([1, 2, 3].map(() => failure(send(server.url))))
    for (const error of errors) expect(error).toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('an attempt to connect ends after connectTimeoutMs', async () => {
    await using server = await startRawServer(() => {})
    const { send } = open({ connectTimeoutMs: 20 })
    await expect(send(server.url.replace('http:', 'https:'))).rejects.toMatchObject({
      code: 'UND_ERR_CONNECT_TIMEOUT',
    })
  })
})

describe('an abort', () => {
  test('before the request prevents it', async () => {
    await using server = await startServer((_, response) => response.end())
    const { send } = open()
    const reason = new Error('Enough.')
    expect(await failure(send(server.url, { signal: AbortSignal.abort(reason) }))).toBe(reason)
    expect(server.connections().opened).toBe(0)
  })

  test('removes a waiting request from the queue', async () => {
    const { response, held, release } = gate()
    await using server = await startServer(response)
    const { send } = open({ maxSockets: 1 })
    const first = send(`${server.url}/1`)
    const controller = new AbortController()
    const second = failure(send(`${server.url}/2`, { signal: controller.signal }))
    const third = send(`${server.url}/3`)
    await expect.poll(() => held.length).toBe(1)
    controller.abort()
    expect(await second).toBe(controller.signal.reason)
    release()
    await (await first).text()
    await expect.poll(() => held[0]?.req.url).toBe('/3')
    release()
    await expect((await third).text()).resolves.toBe('late')
  })

  test('while connecting ends the request, and another request uses the socket', async () => {
    await using server = await startServer((_, response) => response.end('ok'))
    const { send } = open()
    // Now undici is loaded, so the next request connects immediately.
    await failure(send('ftp://127.0.0.1'))
    const controller = new AbortController()
    const call = failure(send(server.url, { signal: controller.signal }))
    controller.abort()
    expect(await call).toBe(controller.signal.reason)
    await expect.poll(() => server.connections().opened).toBe(1)
    await (await send(server.url)).text()
    expect(server.connections().opened).toBeLessThanOrEqual(2)
  })

  test('ends a running request, and closes the connection to the server', async () => {
    const { response, held } = gate()
    await using server = await startServer(response)
    const { send } = open()
    const controller = new AbortController()
    const call = failure(send(server.url, { signal: controller.signal }))
    await expect.poll(() => held.length).toBe(1)
    controller.abort()
    expect(await call).toBe(controller.signal.reason)
    await expect.poll(() => server.connections().open).toBe(0)
  })

  test.each(['text', 'arrayBuffer', 'body'] as const)('ends reading %s', async (form) => {
    await using server = await startServer((_, response) => response.write('started'))
    const { send } = open()
    const controller = new AbortController()
    const response = await send(server.url, { signal: controller.signal })
    const reading = failure(form === 'body' ? new Response(response.body).text() : response[form]())
    controller.abort()
    expect(await reading).toBe(controller.signal.reason)
  })

  test('between headers and body rejects when the body is read', async () => {
    await using server = await startServer((_, response) => response.write('started'))
    const { send } = open()
    const controller = new AbortController()
    const response = await send(server.url, { signal: controller.signal })
    controller.abort()
    await expect.poll(() => server.connections().open).toBe(0)
    expect(await failure(response.text())).toBe(controller.signal.reason)
  })
})

describe('a socket that the server closes', () => {
  const reply = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'

  /** Responds to the first request of each socket, and handles the second as the test says. */
  const startFickleServer = (onSecond: (socket: Socket) => void) => {
    const requests: string[] = []
    const server = startRawServer((socket, text, index) => {
      requests.push(text.split('\r\n')[0] ?? '')
      if (index === 1) socket.write(reply)
      else onSecond(socket)
    })
    return { server, requests }
  }

  test.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'])(
    'fails a %s that it received, which is not sent again',
    async (method) => {
      const fickle = startFickleServer((socket) => socket.resetAndDestroy())
      await using server = await fickle.server
      const { send } = open({ maxSockets: 1 })
      await (await send(server.url)).text()
      expect(await failure(send(`${server.url}/x`, { method }))).toBeInstanceOf(Error)
      await (await send(`${server.url}/next`)).text()
      expect(fickle.requests.slice(1)).toEqual([`${method} /x HTTP/1.1`, 'GET /next HTTP/1.1'])
    },
  )

  test('fails a body that it received in part', async () => {
    const fickle = startFickleServer((socket) => socket.destroy())
    await using server = await fickle.server
    const { send } = open({ maxSockets: 1 })
    await (await send(server.url)).text()
    const body = new Blob(['once']).stream()
    expect(await failure(send(server.url, { method: 'PUT', body }))).toBeInstanceOf(Error)
    expect(fickle.requests).toHaveLength(2)
  })

  test('fails a GET whose response had started', async () => {
    const fickle = startFickleServer((socket) => {
      socket.write('HTTP/1.1 2', () => socket.destroy())
    })
    await using server = await fickle.server
    const { send } = open({ maxSockets: 1 })
    await (await send(server.url)).text()
    expect(await failure(send(server.url))).toBeInstanceOf(Error)
    expect(fickle.requests).toHaveLength(2)
  })

  test('fails nothing if it was idle', async () => {
    await using server = await startRawServer((socket) => void socket.end(reply))
    const { send } = open({ maxSockets: 1 })
    for (let call = 0; call < 3; call += 1) {
      await expect((await send(server.url, { method: 'POST' })).text()).resolves.toBe('ok')
      await expect.poll(() => server.connections().open).toBe(0)
    }
  })

  test('does not affect requests that wait', async () => {
    const requests: string[] = []
    await using server = await startRawServer((socket, text) => {
      requests.push(text.split(' ')[1] ?? '')
      if (text.includes('/bad')) socket.destroy()
      else socket.write(reply)
    })
    const { send } = open({ maxSockets: 1 })
    const bad = failure(send(`${server.url}/bad`, { method: 'POST' }))
    const good = send(`${server.url}/good`, { method: 'POST' })
    expect(await bad).toBeInstanceOf(Error)
    await expect((await good).text()).resolves.toBe('ok')
    expect(requests).toEqual(['/bad', '/good'])
  })
})

describe('a request', () => {
  test.each([
    ['a string', '{"name":"Zoë"}', '15'],
    ['bytes', new TextEncoder().encode('Zoë'), '4'],
  ])('carries %s', async (_, body, length) => {
    const asked = await ask({ method: 'POST', body })
    expect(asked.body).toBe(typeof body === 'string' ? body : 'Zoë')
    expect(asked.headers['content-length']).toBe(length)
  })

  test('carries a stream', async () => {
    const body = new Blob(['one, ', 'two']).stream()
    const asked = await ask({ method: 'POST', body })
    expect(asked).toMatchObject({ body: 'one, two', headers: { 'transfer-encoding': 'chunked' } })
  })

  test.each(['POST', 'PUT', 'PATCH'])(
    'of %s without a body has a content-length of 0',
    async (method) => {
      expect((await ask({ method })).headers).toMatchObject({ 'content-length': '0' })
    },
  )

  test('cannot be split into two', async () => {
    const headers = { 'content-length': '3', 'transfer-encoding': 'chunked', host: 'evil', a: 'b' }
    const asked = await ask({ method: 'POST', body: 'abcdef', headers })
    expect(asked).toMatchObject({ body: 'abcdef', headers: { a: 'b', 'content-length': '6' } })
    expect(asked.headers['transfer-encoding']).toBeUndefined()
    expect(asked.headers['host']).toMatch(/^127/)
  })

  test('with an invalid header fails, and the socket remains usable', async () => {
    await using server = await startServer((_, response) => response.end('ok'))
    const { send } = open({ maxSockets: 1 })
    const headers = { authorization: 'Bearer stub-secret\r\nx-evil: 1' }
    for (let call = 0; call < 3; call += 1) {
      const error = await failure(send(server.url, { headers }))
      expect(String(error)).toContain('authorization')
      expect(String(error)).not.toContain('stub-secret')
    }
    await expect((await send(server.url)).text()).resolves.toBe('ok')
  })

  test.each([
    ['/a/../b', '/b'],
    ['/ü?q=ü', '/%C3%BC?q=%C3%BC'],
    ['/a b', '/a%20b'],
    ['/a#b', '/a'],
    ['/a%2Fb?c=%26&d=', '/a%2Fb?c=%26&d='],
    ['?a=1', '/?a=1'],
    ['', '/'],
  ])('to %s asks for %s, as fetch does', async (path, asked) => {
    expect((await ask({}, path)).url).toBe(asked)
    await using server = await startServer((request, response) => void echo(request, response))
    const { send } = open()
    // The second time, the origin is cached.
    await (await send(server.url)).text()
    expect(JSON.parse(await (await send(server.url + path)).text())).toMatchObject({ url: asked })
    expect(await (await fetch(server.url + path)).json()).toMatchObject({ url: asked })
  })

  test.each(['ftp://127.0.0.1', '/relative', 'http://user:stub-secret@127.0.0.1/'])(
    'to %s is rejected',
    async (url) => {
      const { send } = open()
      const error = await failure(send(url))
      expect(error).toBeInstanceOf(TypeError)
      expect(String(error)).not.toContain('stub-secret')
    },
  )

  test('whose stream breaks fails with the reason', async () => {
    await using server = await startServer((request) => request.resume())
    const { send } = open()
    const reason = new Error('The disk is gone.')
    const body = new ReadableStream({ pull: (controller) => controller.error(reason) })
    expect(await failure(send(server.url, { method: 'POST', body }))).toBe(reason)
  })

  test('with an early response stops reading its stream', async () => {
    await using server = await startServer((_, response) => response.writeHead(413).end('enough'))
    const { send } = open()
    const { promise: cancelled, resolve } = Promise.withResolvers<boolean>()
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(1000)),
      cancel: () => resolve(true),
    })
    const response = await send(server.url, { method: 'POST', body })
    expect(response.status).toBe(413)
    await expect(response.text()).resolves.toBe('enough')
    await expect(cancelled).resolves.toBe(true)
  })
})

test('the client works with it', async () => {
  await using server = await startServer((request, response) => {
    const isToken = request.url === '/v1/oauth/token'
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(isToken ? accessToken('access-1') : account))
  })
  const { transport } = open()
  const client = createPipedreamClient({
    clientId: 'stub-client',
    clientSecret: 'stub-secret',
    projectId: 'proj_stub',
    projectEnvironment: 'development',
    baseUrl: server.url,
    fetch: transport,
  })
  const calls = Array.from({ length: 100 }, async () => (await client.accounts.get('apn_1')).id)
  expect(new Set(await Promise.all(calls))).toEqual(new Set([account.id]))
  expect(server.connections().most).toBeLessThanOrEqual(64)
})
