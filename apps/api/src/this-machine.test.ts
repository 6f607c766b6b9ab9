import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { listen } from 'pipedream-emulator/listen'
import { expect, onTestFinished, test } from 'vitest'
import { createProxy } from '../test/fixtures/create-proxy.ts'
import { createTunnel } from '../test/fixtures/create-tunnel.ts'
import { atEmulator, makeDataDirectory } from '../test/fixtures/gateway-process.ts'
import { readConfig } from './config/read-config.ts'
import { start } from './start.ts'

// Requests of other machines that a program on this machine passes on look like requests of this machine.

const ROLES = ['user', 'operator'] as const
const OAUTH_TOKEN =
  'mutation { oauthToken(input: {}) { __typename ... on OAuthToken { accessToken } } }'

/** Starts the gateway with the four settings of the README, at an emulator that stands for the real Pipedream. */
async function startWithProject(settings: Record<string, string> = {}, DATA_DIR?: string) {
  const { url, emulator, close } = await listen({ port: 0 })
  onTestFinished(close)
  return startWith({ ...atEmulator(url, emulator.credentials), ...settings }, DATA_DIR)
}

async function startWith(settings: Record<string, string>, DATA_DIR?: string) {
  const config = readConfig({
    PORT: '0',
    EMULATOR_PORT: '0',
    DATA_DIR: DATA_DIR ?? (await makeDataDirectory()),
    LOG_LEVEL: 'silent',
    ...settings,
  })
  const running = await start(config, join(import.meta.dirname, 'no-such-folder'))
  onTestFinished(() => running.close())
  return running
}

/** The ways from another machine to the port: a TCP tunnel, and `proxy_pass` without any header. */
async function waysTo(port: number): Promise<string[]> {
  const proxy = await createProxy([`http://localhost:${port}`])
  return [await createTunnel(port), proxy.url]
}

const post = (url: string, body: object, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

const signIn = (url: string, body: object) =>
  post(`${url}/auth/demo`, { externalUserId: 'mallory', ...body })

const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? ''

const ask = async (url: string, cookie: string, query: string) =>
  (await post(`${url}/graphql`, { query }, { cookie })).json()

test('with a project and nothing else, no one signs in, and no one reads metrics', async () => {
  const { port } = await startWithProject()
  for (const url of [`http://localhost:${port}`, ...(await waysTo(port))]) {
    for (const role of ROLES) expect((await signIn(url, { role })).status).toBe(403)
    expect((await fetch(`${url}/metrics`)).status).toBe(403)
  }
})

test('the refusals name no setting that would open demo sign-in', async () => {
  const { port } = await startWithProject()
  const refused = await (await signIn(`http://localhost:${port}`, {})).text()
  expect(refused).not.toMatch(/[A-Z]{2,}_|development|emulator/)
  const metrics = await (await fetch(`http://localhost:${port}/metrics`)).text()
  expect(metrics).toContain('METRICS_TOKEN')
})

test('with DEMO_SIGN_IN=on, a tunnel and a proxy do not get in without the code, nor to the access token', async () => {
  const { port, demoSignIn } = await startWithProject({ DEMO_SIGN_IN: 'on' })
  const code = demoSignIn?.startCode ?? ''
  expect(code).toMatch(/^[\dA-Z]{4}-[\dA-Z]{4}-[\dA-Z]{4}$/)
  for (const url of await waysTo(port)) {
    for (const role of ROLES) expect((await signIn(url, { role })).status).toBe(403)
    expect((await signIn(url, { code: 'AAAA-AAAA-AAAA' })).status).toBe(403)
  }
  const here = `http://localhost:${port}`
  const signedIn = await signIn(here, { code: code.toLowerCase().replaceAll('-', ' ') })
  expect(signedIn.status).toBe(204)
  expect(await ask(here, cookieOf(signedIn), OAUTH_TOKEN)).toMatchObject({
    data: { oauthToken: { __typename: 'NotAllowed' } },
  })
})

test('with a project no one is an operator by demo sign-in, even with the code', async () => {
  const { port, demoSignIn } = await startWithProject({ DEMO_SIGN_IN: 'on' })
  const body = { role: 'operator', code: demoSignIn?.startCode }
  const refused = await signIn(`http://localhost:${port}`, body)
  expect([refused.status, refused.headers.get('set-cookie')]).toEqual([403, null])
})

test('after ten wrong codes more are refused for a while, and the right one still signs in', async () => {
  const { port, demoSignIn } = await startWithProject({ DEMO_SIGN_IN: 'on' })
  const url = `http://localhost:${port}`
  for (let tries = 0; tries < 10; tries += 1) {
    expect((await signIn(url, { code: `WRONG-${tries}` })).status).toBe(403)
  }
  const late = await signIn(url, { code: 'WRONG' })
  expect(late.status).toBe(429)
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await signIn(url, { code: demoSignIn?.startCode })).status).toBe(204)
})

test('an operator of the emulator is not signed in when the same folder is started with a project', async () => {
  const folder = await makeDataDirectory()
  const viewer = '{ viewer { kind } }'
  const first = await startWith({}, folder)
  const cookie = cookieOf(await signIn(`http://localhost:${first.port}`, { role: 'operator' }))
  expect(await ask(`http://localhost:${first.port}`, cookie, viewer)).toEqual({
    data: { viewer: { kind: 'OPERATOR' } },
  })
  await first.close()
  const second = await startWithProject({ DEMO_SIGN_IN: 'on' }, folder)
  expect(await ask(`http://localhost:${second.port}`, cookie, viewer)).toEqual({
    data: { viewer: null },
  })
})

test('a session with the code is still signed in after a restart, which prints another code', async () => {
  const folder = await makeDataDirectory()
  const first = await startWithProject({ DEMO_SIGN_IN: 'on' }, folder)
  const code = first.demoSignIn?.startCode
  const signedIn = await signIn(`http://localhost:${first.port}`, { code })
  await first.close()
  const second = await startWithProject({ DEMO_SIGN_IN: 'on' }, folder)
  const here = `http://localhost:${second.port}`
  expect(second.demoSignIn?.startCode).not.toBe(code)
  expect((await signIn(here, { code })).status).toBe(403)
  expect(await ask(here, cookieOf(signedIn), '{ viewer { kind } }')).toEqual({
    data: { viewer: { kind: 'USER' } },
  })
})

test('with the emulator, demo sign-in also works through a tunnel: the access token is the emulator’s', async () => {
  const { port } = await startWith({ SERVICE_KEY: 'service-key-for-these-tests-0123' })
  for (const url of await waysTo(port)) {
    const signedIn = await signIn(url, { role: 'operator' })
    expect(signedIn.status).toBe(204)
    expect(await ask(url, cookieOf(signedIn), OAUTH_TOKEN)).toMatchObject({
      data: { oauthToken: { __typename: 'OAuthToken' } },
    })
    expect((await fetch(`${url}/metrics`)).status).toBe(403)
  }
})

/** Sends a request line and these header lines as they are. Returns the status. */
async function send(port: number, method: string, lines: readonly string[]): Promise<string> {
  const body = '{"externalUserId":"ada"}'
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  const head = [
    `${method} HTTP/1.0`,
    ...lines,
    'content-type: application/json',
    `content-length: ${body.length}`,
    'connection: close',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  return /^HTTP\/1\.\d (\d+)/.exec(await text(socket))?.[1] ?? ''
}

test.each([
  ['Host: localhost', '204'],
  ['Host: 127.0.0.1:80', '204'],
  ['Host: LocalHost:3000', '204'],
  ['Host: [::1]', '204'],
  ['', '403'],
  ['Host:', '400'],
  ['Host: localhost.', '403'],
  ['Host: localhost.evil.example', '403'],
  ['Host: 127.0.0.1.nip.io', '403'],
  ['Host: [::ffff:127.0.0.1]', '400'],
  ['Host: 127.1', '403'],
  ['Host: 0x7f000001', '403'],
  ['Host: 2130706433', '403'],
  ['Host: ada@localhost', '400'],
  ['Host: localhost%2eevil.example', '400'],
  ['Host: %6cocalhost', '400'],
  ['Host: localhost\r\nHost: localhost', '400'],
  ['Host: localhost\r\nX-Forwarded-Proto: https', '403'],
  ['Host: localhost\r\nX-Real-IP: 203.0.113.9', '403'],
  ['Host: localhost\r\nForwarded: for=203.0.113.9', '403'],
  ['Host: localhost\r\nVia: 1.1 proxy', '403'],
])('demo sign-in with the header %j: %s', async (line, status) => {
  const { port } = await startWith({})
  expect(await send(port, 'POST /auth/demo', line === '' ? [] : [line])).toBe(status)
})

test('a request without Host is answered, as health checks send it', async () => {
  const { port } = await startWith({})
  expect(await send(port, 'GET /health/live', [])).toBe('200')
})
