import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './read-config.ts'

const PROJECT = {
  PIPEDREAM_CLIENT_ID: 'emulator-client',
  PIPEDREAM_CLIENT_SECRET: 'emulator-secret',
  PIPEDREAM_PROJECT_ID: 'proj_emulator',
  PIPEDREAM_PROJECT_ENVIRONMENT: 'development',
}
const HEADERS = { OTEL_EXPORTER_OTLP_HEADERS: 'authorization=emulator-token' }

function problemsOf(
  environment: Record<string, string>,
  file?: Record<string, string>,
): readonly string[] {
  try {
    readConfig(environment, file)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

test.each([
  ['PUBLIC_URL', 'http://app.example', {}],
  ['PUBLIC_URL', 'http://192.168.0.7:3000/connections', {}],
  ['PUBLIC_URL', 'http://localhost.app.example', {}],
  ['PIPEDREAM_BASE_URL', 'http://api.pipedream.com', {}],
  ['PIPEDREAM_BASE_URL', 'http://emulator:4010', {}],
  ['PIPEDREAM_BASE_URL', 'http://127.0.0.1.nip.io:4010', {}],
  ['PIPEDREAM_CONNECT_URL', 'http://pipedream.com/_static/connect.html', {}],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://collector:4318', HEADERS],
])('%s=%s is refused with the reason, unless ALLOW_INSECURE=on', (name, value, more) => {
  const settings = { ...PROJECT, ...more, [name]: value }
  const problems = problemsOf(settings)
  expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name} .*encrypted.*https`))])
  // An operator is not told to allow it where https is possible.
  expect(problems.join()).not.toMatch(/ALLOW_INSECURE|emulator-(secret|token)/)
  expect(problemsOf({ ...settings, ALLOW_INSECURE: 'on' })).toEqual([])
})

test('what is allowed without encryption is still a warning', () => {
  const { unencrypted } = readConfig({
    ...PROJECT,
    PUBLIC_URL: 'http://app.example',
    ALLOW_INSECURE: 'on',
  })
  expect(unencrypted).toEqual([expect.stringMatching(/^PUBLIC_URL .*app\.example/)])
})

test.each([
  ['PUBLIC_URL', 'http://localhost:8080'],
  ['PUBLIC_URL', 'https://app.example'],
  ['PIPEDREAM_BASE_URL', 'http://127.0.0.1:4010'],
  ['PIPEDREAM_BASE_URL', 'http://[::1]:4010'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://collector:4318'],
])('%s=%s is accepted', (name, value) => {
  expect(problemsOf({ ...PROJECT, [name]: value })).toEqual([])
})

test.each([
  ['PIPEDREAM_BASE_URL', 'https://evil.example'],
  ['PIPEDREAM_BASE_URL', 'http://localhost:4010'],
  ['PIPEDREAM_CONNECT_URL', 'https://evil.example/connect.html'],
  ['ALLOW_INSECURE', 'on'],
])('the file must not set %s for a client secret of the environment', (name, value) => {
  const refused = [expect.stringMatching(new RegExp(`^${name} is in .env.local`))]
  expect(problemsOf(PROJECT, { [name]: value })).toEqual(refused)
  expect(problemsOf({ ...PROJECT, [name]: '' }, { [name]: value })).toEqual([])
  expect(problemsOf({}, { ...PROJECT, [name]: value })).toEqual([])
  expect(problemsOf({ [name]: value }, PROJECT)).toEqual([])
})

test('the file must not set the trace collector for headers of the environment', () => {
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example' }
  expect(problemsOf(HEADERS, endpoint)).toEqual([
    expect.stringMatching(/^OTEL_EXPORTER_OTLP_ENDPOINT is in .env.local/),
  ])
  expect(problemsOf({}, { ...HEADERS, ...endpoint })).toEqual([])
})
