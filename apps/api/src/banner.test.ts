import { join } from 'node:path'
import { listen } from 'pipedream-emulator/listen'
import { expect, onTestFinished, test } from 'vitest'
import { atEmulator, makeDataDirectory } from '../test/fixtures/gateway-process.ts'
import { banner } from './banner.ts'
import { readConfig } from './config/read-config.ts'
import { start } from './start.ts'

const KEY = 'k'.repeat(32)
const ISSUER = 'https://product.example'
const JWT = {
  AUTH_JWKS_URL: `${ISSUER}/jwks.json`,
  AUTH_ISSUER: ISSUER,
  AUTH_AUDIENCE: 'connected-accounts',
}

/** Starts the gateway with a production project of the emulator; returns what `main.ts` prints. */
async function startInProduction(settings: Record<string, string>) {
  const { url, emulator, close } = await listen({ port: 0 })
  onTestFinished(close)
  const config = readConfig({
    ...atEmulator(url, emulator.credentials),
    PIPEDREAM_PROJECT_ENVIRONMENT: 'production',
    PORT: '0',
    DATA_DIR: await makeDataDirectory(),
    LOG_LEVEL: 'silent',
    ...settings,
  })
  const running = await start(config, join(import.meta.dirname, 'no-such-folder'))
  onTestFinished(() => running.close())
  const printed = banner(running, config)
  return { printed, app: running.publicUrl, next: /Next: .*/.exec(printed)?.[0] ?? '' }
}

test.each([
  [{}, false],
  [{ INTROSPECTION: 'on' }, true],
])('with %j GraphiQL is named when it is served, and only then: %s', async (settings, isServed) => {
  const { printed, app } = await startInProduction(settings)
  const page = await fetch(`${app}/graphql`, { headers: { accept: 'text/html' } })
  expect([printed.includes('GraphiQL'), page.ok]).toEqual([isServed, isServed])
})

async function askByGraphql(url: string): Promise<unknown> {
  const query =
    'mutation { createConnectToken(input: { externalUserId: "ada", app: "openai" }) { ... on ConnectToken { token } } }'
  return (await post(url, { query })).data?.createConnectToken?.token
}

async function askByRest(url: string): Promise<unknown> {
  return (await post(url, { external_user_id: 'ada' })).token
}

async function post(url: string, body: object) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return response.json()
}

test.each([
  [{ TRUSTED_DOCUMENTS: 'off' }, askByGraphql],
  [{ REST_TOKENS: 'on' }, askByRest],
])('with %j a server gets a connect token at the URL of the next step', async (settings, ask) => {
  const { next } = await startInProduction({ SERVICE_KEY: KEY, ...settings })
  const url = /http:\S+/.exec(next)?.[0] ?? ''
  expect(await ask(url)).toMatch(/^ctok_/)
})

test('when no client can get a connect token, the next step is to change that', async () => {
  const { next, app } = await startInProduction({ SERVICE_KEY: KEY })
  expect(await askByGraphql(`${app}/graphql`)).toBeUndefined()
  expect(await askByRest(`${app}/api/connect-token`)).toBeUndefined()
  expect(next).toContain('TRUSTED_DOCUMENTS=off')
  expect(next).toContain('REST_TOKENS=on')
  expect(next).not.toContain('http')
})

test.each([
  [{}, /SERVICE_KEY.*AUTH_JWKS_URL/],
  [{ TRUSTED_DOCUMENTS: 'off', ...JWT }, /JWT/],
  [{ TRUSTED_DOCUMENTS: 'off', ...JWT, SERVICE_KEY: KEY }, /SERVICE_KEY.*JWT/],
])('with %j the next step names who can come', async (settings, who) => {
  const { next } = await startInProduction(settings)
  expect(next).toMatch(who)
})
