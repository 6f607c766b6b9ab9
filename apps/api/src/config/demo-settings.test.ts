import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './read-config.ts'

const PROJECT = {
  PIPEDREAM_CLIENT_ID: 'emulator-client',
  PIPEDREAM_CLIENT_SECRET: 'emulator-secret',
  PIPEDREAM_PROJECT_ID: 'proj_emulator',
  PIPEDREAM_PROJECT_ENVIRONMENT: 'development',
}
const AUTH = {
  AUTH_JWKS_URL: 'https://id.example/keys',
  AUTH_ISSUER: 'https://id.example/',
  AUTH_AUDIENCE: 'connected-accounts',
}
const KEY = 'service-key-for-these-tests-0123'

// One sign of a deployment each.
const SIGNS: [name: string, settings: Record<string, string>][] = [
  ['PIPEDREAM_PROJECT_ENVIRONMENT', { PIPEDREAM_PROJECT_ENVIRONMENT: 'production' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'https://app.example' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'https://localhost.app.example' }],
  ['TRUST_PROXY', { TRUST_PROXY: '1' }],
  ['TRUST_PROXY', { TRUST_PROXY: '10.0.0.0/8' }],
  ['AUTH_JWKS_URL', AUTH],
  ['SERVICE_KEY', { SERVICE_KEY: KEY }],
  ['ALLOWED_ORIGINS', { ALLOWED_ORIGINS: 'http://localhost:5173, https://app.example' }],
  ['HOST', { HOST: '0.0.0.0' }],
]

function problemsOf(settings: Record<string, string>): readonly string[] {
  try {
    readConfig(settings)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

test('with the emulator demo sign-in exists, unless it is turned off', () => {
  expect(readConfig({})).toMatchObject({ demoSignIn: 'open', openMetrics: true })
  expect(readConfig({ DEMO_SIGN_IN: 'on' }).demoSignIn).toBe('open')
  expect(readConfig({ DEMO_SIGN_IN: 'off' })).toMatchObject({
    demoSignIn: 'off',
    openMetrics: false,
  })
})

test.each(['TRUST_PROXY', 'AUTH_JWKS_URL', 'SERVICE_KEY', 'ALLOWED_ORIGINS', 'HOST'])(
  'with the emulator %s changes nothing about demo sign-in, but metrics need their token',
  (name) => {
    for (const [, settings] of SIGNS.filter(([sign]) => sign === name)) {
      expect(readConfig({ DEMO_SIGN_IN: 'on', ...settings })).toMatchObject({
        demoSignIn: 'open',
        openMetrics: false,
      })
    }
  },
)

test('with a project demo sign-in needs its setting, and the code of the start', () => {
  expect(readConfig(PROJECT)).toMatchObject({ demoSignIn: 'unset', openMetrics: false })
  expect(readConfig({ ...PROJECT, DEMO_SIGN_IN: 'off' }).demoSignIn).toBe('off')
  expect(readConfig({ ...PROJECT, DEMO_SIGN_IN: 'on' })).toMatchObject({
    demoSignIn: 'coded',
    openMetrics: true,
  })
})

test('a project at a URL of this machine is a project like any other', () => {
  const local = { ...PROJECT, PIPEDREAM_BASE_URL: 'http://localhost:4010' }
  expect(readConfig(local).demoSignIn).toBe('unset')
})

test.each(SIGNS)('%s with %j: demo sign-in is off, and metrics need their token', (_, settings) => {
  expect(readConfig({ ...PROJECT, ...settings })).toMatchObject({
    demoSignIn: 'off',
    openMetrics: false,
  })
})

test.each(SIGNS)('%s with %j and DEMO_SIGN_IN=on is refused', (name, settings) => {
  const problems = problemsOf({ ...PROJECT, ...settings, DEMO_SIGN_IN: 'on' })
  expect(problems).toEqual([expect.stringMatching(new RegExp(`^DEMO_SIGN_IN must not .*${name}`))])
})

test.each([
  { PUBLIC_URL: 'http://localhost:8080/connections' },
  { ALLOWED_ORIGINS: 'http://localhost:5173, http://app.localhost:5173, http://[::1]:5173' },
  { TRUST_PROXY: '0' },
  { HOST: 'localhost' },
  { HOST: '127.0.0.1' },
  { METRICS_TOKEN: 'a-token-for-metrics' },
])('%j is no sign of a deployment', (settings) => {
  expect(readConfig({ ...PROJECT, DEMO_SIGN_IN: 'on', ...settings }).demoSignIn).toBe('coded')
})
