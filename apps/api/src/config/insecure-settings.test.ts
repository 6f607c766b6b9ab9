import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './read-config.ts'
import type { SettingsFile } from './setting-sources.ts'

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
  named?: readonly SettingsFile[],
): readonly string[] {
  try {
    readConfig(environment, file, named)
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
  ['HTTPS_PROXY', 'http://evil.example'],
  ['https_proxy', 'http://evil.example'],
  ['HTTP_PROXY', 'http://evil.example'],
  ['http_proxy', 'http://evil.example'],
  ['NO_PROXY', '*'],
  ['no_proxy', '*'],
])('the file must not set %s for a client secret of the environment', (name, value) => {
  const refused = [expect.stringMatching(new RegExp(`^${name} is in .env.local`))]
  expect(problemsOf(PROJECT, { [name]: value })).toEqual(refused)
  expect(problemsOf({ ...PROJECT, [name]: '' }, { [name]: value })).toEqual([])
  expect(problemsOf({}, { ...PROJECT, [name]: value })).toEqual([])
  expect(problemsOf({ [name]: value }, PROJECT)).toEqual([])
})

test.each([
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'https://collector.example'],
  ['ALLOW_INSECURE', 'on'],
  ['http_proxy', 'http://evil.example'],
])('the file must not set %s for headers of the environment', (name, value) => {
  const setting = { [name]: value }
  expect(problemsOf(HEADERS, setting)).toEqual([
    expect.stringMatching(
      new RegExp(`^${name} is in .env.local, but OTEL_EXPORTER_OTLP_HEADERS is in the environment`),
    ),
  ])
  expect(problemsOf({}, { ...HEADERS, ...setting })).toEqual([])
})

const URL_ONLY = { PIPEDREAM_BASE_URL: 'https://proxy.example' }

test('a file that --settings names may decide where a secret is sent', () => {
  const named = [{ name: 'staging.env', variables: URL_ONLY }]
  expect(problemsOf(PROJECT, {}, named)).toEqual([])
  expect(problemsOf({}, PROJECT, named)).toEqual([])
  expect(problemsOf(PROJECT, URL_ONLY, named)).toEqual([])
})

test('.env.local must not decide where the secret of a named file is sent', () => {
  const files = [
    { name: 'secret.env', variables: PROJECT },
    { name: 'other.env', variables: { PORT: '0' } },
  ]
  expect(problemsOf({}, URL_ONLY, files)).toEqual([
    'PIPEDREAM_BASE_URL is in .env.local, but PIPEDREAM_CLIENT_SECRET is in secret.env: a file must not decide where a secret from elsewhere is sent. Set both in one place.',
  ])
})
