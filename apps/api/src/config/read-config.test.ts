import { assert, constantFrom, dictionary, property, string } from 'fast-check'
import { checkOrigin } from 'pipedream-client/node'
import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './read-config.ts'

const PROJECT = {
  PIPEDREAM_CLIENT_ID: 'emulator-client',
  PIPEDREAM_CLIENT_SECRET: 'emulator-secret',
  PIPEDREAM_PROJECT_ID: 'proj_emulator',
  PIPEDREAM_PROJECT_ENVIRONMENT: 'development',
}

function outcomeOf(...sources: Parameters<typeof readConfig>): string {
  try {
    readConfig(...sources)
    return 'configured'
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
}

test('with no settings the emulator is used, on the documented ports', () => {
  expect(readConfig({})).toMatchObject({ pipedream: undefined, port: 3000, emulatorPort: 4010 })
})

test.each([
  ['narrow by default', {}, 'connect:accounts:read connect:accounts:write'],
  ['a setting', { PIPEDREAM_CONNECT_TOKEN_SCOPE: 'connect:*' }, 'connect:*'],
])('the scope of connect tokens is %s', (_, settings, connectTokenScope) => {
  expect(readConfig({ ...PROJECT, ...settings })).toMatchObject({ connectTokenScope })
})

test('a complete project selects the real Pipedream', () => {
  expect(readConfig(PROJECT).pipedream).toMatchObject({
    clientId: 'emulator-client',
    projectId: 'proj_emulator',
  })
})

test.each(Object.keys(PROJECT))(
  'without %s a project is rejected, and only that setting is reported',
  (name) => {
    const problems = outcomeOf({ ...PROJECT, [name]: ' ' })
    expect(problems).toContain(name)
    expect(problems.split('\n')).toHaveLength(1)
  },
)

test('all problems are listed together, without values', () => {
  const problems = outcomeOf({
    PIPEDREAM_CLIENT_SECRET: 'emulator-secret',
    PIPEDREAM_PROJECT_ENVIRONMENT: 'staging',
    PORT: 'eighty',
    PUBLIC_URL: 'javascript:alert(1)',
    SERVICE_KEY: 'short',
  })
  for (const name of [
    'CLIENT_ID',
    'PROJECT_ID',
    'PROJECT_ENVIRONMENT',
    'PORT',
    'PUBLIC_URL',
    'SERVICE_KEY',
  ]) {
    expect(problems).toContain(name)
  }
  expect(problems).not.toContain('emulator-secret')
  expect(problems).not.toContain('short')
})

test('a public URL on another machine needs a real project', () => {
  expect(outcomeOf({ PUBLIC_URL: 'https://app.example' })).toContain('PUBLIC_URL')
  expect(outcomeOf({ ...PROJECT, PUBLIC_URL: 'https://app.example' })).toBe('configured')
})

test.each([
  ['PIPEDREAM_API_KEY', 'another-programs-key'],
  ['PIPEDREAM_PORT_80_TCP', 'tcp://10.0.0.1:80'],
  ['PIPEDREAM_SERVICE_HOST', '10.0.0.1'],
  ['EMULATOR_SERVICE_HOST', '10.0.0.1'],
  ['EMULATOR_PORT_4010_TCP_ADDR', '10.0.0.1'],
])('%s belongs to another program, and changes nothing', (name, value) => {
  expect(readConfig({ [name]: value })).toEqual(readConfig({}))
  expect(readConfig({ ...PROJECT, [name]: value })).toEqual(readConfig(PROJECT))
})

test('the service link of a container named “emulator” is ignored with a warning', () => {
  const { emulatorPort, warnings } = readConfig({ EMULATOR_PORT: 'tcp://10.0.0.1:4010' })
  expect(emulatorPort).toBe(4010)
  expect(warnings).toEqual([expect.stringContaining('EMULATOR_PORT')])
  expect(outcomeOf({ ...PROJECT, EMULATOR_PORT: 'tcp://10.0.0.1:4010' })).toBe('configured')
})

test.each([
  ['PORT', 'tcp://10.0.0.1:3000'],
  ['PORT', 'http://localhost:3000'],
  ['PORT', '-1'],
  ['EMULATOR_PORT', 'http://localhost:4010'],
  ['EMULATOR_PORT', '65536'],
])('%s=%s is rejected in one sentence that names it', (name, value) => {
  const problems = outcomeOf({ [name]: value })
  expect(problems).toMatch(new RegExp(`^${name} must be .*\\.$`))
  expect(problems.split('\n')).toHaveLength(1)
})

test.each([
  [{ PORT: '4010' }],
  [{ PORT: '3000', EMULATOR_PORT: '3000' }],
  [{ PORT: '5000', EMULATOR_PORT: '5000', HOST: '127.0.0.1' }],
  [{ PORT: '5000', EMULATOR_PORT: '5000', HOST: '192.0.2.1', EMULATOR_HOST: '192.0.2.1' }],
])('%j is rejected, because the gateway and the emulator cannot share a port', (settings) => {
  expect(outcomeOf(settings)).toMatch(/^EMULATOR_PORT must differ from PORT.*\.$/)
  expect(outcomeOf({ ...PROJECT, ...settings })).toBe('configured')
})

test.each([
  [{ PORT: '0', EMULATOR_PORT: '0' }],
  [{ PORT: '5000', EMULATOR_PORT: '5000', HOST: '192.0.2.1' }],
])('%j is accepted', (settings) => {
  expect(outcomeOf(settings)).toBe('configured')
})

test('a partly configured project names what is set, and where', () => {
  const { PIPEDREAM_CLIENT_ID: id, ...rest } = PROJECT
  const missing = 'PIPEDREAM_CLIENT_ID is missing'
  expect(outcomeOf({}, rest)).toContain(missing)
  expect(outcomeOf({}, rest)).toContain('PIPEDREAM_PROJECT_ID (in .env.local)')
  expect(outcomeOf(rest)).toContain('PIPEDREAM_PROJECT_ID (in the environment)')
  expect(outcomeOf({ PIPEDREAM_CLIENT_ID: id }, rest)).toBe('configured')
  const baseUrl = outcomeOf({ PIPEDREAM_BASE_URL: 'http://localhost:4010' })
  expect(baseUrl).toContain(missing)
  expect(baseUrl).toContain('PIPEDREAM_BASE_URL (in the environment)')
})

test('the environment takes precedence over the file, even with a blank value', () => {
  expect(readConfig({ PORT: '1' }, { PORT: '2', EMULATOR_PORT: '3' })).toMatchObject({
    port: 1,
    emulatorPort: 3,
  })
  expect(readConfig({ PORT: '' }, { PORT: '2' }).port).toBe(3000)
})

test('later named files take precedence over earlier ones and over .env.local, but not over the environment', () => {
  const named = [
    { name: 'one.env', variables: { PORT: '2', EMULATOR_PORT: '2', TEST_USER_ID: 'ada' } },
    { name: 'two.env', variables: { PORT: '3', EMULATOR_PORT: '3' } },
  ]
  const file = { TEST_USER_ID: 'grace', PORT: '1' }
  expect(readConfig({ PORT: '4' }, file, named)).toMatchObject({
    port: 4,
    emulatorPort: 3,
    testUserId: 'ada',
  })
})

test('a message names the file that a setting comes from', () => {
  const variables = { PIPEDREAM_PROJECT_ID: 'proj_emulator', PIPEDREAM_PROJECT: 'x' }
  const named = [{ name: 'staging.env', variables }]
  const problems = outcomeOf({}, {}, named)
  expect(problems).toContain('PIPEDREAM_PROJECT_ID (in staging.env)')
  expect(problems).toContain('PIPEDREAM_PROJECT in staging.env is not a setting')
  expect(problems).not.toContain('.env.local')
})

test('an unknown name with a prefix of the gateway in .env.local causes a warning without its value', () => {
  const { warnings } = readConfig(
    { PIPEDREAM_OTHER: 'x' },
    { PIPEDREAM_API_KEY: 'emulator-secret', EMULATOR_PROT: '1', DATABASE: 'x' },
  )
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toContain('PIPEDREAM_API_KEY, EMULATOR_PROT')
  expect(warnings[0]).not.toMatch(/emulator-secret|PIPEDREAM_OTHER/)
})

test('lower-case names cause a warning, except those of proxies', () => {
  const { warnings } = readConfig({}, { port: '1', pipedream_client_id: 'a', https_proxy: '' })
  expect(warnings).toEqual([expect.stringContaining('port, pipedream_client_id')])
  // In the environment they may belong to another program.
  expect(readConfig({ port: '1', pipedream_client_id: 'a' }).warnings).toEqual([])
})

test('a misspelled name is reported together with the missing setting', () => {
  const { PIPEDREAM_CLIENT_SECRET: secret, ...rest } = PROJECT
  const problems = outcomeOf({}, { ...rest, PIPEDREAM_CLIENT_SECRT: secret })
  expect(problems).toMatch(/PIPEDREAM_CLIENT_SECRET is missing[^]*PIPEDREAM_CLIENT_SECRT/)
})

test('only a hash of the service key is kept', () => {
  const key = 'emulator-service-key-for-these-tests'
  expect(JSON.stringify(readConfig({ SERVICE_KEY: key }))).not.toContain(key)
})

test('any settings result in a configuration or a list of problems', () => {
  const names = [...Object.keys(PROJECT), 'PORT', 'PUBLIC_URL', 'ALLOWED_ORIGINS', 'SERVICE_KEY']
  assert(
    property(dictionary(constantFrom(...names), string()), (environment) => {
      expect(outcomeOf(environment)).toMatch(/^(configured|[A-Z_]+ .+)/)
    }),
  )
})

test('the database is a PostgreSQL URL or an embedded file', () => {
  const url = 'postgresql://ada:emulator-password@database.example/gateway?sslmode=require'
  expect(readConfig({ DATABASE_URL: url }).database.location).toBe(url)
  expect(readConfig({ DATA_DIR: '/data' }).database.location).toBe('/data/gateway.sqlite')
  const problems = outcomeOf({ DATABASE_URL: 'mysql://ada:emulator-password@database.example' })
  expect(problems).toContain('DATABASE_URL')
  expect(problems).not.toContain('emulator-password')
})

test.each([
  ['DATABASE_URL', 'postgres://ada:emulator-password@one:port/gateway'],
  ['DATABASE_LISTEN_URL', 'https://ada:emulator-password@one/gateway'],
  ['DATABASE_SCHEMA', 'Gateway'],
  ['DATABASE_SCHEMA', 'a.b'],
  ['DATABASE_SCHEMA', 'pg_gateway'],
  ['DATABASE_SCHEMA', 'information_schema'],
  ['DATABASE_SCHEMA', 'a'.repeat(51)],
])('%s must not be %s', (name, value) => {
  const problems = outcomeOf({ [name]: value })
  expect(problems).toMatch(new RegExp(`^${name} `))
  expect(problems).not.toContain('emulator-password')
})

const read = (url: string) => readConfig({ ...PROJECT, PUBLIC_URL: url }).publicUrl

test('the public URL may have a path, with or without a trailing slash', () => {
  expect(read('https://x.example/')).toBe('https://x.example')
  expect(read('HTTPS://X.example:443/Connections/')).toBe('https://x.example/Connections')
  expect(read('https://x.example/tools/connections-2')).toBe(
    'https://x.example/tools/connections-2',
  )
  expect(readConfig({ PUBLIC_URL: 'http://localhost:8080/connections' }).publicUrl).toBe(
    'http://localhost:8080/connections',
  )
})

test.each([
  ['https://x.example/a?b=c', 'query'],
  ['https://x.example/a?', 'query'],
  ['https://x.example/a#b', 'fragment'],
  ['https://ada:emulator-password@x.example/a', 'password'],
  ['https://@x.example', 'user'],
  ['https://x.example/a//b', 'path'],
  ['https://x.example//', 'path'],
  ['https://x.example/a/../b', 'path'],
  ['https://x.example/.', 'path'],
  ['https://x.example/%2e%2e/b', 'path'],
  ['https://x.example/a%2fb', 'path'],
  ['https://x.example\\a', 'path'],
  ['https://x.example/verb\u00fcnde', 'path'],
])('%s is rejected for its %s', (url, what) => {
  const problems = outcomeOf({ ...PROJECT, PUBLIC_URL: url })
  expect(problems.split('\n')).toHaveLength(1)
  expect(problems).toMatch(new RegExp(`^PUBLIC_URL .*${what}`))
  expect(problems).not.toContain('emulator-password')
})

test.each([
  'https://x.example/app',
  'http://x.example/app',
  'https://x.example\\app',
  'https://x.example?a',
  'https://ada:emulator-password@x.example',
  'https://*.x.test',
  'https://{tenant}.x.test',
  'https://x..test',
  '*',
  'x.example',
  'ftp://x.example',
])('ALLOWED_ORIGINS must not contain %s, which no browser sends', (origin) => {
  const problems = outcomeOf({ ALLOWED_ORIGINS: `https://x.example, ${origin}` })
  expect(problems.split('\n')).toHaveLength(1)
  // The message comes from the command line, which has the same rule.
  const { what, fix } = checkOrigin(origin) ?? {}
  expect(problems).toBe(`ALLOWED_ORIGINS ${what} ${fix}`)
  expect(problems).not.toContain('emulator-password')
})

test('an origin is normalized to the form that browsers send', () => {
  const ALLOWED_ORIGINS = 'https://X.example/, https://y.example:443 http://localhost:5173'
  expect(readConfig({ ALLOWED_ORIGINS }).allowedOrigins).toEqual([
    'https://x.example',
    'https://y.example',
    'http://localhost:5173',
  ])
})

const collector = (url: string) => outcomeOf({ OTEL_EXPORTER_OTLP_ENDPOINT: url })
const withBase = (PIPEDREAM_BASE_URL: string) => outcomeOf({ ...PROJECT, PIPEDREAM_BASE_URL })

test('the API may be below a path, but not below the path that every call appends', () => {
  for (const url of [
    'http://localhost:4010',
    'https://proxy.example/pipedream',
    'https://x.test/v10/',
  ]) {
    expect(withBase(url)).toBe('configured')
  }
  for (const url of ['http://localhost:4010/v1', 'https://proxy.example/pipedream/v1/']) {
    expect(withBase(url)).toMatch(/^PIPEDREAM_BASE_URL .*\/v1/)
  }
  expect(collector('https://collector.example/otlp')).toBe('configured')
  expect(collector('https://collector.example/otlp/v1/traces')).toMatch(
    /^OTEL_EXPORTER_OTLP_ENDPOINT .*\/v1\/traces/,
  )
})

test('PUBLIC_URL rejects a host that no browser can reach', () => {
  const problems = outcomeOf({ ...PROJECT, PUBLIC_URL: 'https://*.x.test/connections' })
  expect(problems).toMatch(/^PUBLIC_URL .*https:\/\//)
  expect(problems.split('\n')).toHaveLength(1)
})

test('unencrypted URLs cause a warning, except for those of this machine', () => {
  const { unencrypted } = readConfig({
    ...PROJECT,
    ALLOW_INSECURE: 'on',
    PUBLIC_URL: 'http://x.test/connections',
    ALLOWED_ORIGINS: 'http://y.test,https://z.test,http://localhost:5173',
  })
  expect(unencrypted).toEqual([
    expect.stringMatching(/^PUBLIC_URL .*x\.test/),
    expect.stringMatching(/^ALLOWED_ORIGINS .*y\.test/),
  ])
  const { unencrypted: none } = readConfig({
    ...PROJECT,
    PUBLIC_URL: 'https://x.test',
    ALLOWED_ORIGINS: 'http://app.localhost:5173 http://127.0.0.1:5173',
  })
  expect(none).toEqual([])
})

const AUTH = {
  AUTH_JWKS_URL: 'https://id.example/keys',
  AUTH_ISSUER: 'https://id.example/',
  AUTH_AUDIENCE: 'connected-accounts',
}

test('sign-in by JWT is off, or has all required settings', () => {
  expect(readConfig({}).auth).toBeUndefined()
  // This setting belongs to another program.
  expect(readConfig({ AUTH_TRUST_HOST: 'true' }).auth).toBeUndefined()
  const { auth } = readConfig(AUTH)
  expect(auth).toMatchObject({ issuer: 'https://id.example/', userClaim: 'sub' })
  expect(auth?.algorithms.filter((name) => /none|^HS/i.test(name))).toEqual([])
  expect(readConfig({ ...AUTH, AUTH_OPERATOR_CLAIM: 'role=a=b' }).auth?.operatorClaim).toEqual({
    name: 'role',
    value: 'a=b',
  })
  const problems = outcomeOf({ AUTH_USER_CLAIM: 'email' })
  for (const name of Object.keys(AUTH)) expect(problems).toContain(name)
})

test.each(Object.keys(AUTH))('sign-in by JWT without %s is rejected', (name) => {
  const problems = outcomeOf({ ...AUTH, [name]: ' ' })
  expect(problems).toContain(name)
  expect(problems.split('\n')).toHaveLength(1)
})

test.each<[string, string]>([
  ['AUTH_JWKS_URL', 'http://id.example/keys'],
  ['AUTH_JWKS_URL', 'https://a:b@id.example/keys'],
  ['AUTH_JWKS_URL', 'keys'],
  ['AUTH_JWKS_URL', 'https://login.microsoftonline.com/{tenant}/discovery/v2.0/keys'],
  ['AUTH_JWKS_URL', 'https://id.example/.well-known/openid-configuration'],
  ['AUTH_JWKS_URL', 'https://id.example/.well-known/oauth-authorization-server/one'],
  [
    'AUTH_JWKS_URL',
    'https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com',
  ],
  ['AUTH_ALGORITHMS', 'none'],
  ['AUTH_ALGORITHMS', 'RS256, HS256'],
  ['AUTH_ALGORITHMS', ','],
  ['AUTH_OPERATOR_CLAIM', 'role'],
  ['AUTH_OPERATOR_CLAIM', '=operator'],
  ['AUTH_OPERATOR_CLAIM', 'role = operator'],
  ['AUTH_OPERATOR_CLAIM', 'role= operator'],
  ['AUTH_OPERATOR_CLAIM', 'realm_access..roles=admin'],
  ['AUTH_OPERATOR_CLAIM', '.roles=admin'],
  ['AUTH_OPERATOR_CLAIM', 'roles.=admin'],
  ['AUTH_OPERATOR_CLAIM', '$.realm_access.roles=admin'],
  ['AUTH_OPERATOR_CLAIM', 'realm_access[roles]=admin'],
  ['AUTH_OPERATOR_CLAIM', 'roles[]=admin'],
  ['AUTH_OPERATOR_CLAIM', 'role,roles=admin'],
  ['AUTH_OPERATOR_CLAIM', 'exp=1'],
  ['AUTH_OPERATOR_CLAIM', 'iss=https://id.example/'],
  ['AUTH_USER_CLAIM', 'sub=ada'],
  ['AUTH_USER_CLAIM', 'email, sub'],
  ['AUTH_USER_CLAIM', '$.sub'],
  ['AUTH_USER_CLAIM', 'user..id'],
  ...['iss', 'aud', 'azp', 'client_id', 'exp', 'iat', 'nbf', 'jti'].map(
    (name): [string, string] => ['AUTH_USER_CLAIM', name],
  ),
  ['AUTH_AUDIENCE', 'one, two'],
  ['AUTH_AUDIENCE', '<your audience>'],
  ['AUTH_AUDIENCE_CLAIM', 'sub'],
  ['AUTH_ISSUER', 'https://*.example.com'],
  ['AUTH_ISSUER', 'https://login.example/{tenantid}/v2.0'],
  ['AUTH_ISSUER', 'https://id.example/.well-known/openid-configuration'],
  ['AUTH_ISSUER', 'https://your-tenant.us.auth0.com'],
  ['AUTH_ISSUER', 'https://your-app.clerk.accounts.dev/'],
  ['AUTH_ISSUER', 'https://your-project.supabase.co'],
  ['AUTH_ISSUER', 'https://your-project.supabase.co/auth/v1/'],
  ['AUTH_ISSUER', 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI/'],
  ['AUTH_ISSUER', 'https://securetoken.google.com/'],
  ['AUTH_ISSUER', 'https://login.microsoftonline.com/common/v2.0'],
  ['AUTH_ISSUER', 'https://login.microsoftonline.com/example.onmicrosoft.com/v2.0'],
  ['AUTH_ISSUER', 'https://login.microsoftonline.com/aaaabbbb-0000-cccc-1111-dddd2222eeee/'],
  ['AUTH_ISSUER', 'https://sts.windows.net/aaaabbbb-0000-cccc-1111-dddd2222eeee'],
  ['AUTH_CLOCK_TOLERANCE', '-1'],
  ['AUTH_CLOCK_TOLERANCE', '301'],
  ['AUTH_CLOCK_TOLERANCE', 'soon'],
])('%s must not be %s', (name, value) => {
  expect(outcomeOf({ ...AUTH, [name]: value })).toContain(name)
})

test.each([
  ['AUTH_ISSUER', 'https://id.example/realms/one'],
  ['AUTH_ISSUER', 'urn:example:issuer'],
  ['AUTH_ISSUER', 'https://sts.windows.net/aaaabbbb-0000-cccc-1111-dddd2222eeee/'],
  ['AUTH_AUDIENCE', 'api://00001111-aaaa-2222-bbbb-3333cccc4444'],
  ['AUTH_USER_CLAIM', 'https://example.com/user.id'],
  ['AUTH_USER_CLAIM', 'custom:user_id'],
  ['AUTH_OPERATOR_CLAIM', 'https://example.com/roles=admin'],
  ['AUTH_OPERATOR_CLAIM', 'resource_access.my-app.roles=admin'],
  ['AUTH_OPERATOR_CLAIM', 'groups=CN=Admins of All,OU=Groups'],
  ['AUTH_OPERATOR_CLAIM', 'aud=operators'],
])('%s may be %s', (name, value) => {
  expect(outcomeOf({ ...AUTH, [name]: value })).toBe('configured')
})

test('a key set URL on this machine may use http', () => {
  expect(outcomeOf({ ...AUTH, AUTH_JWKS_URL: 'http://localhost:9000/keys' })).toBe('configured')
})

function restTokens(environment: string, REST_TOKENS?: string): boolean {
  return readConfig({ ...PROJECT, PIPEDREAM_PROJECT_ENVIRONMENT: environment, REST_TOKENS })
    .restTokens
}

test('the REST endpoints are on with the emulator and in development, in production only if enabled', () => {
  expect(readConfig({}).restTokens).toBe(true)
  expect(restTokens('development')).toBe(true)
  expect(restTokens('development', 'off')).toBe(false)
  expect(restTokens('production')).toBe(false)
  expect(restTokens('production', 'on')).toBe(true)
  expect(outcomeOf({ REST_TOKENS: 'yes' })).toContain('REST_TOKENS')
})

test('the former name of REST_TOKENS still works, with a warning', () => {
  const production = { ...PROJECT, PIPEDREAM_PROJECT_ENVIRONMENT: 'production' }
  const { restTokens, warnings } = readConfig({ ...production, REST_TWINS: 'on' })
  expect(restTokens).toBe(true)
  expect(warnings).toEqual([expect.stringMatching(/REST_TWINS.*REST_TOKENS/)])
  const both = readConfig({ ...production, REST_TWINS: 'on', REST_TOKENS: 'off' })
  expect(both.restTokens).toBe(false)
  expect(both.warnings).toEqual([expect.stringContaining('REST_TWINS')])
  expect(readConfig({ REST_TWINS: 'off' }).restTokens).toBe(false)
  expect(outcomeOf({ REST_TWINS: 'yes' })).toContain('REST_TWINS')
  expect(readConfig({ ...production, REST_TOKENS: 'on' }).warnings).toEqual([])
})

test('QUICK_APPS must be a short list of slugs', () => {
  expect(readConfig({}).quickApps).toContain('google_sheets')
  expect(readConfig({ QUICK_APPS: 'openai, zoom' }).quickApps).toEqual(['openai', 'zoom'])
  for (const QUICK_APPS of ['a,<b>', 'a,b,c,d,e,f,g,h,i']) {
    expect(() => readConfig({ QUICK_APPS })).toThrow('QUICK_APPS')
  }
})

test('proxy variables are read in both cases, from the file and the environment', () => {
  const { proxies } = readConfig({
    https_proxy: 'http://proxy.example:3128',
    NO_PROXY: '10.0.0.0/8',
  })
  expect(proxies).toMatchObject({
    https_proxy: 'http://proxy.example:3128',
    NO_PROXY: '10.0.0.0/8',
  })
})

test('headers for the trace collector are read as OpenTelemetry defines them', () => {
  const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example' }
  const OTEL_EXPORTER_OTLP_HEADERS = 'X-Key=a%20b, authorization=Basic Zm9v=='
  expect(readConfig({ ...collector, OTEL_EXPORTER_OTLP_HEADERS }).operator.traces).toEqual({
    endpoint: 'https://collector.example',
    headers: { 'x-key': 'a b', authorization: 'Basic Zm9v==' },
  })
  expect(() => readConfig({ ...collector, OTEL_EXPORTER_OTLP_HEADERS: 'nothing' })).toThrow(
    'OTEL_EXPORTER_OTLP_HEADERS',
  )
})

test.each([
  ['0.0.0.0', '0.0.0.0'],
  ['::', '::'],
  ['[::1]', '::1'],
  ['localhost', 'localhost'],
  ['gateway.internal', 'gateway.internal'],
])('HOST=%s listens on %s', (HOST, host) => {
  expect(readConfig({ HOST, EMULATOR_HOST: HOST })).toMatchObject({ host, emulatorHost: host })
})

test.each([
  'http://localhost',
  '0.0.0.0:3000',
  '999.0.0.1',
  '0.0.0',
  'a b',
  'a/b',
  '[::',
  '-a',
  '*',
])('HOST=%s is rejected with a sentence', (HOST) => {
  expect(() => readConfig({ HOST })).toThrow(/^HOST must be an address or a name/)
  expect(() => readConfig({ EMULATOR_HOST: HOST })).toThrow(/^EMULATOR_HOST must be/)
})
