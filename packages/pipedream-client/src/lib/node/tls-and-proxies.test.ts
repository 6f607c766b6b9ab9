import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startRawServer, startSecureServer, startServer } from '../../../test/local-server.ts'
import { createNodeTransport, type NodeTransportOptions } from '../../node.ts'

function open(options: NodeTransportOptions = {}) {
  const transport = createNodeTransport({ env: {}, ...options })
  onTestFinished(() => transport.close())
  return async (url: string) => {
    const { signal } = new AbortController()
    const init = { method: 'GET', headers: {}, redirect: 'manual' as const, signal }
    return (await transport(url, init)).text()
  }
}

const isResumed = ({ socket }: IncomingMessage) =>
  socket instanceof TLSSocket && socket.isSessionReused()

describe('over TLS', () => {
  test('only a trusted certificate is accepted', async () => {
    await using server = await startSecureServer((_, response) => response.end('ok'))
    await expect(open({ ca: server.cert })(server.url)).resolves.toBe('ok')
    await expect(open()(server.url)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  })

  test('a name that is not in the certificate is rejected', async () => {
    await using server = await startSecureServer((_, response) => response.end('ok'))
    await using proxy = await startTunnel(server.port)
    const send = open({ ca: server.cert, env: { https_proxy: proxy.url } })
    await expect(send('https://api.other.test')).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    })
  })

  test('the next socket resumes the session', async () => {
    const resumed: boolean[] = []
    await using server = await startSecureServer((request, response) => {
      resumed.push(isResumed(request))
      response.setHeader('connection', 'close').end('ok')
    })
    const send = open({ ca: server.cert })
    for (let call = 0; call < 3; call += 1) await send(server.url)
    expect(resumed).toEqual([false, true, true])
    expect(server.connections().opened).toBe(3)
  })

  test('a socket is reused', async () => {
    await using server = await startSecureServer((_, response) => response.end('ok'))
    const send = open({ ca: server.cert, maxSockets: 1 })
    for (let call = 0; call < 3; call += 1) await send(server.url)
    expect(server.connections().opened).toBe(1)
  })
})

/** A proxy that connects every tunnel to one port of this machine, whatever its target. */
async function startTunnel(port: number, status = 200) {
  const asked: { target: string | undefined; authorization: string | undefined }[] = []
  const server = createServer((_, response) => response.writeHead(501).end())
  const sockets = new Set<Socket>()
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    asked.push({ target: request.url, authorization: request.headers['proxy-authorization'] })
    sockets.add(socket)
    if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`)
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(upstream).pipe(socket)
    })
    upstream.on('error', () => socket.destroy())
    return socket.on('error', () => upstream.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const own = typeof address === 'object' ? address?.port : 0
  return {
    asked,
    url: `http://127.0.0.1:${own}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

describe('through a proxy', () => {
  test('http requests the whole URL, with credentials', async () => {
    const asked: unknown[] = []
    await using proxy = await startServer(({ url, headers }, response) => {
      asked.push({ url, host: headers.host, who: headers['proxy-authorization'] })
      response.end('proxied')
    })
    const env = { HTTP_PROXY: `http://ada:p%40ss@127.0.0.1:${proxy.port}` }
    const send = open({ env, maxSockets: 1 })
    await expect(send('http://api.example.test/v1?a=1')).resolves.toBe('proxied')
    await expect(send('http://other.example.test:8080/')).resolves.toBe('proxied')
    await expect(send('http://other.example.test:8080/')).resolves.toBe('proxied')
    const who = `Basic ${Buffer.from('ada:p@ss').toString('base64')}`
    expect(asked).toEqual([
      { url: 'http://api.example.test/v1?a=1', host: 'api.example.test', who },
      { url: 'http://other.example.test:8080/', host: 'other.example.test:8080', who },
      { url: 'http://other.example.test:8080/', host: 'other.example.test:8080', who },
    ])
    expect(proxy.connections().opened).toBe(2)
  })

  test('https uses a tunnel, which is reused and resumes its session', async () => {
    const resumed: boolean[] = []
    await using server = await startSecureServer((request, response) => {
      resumed.push(isResumed(request))
      expect(request.headers['proxy-authorization']).toBeUndefined()
      response.setHeader('connection', request.url === '/last' ? 'close' : 'keep-alive').end('ok')
    })
    await using proxy = await startTunnel(server.port)
    const env = { HTTPS_PROXY: proxy.url.replace('//', '//ada:secret@') }
    const send = open({ env, ca: server.cert, maxSockets: 1 })
    for (const path of ['a', 'last', 'b']) await send(`https://api.example.test/${path}`)
    const tunnel = {
      target: 'api.example.test:443',
      authorization: expect.stringMatching(/^Basic /),
    }
    expect(proxy.asked).toEqual([tunnel, tunnel])
    expect(resumed).toEqual([false, false, true])
  })

  test('that uses TLS itself', async () => {
    await using proxy = await startSecureServer((_, response) => response.end('proxied'))
    const env = { http_proxy: `https://localhost:${proxy.port}` }
    await expect(open({ env, ca: proxy.cert })('http://api.example.test')).resolves.toBe('proxied')
  })

  test.each([407, 502])(
    'that returns %i fails the call, without showing the password',
    async (status) => {
      await using proxy = await startTunnel(0, status)
      const env = { HTTPS_PROXY: proxy.url.replace('//', '//ada:stub-secret@') }
      const call = open({ env })('https://api.example.test')
      await expect(call).rejects.toThrow(`${status}`)
      await expect(call).rejects.not.toThrow('stub-secret')
    },
  )

  test('without CONNECT fails the call', async () => {
    await using proxy = await startServer((_, response) => response.end('What?'))
    const env = { HTTPS_PROXY: proxy.url }
    await expect(open({ env })('https://api.example.test')).rejects.toBeInstanceOf(Error)
  })

  test('that never responds fails the call in time', async () => {
    await using proxy = await startRawServer(() => {})
    const send = open({ env: { HTTPS_PROXY: proxy.url }, connectTimeoutMs: 20 })
    await expect(send('https://api.example.test')).rejects.toMatchObject({
      code: 'UND_ERR_HEADERS_TIMEOUT',
    })
  })

  test('lower case takes precedence, and this machine is never reached through a proxy', async () => {
    await using server = await startServer((_, response) => response.end('straight'))
    await using proxy = await startServer((_, response) => response.end('proxied'))
    const send = open({ env: { HTTP_PROXY: 'http://127.0.0.1:1', http_proxy: proxy.url } })
    await expect(send('http://api.example.test')).resolves.toBe('proxied')
    await expect(send(server.url)).resolves.toBe('straight')
  })

  test.each(['HTTP_PROXY', 'HTTPS_PROXY'])(
    '%s that is not http is reported immediately',
    (name) => {
      const env = { [name]: 'socks5://ada:stub-secret@proxy.example.com' }
      expect(() => createNodeTransport({ env })).toThrow(
        expect.objectContaining({ code: 'ERR_CONFIGURATION', input: name }),
      )
      expect(() => createNodeTransport({ env })).not.toThrow('stub-secret')
    },
  )
})

test.each([
  ['maxSockets', 0],
  ['maxSockets', 1.5],
  ['maxWaiting', -1],
  ['maxBodyBytes', 0],
  ['keepAliveMs', -1],
  ['keepAliveMs', Number.POSITIVE_INFINITY],
  ['connectTimeoutMs', Number.NaN],
])('%s %d is rejected', (option, value) => {
  expect(() => createNodeTransport({ [option]: value })).toThrow(
    expect.objectContaining({ code: 'ERR_CONFIGURATION', input: option }),
  )
})
