import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { startRawServer, startServer } from '../../../test/local-server.ts'
import {
  createNodeTransport,
  type FetchInit,
  type FetchLike,
  type NodeTransportOptions,
} from '../../node.ts'

function create(options: NodeTransportOptions = {}): FetchLike {
  const transport = createNodeTransport({ env: {}, ...options })
  onTestFinished(() => transport.close())
  return transport
}

const transports: [string, () => FetchLike][] = [
  ['the transport', () => create()],
  ['fetch', () => (url, init) => fetch(url, init)],
]

const ask = (transport: FetchLike, url: string, init: Partial<FetchInit> = {}) => {
  const { signal } = new AbortController()
  return transport(url, { method: 'GET', headers: {}, redirect: 'manual', signal, ...init })
}

// The client may rely on what both transports do.
for (const [name, create] of transports) {
  test(`${name} returns status and headers`, async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(418, ['X-One', '1', 'x-two', 'a', 'X-Two', 'b']).end()
    })
    const { status, headers } = await ask(create(), server.url)
    expect(status).toBe(418)
    expect([headers.get('x-one'), headers.get('X-ONE'), headers.get('none')]).toEqual([
      '1',
      '1',
      null,
    ])
    expect(headers.get('x-two')).toBe('a, b')
    const seen: string[] = []
    headers.forEach((value, name) => seen.push(`${name}: ${value}`))
    expect(seen).toContain('x-one: 1')
  })

  test(`${name} reads a body in every form`, async () => {
    const sent = '\uFEFF{"name":"Zoë €"}'
    await using server = await startServer((_, response) => {
      const bytes = Buffer.from(sent)
      response.write(bytes.subarray(0, 15))
      setImmediate(() => response.end(bytes.subarray(15)))
    })
    const transport = create()
    await expect((await ask(transport, server.url)).text()).resolves.toBe(sent.slice(1))
    const bytes = await (await ask(transport, server.url)).arrayBuffer()
    expect(Buffer.from(bytes).toString()).toBe(sent)
    const { body } = await ask(transport, server.url)
    await expect(new Response(body).text()).resolves.toBe(sent.slice(1))
  })

  test(`${name} reads a body once`, async () => {
    await using server = await startServer((_, response) => response.end('ok'))
    const response = await ask(create(), server.url)
    await expect(response.text()).resolves.toBe('ok')
    await expect(response.text()).rejects.toBeInstanceOf(TypeError)
  })

  test(`${name} reads a large body as a stream, at the reader's pace`, async () => {
    const size = 5_000_000
    await using server = await startServer((_, response) => response.end(Buffer.alloc(size, 'a')))
    const { body } = await ask(create(), server.url)
    let seen = 0
    const reader = body?.getReader()
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      seen += part.value.byteLength
    }
    expect(seen).toBe(size)
  })

  test(`${name} cancels a body`, async () => {
    await using server = await startServer((_, response) => response.write('and so on'))
    const { body } = await ask(create(), server.url)
    await body?.cancel()
    await expect.poll(() => server.connections().open).toBe(0)
  })

  test.each([
    ['GET', 204],
    ['GET', 304],
    ['HEAD', 200],
    ['GET', 200],
  ])(`${name} has no body for %s %i`, async (method, status) => {
    await using server = await startServer((_, response) => {
      response.writeHead(status, { 'content-encoding': status === 200 ? 'identity' : 'gzip' }).end()
    })
    const transport = create()
    const response = await ask(transport, server.url, { method })
    await expect(response.text()).resolves.toBe('')
    const again = await ask(transport, server.url, { method })
    expect((await again.arrayBuffer()).byteLength).toBe(0)
  })

  test(`${name} does not follow a redirect`, async () => {
    await using server = await startServer((request, response) => {
      response.writeHead(request.url === '/' ? 302 : 200, { location: '/other' }).end()
    })
    const response = await ask(create(), server.url)
    expect([response.status, response.headers.get('location')]).toEqual([302, '/other'])
  })

  test(`${name} requests gzip and decompresses it`, async () => {
    await using server = await startServer((request, response) => {
      const isAsked = String(request.headers['accept-encoding']).includes('gzip')
      response.setHeader('content-encoding', isAsked ? 'gzip' : 'identity')
      response.end(isAsked ? gzipSync('small') : 'large')
    })
    const transport = create()
    await expect((await ask(transport, server.url)).text()).resolves.toBe('small')
    const { body } = await ask(transport, server.url)
    await expect(new Response(body).text()).resolves.toBe('small')
  })

  test(`${name} rejects a body that is not gzip`, async () => {
    await using server = await startServer((_, response) => {
      response.setHeader('content-encoding', 'gzip').end('plain')
    })
    await expect((await ask(create(), server.url)).text()).rejects.toBeInstanceOf(Error)
  })

  test.each([
    ['by its length', 'content-length: 10\r\n\r\nshort'],
    ['by its chunks', 'transfer-encoding: chunked\r\n\r\n5\r\nshort\r\n'],
    ['in a chunk', 'transfer-encoding: chunked\r\n\r\nfffff\r\nshort'],
  ])(`${name} rejects an incomplete response %s`, async (_, rest) => {
    await using server = await startRawServer((socket) => {
      socket.end(`HTTP/1.1 200 OK\r\n${rest}`)
    })
    const transport = create()
    await expect((await ask(transport, server.url)).text()).rejects.toBeInstanceOf(Error)
    const { body } = await ask(transport, server.url)
    await expect(new Response(body).text()).rejects.toBeInstanceOf(Error)
  })

  test.each([
    'not http',
    'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
    'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\nab',
    'HTTP/1.1 abc\r\n\r\n',
    `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`,
    'HTTP/1.1 101 Switching\r\nupgrade: evil\r\nconnection: upgrade\r\n\r\n',
  ])(`${name} rejects a response that is not valid HTTP (%#)`, async (reply) => {
    await using server = await startRawServer((socket) => socket.end(reply))
    const call = ask(create(), server.url).then((response) => response.text())
    await expect(call).rejects.toBeInstanceOf(Error)
  })
}

test('an interrupted gzip body is rejected, although fetch accepts it', async () => {
  await using server = await startServer((_, response) => {
    response.setHeader('content-encoding', 'gzip').end(gzipSync('a'.repeat(100)).subarray(0, -12))
  })
  await expect((await ask(create(), server.url)).text()).rejects.toBeInstanceOf(Error)
})

test('an encoding that the caller requested is returned unchanged', async () => {
  await using server = await startServer((_, response) => {
    response.setHeader('content-encoding', 'gzip').end(gzipSync('small'))
  })
  const response = await ask(create(), server.url, { headers: { 'accept-encoding': 'gzip' } })
  expect(Buffer.from(await response.arrayBuffer())).toEqual(gzipSync('small'))
})

test.each([
  ['in bytes', (bytes: Buffer) => bytes, {}],
  ['after decompression', (bytes: Buffer) => gzipSync(bytes), { 'content-encoding': 'gzip' }],
])('a body is limited %s when it is read as a whole', async (_, encode, headers) => {
  await using server = await startServer(({ url }, response) => {
    response.writeHead(200, headers).end(encode(Buffer.alloc(Number(url?.slice(1)), 'a')))
  })
  const transport = create({ maxBodyBytes: 1_000_000 })
  const most = await ask(transport, `${server.url}/1000000`)
  await expect(most.text()).resolves.toHaveLength(1_000_000)
  for (const form of ['text', 'arrayBuffer'] as const) {
    const response = await ask(transport, `${server.url}/1000001`)
    await expect(response[form]()).rejects.toThrow('maxBodyBytes')
  }
  const { body } = await ask(transport, `${server.url}/1000001`)
  await expect(new Response(body).bytes()).resolves.toHaveLength(1_000_001)
})

test('a body that is too large closes its connection', async () => {
  await using server = await startServer((_, response) => {
    const write = () =>
      void (response.write(Buffer.alloc(10_000)) ? setImmediate(write) : undefined)
    response.on('drain', write)
    write()
  })
  const response = await ask(create({ maxBodyBytes: 1000 }), server.url)
  await expect(response.text()).rejects.toThrow('maxBodyBytes')
  await expect.poll(() => server.connections().open).toBe(0)
})

test('an unread body does not fill the memory', async () => {
  let written = 0
  let stood = 0
  await using server = await startServer((_, response) => {
    const write = () => {
      written += 100_000
      if (response.write(Buffer.alloc(100_000))) setImmediate(write)
    }
    response.on('drain', write)
    write()
  })
  const { body } = await ask(create(), server.url)
  // The server stops when the buffers of the transport and of both sockets are full.
  const isStill = () => {
    const was = stood
    stood = written
    return written > 0 && written === was
  }
  await expect.poll(isStill).toBe(true)
  expect(written).toBeLessThan(50_000_000)
  const reader = body?.getReader()
  let seen = 0
  while (seen <= stood) seen += (await reader?.read())?.value?.byteLength ?? 0
  expect(written).toBeGreaterThan(stood)
  await reader?.cancel()
  await expect.poll(() => server.connections().open).toBe(0)
})

test('an interim response is skipped', async () => {
  await using server = await startRawServer((socket) => {
    socket.end('HTTP/1.1 103 Early Hints\r\nlink: <a>\r\n\r\nHTTP/1.1 200 OK\r\n\r\nfinal')
  })
  const response = await ask(create(), server.url)
  expect([response.status, await response.text()]).toEqual([200, 'final'])
})
