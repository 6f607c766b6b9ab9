import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { EmulatorOptions } from 'pipedream-emulator'
import { listen } from 'pipedream-emulator/listen'
import { expect, onTestFinished, test, vi } from 'vitest'
import {
  atEmulator,
  makeDataDirectory,
  ownUrlIn,
  startGateway,
  urlIn,
} from '../test/fixtures/gateway-process.ts'

async function takePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return { port: String(address.port), free: () => server.close() }
}

/** Sends a request as another container does, with a host name that is not this machine's; returns the status. */
function askAsNeighbour(port: string, method: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { host: 'neighbour:3000', 'content-type': 'application/json' }
    const asked = request({ host: '127.0.0.1', port, method, path, headers })
    asked.on('response', ({ statusCode }) => resolve(statusCode)).on('error', reject)
    asked.end(method === 'POST' ? '{"externalUserId":"ada"}' : undefined)
  })
}

test('the gateway prints its URLs, serves them, and stops on request', async () => {
  const { child, exit, ...gateway } = await startGateway()
  const banner = await gateway.banner
  const [app, emulator] = [urlIn(banner, 'App and API'), urlIn(banner, 'Emulator')]
  expect((await fetch(`${app}/graphql`, { headers: { accept: 'text/html' } })).status).toBe(200)
  expect((await fetch(`${emulator}/_static/connect.html`)).headers.get('content-type')).toContain(
    'html',
  )
  child.kill('SIGINT')
  expect(await exit).toEqual([0, null])
  await expect(fetch(emulator)).rejects.toBeInstanceOf(TypeError)
})

test('connected accounts are still there after a restart', async () => {
  const settings = { DATA_DIR: await makeDataDirectory() }
  const first = await startGateway(settings)
  const banner = await first.banner
  const app = urlIn(banner, 'App and API')
  const json = { 'content-type': 'application/json' }
  const signedIn = await fetch(`${app}/auth/demo`, {
    method: 'POST',
    headers: json,
    body: '{"externalUserId":"ada"}',
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const ask = async (origin: string, query: string) => {
    const body = JSON.stringify({ query })
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { ...json, cookie },
      body,
    })
    return (await response.json()).data
  }
  const { createConnectToken } = await ask(
    app,
    'mutation { createConnectToken(input: { app: "openai" }) { ... on ConnectToken { token } } }',
  )
  await fetch(`${urlIn(banner, 'Emulator')}/v1/connect/accounts`, {
    method: 'POST',
    headers: { ...json, authorization: `Bearer ${createConnectToken.token}` },
    body: JSON.stringify({
      app_slug: 'openai',
      cfmap_json: '{"api_key":"emulator-key"}',
      connect_token: createConnectToken.token,
    }),
  })
  first.child.kill('SIGINT')
  await first.exit
  const second = await startGateway(settings)
  const again = urlIn(await second.banner, 'App and API')
  const { viewer } = await ask(
    again,
    '{ viewer { accounts { ... on AccountConnection { nodes { app { slug } } } } } }',
  )
  expect(viewer.accounts.nodes).toEqual([{ app: { slug: 'openai' } }])
})

test('a second start on one folder fails and names the first one’s URL, until that is killed', async () => {
  const settings = { DATA_DIR: await makeDataDirectory() }
  const first = await startGateway(settings)
  const app = urlIn(await first.banner, 'App and API')
  const second = await startGateway(settings)
  expect(await second.exit).toEqual([1, null])
  expect(await second.banner).toBe('')
  const message = await second.stderr
  for (const part of [settings.DATA_DIR, `process ${first.child.pid}`, app, 'set DATA_DIR ']) {
    expect(message).toContain(part)
  }
  expect(message).not.toContain('    at ')
  expect((await fetch(`${app}/health/ready`)).status).toBe(200)
  first.child.kill('SIGKILL')
  await first.exit
  const third = await startGateway(settings)
  expect(await third.banner).toContain('App and API')
})

test.each(['PORT', 'EMULATOR_PORT'])(
  'a taken %s is one sentence with the port and the setting',
  async (name) => {
    const { port, free } = await takePort()
    const { exit, stderr } = await startGateway({ [name]: port })
    expect(await exit).toEqual([1, null])
    const message = await stderr
    expect(message).toContain(port)
    expect(message).toContain(`set ${name} `)
    expect(message).not.toContain('    at ')
    free()
  },
)

test('a folder that is a file is one sentence with its path and the setting', async () => {
  const file = join(await makeDataDirectory(), 'file')
  await writeFile(file, '')
  const { exit, stderr } = await startGateway({ DATA_DIR: file })
  expect(await exit).toEqual([1, null])
  const message = await stderr
  expect(message).toContain(file)
  expect(message).toContain('set DATA_DIR ')
  expect(message).not.toContain('EMULATOR_')
  expect(message).not.toContain('    at ')
})

test('a partial configuration stops the start, and all missing settings are named', async () => {
  const { exit, stderr } = await startGateway({ PIPEDREAM_CLIENT_SECRET: 'emulator-secret' })
  expect(await exit).toEqual([1, null])
  const message = await stderr
  for (const name of ['CLIENT_ID', 'PROJECT_ID', 'PROJECT_ENVIRONMENT']) {
    expect(message).toContain(`PIPEDREAM_${name}`)
  }
  expect(message).not.toContain('emulator-secret')
})

/** Starts the gateway with a settings file, and without settings in the environment. */
async function startWithFile(content: string | Uint8Array) {
  const file = join(await makeDataDirectory(), 'windows.env')
  await writeFile(file, content)
  // Not even blank settings, because the environment takes precedence over the file.
  const env = Object.fromEntries(
    [
      'CLIENT_ID',
      'CLIENT_SECRET',
      'PROJECT_ID',
      'PROJECT_ENVIRONMENT',
      'BASE_URL',
      'CONNECT_URL',
    ].map((name) => [`PIPEDREAM_${name}`, undefined]),
  )
  return startGateway(env, [`--settings=${file}`])
}

async function listenAsPipedream(options: EmulatorOptions = {}) {
  const { url, emulator, close } = await listen({ port: 0, ...options })
  onTestFinished(close)
  return atEmulator(url, emulator.credentials)
}

test('a settings file in UTF-16, as Windows writes it, is read', async () => {
  const settings = Object.entries(await listenAsPipedream())
  const text = settings.map(([name, value]) => `${name}=${value}`).join('\r\n')
  const { banner } = await startWithFile(Buffer.from(text, 'utf16le'))
  // Not called the real one, because PIPEDREAM_BASE_URL is the URL of an emulator.
  expect(await banner).toMatch(/Pipedream +project proj_emulator, development, at .*emulator/)
})

test('an invalid line of the settings file stops the start and is named, so the emulator is not used by mistake', async () => {
  const file = '# mine\n$env:PIPEDREAM_CLIENT_SECRET = "emulator-secret"\n'
  const { exit, stderr } = await startWithFile(file)
  expect(await exit).toEqual([1, null])
  expect(await stderr).toMatch(/windows\.env, line 2/)
  expect(await stderr).not.toContain('emulator-secret')
})

test('a project that does not match the credentials is reported in the terminal and by readiness, and the gateway serves', async () => {
  const settings = await listenAsPipedream()
  const { banner, child, stderr, exit } = await startGateway({
    ...settings,
    PIPEDREAM_PROJECT_ID: 'proj_other',
  })
  const app = urlIn(await banner, 'App and API')
  await vi.waitFor(
    async () => {
      const answer = await fetch(`${app}/health/ready`)
      expect(answer.status).toBe(200)
      expect(await answer.json()).toMatchObject({
        status: 'ready',
        warnings: [{ check: 'project' }],
      })
    },
    { timeout: 20_000 },
  )
  child.kill('SIGTERM')
  await exit
  expect(await stderr).toContain('PIPEDREAM_PROJECT_ID does not belong to these credentials')
})

test('a clock five minutes ahead and a wide scope are reported in the terminal, and the clock by readiness', async () => {
  const settings = await listenAsPipedream({ now: () => new Date(Date.now() - 300_000) })
  const { banner, child, stderr, exit } = await startGateway({
    ...settings,
    PIPEDREAM_CONNECT_TOKEN_SCOPE: 'connect:*',
    // Readiness reports it once the findings of the check are printed.
    PIPEDREAM_PROJECT_ID: 'proj_other',
  })
  const app = urlIn(await banner, 'App and API')
  await vi.waitFor(
    async () => {
      const { status, warnings } = await (await fetch(`${app}/health/ready`)).json()
      expect({ status, warnings }).toMatchObject({
        status: 'ready',
        warnings: [
          { check: 'clock', message: expect.stringContaining('ahead') },
          { check: 'project' },
        ],
      })
    },
    { timeout: 20_000 },
  )
  child.kill('SIGTERM')
  await exit
  const lines = (await stderr).split('\n')
  expect(lines.filter((line) => line.includes('PIPEDREAM_CONNECT_TOKEN_SCOPE'))).toHaveLength(1)
  expect(lines.filter((line) => line.includes('s ahead of Pipedream'))).toHaveLength(1)
})

test('an unencrypted URL that is allowed is reported in the terminal and by readiness', async () => {
  const { banner } = await startGateway({
    ...(await listenAsPipedream()),
    PUBLIC_URL: 'http://x.test',
    ALLOW_INSECURE: 'on',
    HOST: 'localhost',
  })
  const text = await banner
  expect(text).toMatch(/Warning +PUBLIC_URL .*http:\/\/x\.test/)
  const answer = await fetch(`${ownUrlIn(text)}/health/ready`, { headers: { host: 'x.test' } })
  expect(answer.status).toBe(200)
  expect((await answer.json()).warnings).toMatchObject([
    { check: 'origins', message: expect.stringContaining('PUBLIC_URL') },
  ])
})

test('another program’s variables with the gateway’s prefixes do not stop the start', async () => {
  const { banner } = await startGateway({
    EMULATOR_PORT: 'tcp://10.0.0.1:4010',
    PIPEDREAM_API_KEY: 'x',
    PIPEDREAM_PORT_80_TCP: 'tcp://10.0.0.1:80',
    ...(await listenAsPipedream()),
  })
  expect(await banner).toContain('App and API')
})

test('with a real project the emulator does not start', async () => {
  const gateway = await startGateway({
    PIPEDREAM_CLIENT_ID: 'emulator-client',
    PIPEDREAM_CLIENT_SECRET: 'emulator-secret',
    PIPEDREAM_PROJECT_ID: 'proj_emulator',
    PIPEDREAM_PROJECT_ENVIRONMENT: 'development',
    // Nothing listens there, so that not even the project check can reach the real Pipedream.
    PIPEDREAM_BASE_URL: 'http://127.0.0.1:9',
  })
  const banner = await gateway.banner
  expect(banner).toContain('proj_emulator')
  expect(banner).not.toContain('Emulator')
  const page = await fetch(`${urlIn(banner, 'App and API')}/graphql`, {
    headers: { accept: 'text/html' },
  })
  expect(page.status).toBe(200)
})

test('HOST and EMULATOR_HOST set the listening addresses, and demo sign-in stays on this machine', async () => {
  const gateway = await startGateway({ HOST: '0.0.0.0', EMULATOR_HOST: '0.0.0.0' })
  const banner = await gateway.banner
  expect(banner).toMatch(/Listens on +0\.0\.0\.0/)
  expect(banner).toMatch(/Warning +The emulator listens on 0\.0\.0\.0/)
  const [app, emulator] = [urlIn(banner, 'App and API'), urlIn(banner, 'Emulator')]
  const { port } = new URL(app)
  expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200)
  expect((await fetch(`${emulator}/_static/connect.html`)).status).toBe(200)
  expect(await askAsNeighbour(port, 'GET', '/health/live')).toBe(200)
  expect(await askAsNeighbour(port, 'POST', '/auth/demo')).toBe(403)
  expect(await askAsNeighbour(new URL(emulator).port, 'GET', '/v1/connect/apps')).toBe(421)
})

test.each(['203.0.113.7', 'no-such-host.invalid'])(
  'HOST=%s, which this machine does not have, is one sentence',
  async (HOST) => {
    const { exit, stderr } = await startGateway({ HOST })
    expect(await exit).toEqual([1, null])
    expect(await stderr).toMatch(/Set HOST to/)
    expect(await stderr).not.toContain('    at ')
  },
)
