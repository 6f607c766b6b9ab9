import { once } from 'node:events'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, connect, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { generate } from 'selfsigned'
import { expect, onTestFinished, test } from 'vitest'
import { createOutgoing, type ProxySettings } from './outgoing.ts'
import { createIssuer } from '../../test/fixtures/create-issuer.ts'
import { startGateway, urlIn } from '../../test/fixtures/gateway-process.ts'
import { createVerifyJwt } from '../auth/verify-jwt.ts'
import { KeysUnavailable } from '../errors.ts'

const HOSTS = { keys: 'id.example', api: 'api.example', traces: 'collector.example' }

async function listenLocally(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** A server with a certificate for all of these hosts, and the file of that certificate. */
async function startTls(respond: RequestListener) {
  const altNames = Object.values(HOSTS).map((value) => ({ type: 2 as const, value }))
  const { private: key, cert } = await generate([{ name: 'commonName', value: HOSTS.api }], {
    extensions: [
      { name: 'subjectAltName', altNames },
      { name: 'basicConstraints', cA: true },
    ],
  })
  const port = await listenLocally(createTlsServer({ key, cert }, respond))
  const file = join(await mkdtemp(join(tmpdir(), 'outgoing-')), 'ca.pem')
  await writeFile(file, cert)
  return { port, file }
}

/** A proxy that connects every tunnel to one local port, and records the requests. */
async function startProxy(port = 0, respond: RequestListener = (_, response) => response.end()) {
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(request.url)
    respond(request, response)
  })
  server.on('connect', (request, socket: Socket) => {
    asked.push(request.url)
    const upstream = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(upstream).pipe(socket)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
  })
  return { asked, url: `http://127.0.0.1:${await listenLocally(server)}` }
}

function open(proxies: ProxySettings) {
  const outgoing = createOutgoing(proxies)
  onTestFinished(() => outgoing.close())
  return outgoing
}

test('keys, traces and Pipedream are all reached through HTTPS_PROXY', async () => {
  const issuer = await createIssuer()
  const server = await startTls((request, response) => {
    const isKeys = request.headers.host === HOSTS.keys
    response.setHeader('content-type', 'application/json')
    response.end(isKeys ? JSON.stringify({ keys: [issuer.publicKey()] }) : '{}')
  })
  const proxy = await startProxy(server.port)
  const { child, exit, banner } = await startGateway({
    HTTPS_PROXY: proxy.url,
    NODE_EXTRA_CA_CERTS: server.file,
    PIPEDREAM_CLIENT_ID: 'emulator-client',
    PIPEDREAM_CLIENT_SECRET: 'emulator-secret',
    PIPEDREAM_PROJECT_ID: 'proj_emulator',
    PIPEDREAM_PROJECT_ENVIRONMENT: 'development',
    PIPEDREAM_BASE_URL: `https://${HOSTS.api}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: `https://${HOSTS.traces}`,
    AUTH_JWKS_URL: `https://${HOSTS.keys}/keys`,
    AUTH_ISSUER: issuer.auth.issuer,
    AUTH_AUDIENCE: issuer.auth.audience,
  })
  const response = await fetch(`${urlIn(await banner, 'App and API')}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await issuer.sign()}`,
    },
    body: JSON.stringify({ query: '{ viewer { externalUserId } apps { __typename } }' }),
  })
  expect(await response.json()).toMatchObject({ data: { viewer: { externalUserId: 'ada' } } })
  // The shutdown sends the queued traces.
  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
  expect(new Set(proxy.asked)).toEqual(new Set(Object.values(HOSTS).map((host) => `${host}:443`)))
})

test('http URLs of keys are reached through HTTP_PROXY', async () => {
  const issuer = await createIssuer()
  const proxy = await startProxy(0, (_, response) =>
    response.end(JSON.stringify({ keys: [issuer.publicKey()] })),
  )
  const jwksUrl = `http://${HOSTS.keys}/keys`
  const { fetch } = open({ http_proxy: proxy.url })
  const verify = createVerifyJwt({ ...issuer.auth, jwksUrl }, { fetch })
  expect(await verify(await issuer.sign())).toMatchObject({ viewer: { externalUserId: 'ada' } })
  expect(proxy.asked).toEqual([jwksUrl])
})

test('hosts in NO_PROXY and this machine are reached without a proxy', async () => {
  const server = createServer((_, response) => response.end('direct'))
  const port = await listenLocally(server)
  const proxy = await startProxy(0, (_, response) => response.end('proxied'))
  const { fetch } = open({ HTTP_PROXY: proxy.url, NO_PROXY: '.internal.example' })
  const read = async (url: string) => (await fetch(url)).text()
  expect(await read(`http://127.0.0.1:${port}/`)).toBe('direct')
  expect(await read(`http://localhost:${port}/`)).toBe('direct')
  expect(await read('http://api.example/')).toBe('proxied')
  await expect(read('http://keys.internal.example/')).rejects.toThrow('keys.internal.example')
  expect(proxy.asked).toEqual(['http://api.example/'])
})

const echo: RequestListener = (request, response) => {
  response.writeHead(request.url === '/moved' ? 302 : 201, { location: '/elsewhere' })
  void text(request).then((body) =>
    response.end(`${request.method} ${String(request.headers['x-of'])} ${body}`),
  )
}

test('fetch sends the request and returns the response unchanged', async () => {
  const port = await listenLocally(createServer(echo))
  const { fetch } = open({})
  const init = { method: 'POST', headers: { 'x-of': 'ours' }, body: 'ünïcode' }
  const response = await fetch(`http://127.0.0.1:${port}/`, init)
  expect([response.status, await response.text()]).toEqual([201, 'POST ours ünïcode'])
  const moved = await fetch(`http://127.0.0.1:${port}/moved`)
  expect([moved.status, moved.headers.get('location')]).toEqual([302, '/elsewhere'])
  const signal = AbortSignal.abort(new Error('Enough.'))
  await expect(fetch(`http://127.0.0.1:${port}/`, { signal })).rejects.toThrow('Enough.')
})

test('keys without end are not read to the end', async () => {
  const issuer = await createIssuer()
  let isCut = false
  const server = createServer((_, response) => {
    const send = () => {
      while (!response.destroyed && response.write(' '.repeat(65_536)));
    }
    response.on('drain', send).on('close', () => (isCut = true))
    send()
  })
  const jwksUrl = `http://127.0.0.1:${await listenLocally(server)}/keys`
  const verify = createVerifyJwt({ ...issuer.auth, jwksUrl }, open({}))
  const error: unknown = await verify(await issuer.sign()).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(KeysUnavailable)
  expect(String((error as Error).cause)).toContain('262144 bytes')
  await expect.poll(() => isCut).toBe(true)
})

test('an invalid proxy does not stop the emulator from starting, but does stop a real project', async () => {
  const HTTPS_PROXY = 'socks5://127.0.0.1:1080'
  const local = await startGateway({ HTTPS_PROXY })
  expect(await local.banner).toContain('Emulator')
  const real = await startGateway({
    HTTPS_PROXY,
    PIPEDREAM_CLIENT_ID: 'emulator-client',
    PIPEDREAM_CLIENT_SECRET: 'emulator-secret',
    PIPEDREAM_PROJECT_ID: 'proj_emulator',
    PIPEDREAM_PROJECT_ENVIRONMENT: 'development',
  })
  expect(await real.exit).toEqual([1, null])
  expect(await real.stderr).toContain('HTTPS_PROXY')
})
