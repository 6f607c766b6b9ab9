import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CREDENTIALS, runCli, type RunCliOptions } from '../../../test/run-cli.ts'
import type { Finding } from './finding.ts'

interface Report {
  ok: boolean
  summary: string
  findings: Finding[]
}

/** The findings of `doctor --json`, by check. */
async function diagnose(options: RunCliOptions = {}) {
  const { code, stdout, stderr, requests } = await runCli(['doctor', '--json'], options)
  const report: Report = JSON.parse(stdout)
  const found = (check: string) => report.findings.filter((one) => one.check === check)
  const problems = report.findings.filter(({ status }) => status === 'problem')
  return { code, stderr, requests, report, found, problems }
}

type Respond = NonNullable<RunCliOptions['respond']>

const TOKEN = '/v1/oauth/token'
const ACCOUNTS = '/v1/connect/proj_emulator/accounts'
const at =
  (path: string, respond: () => Response): Respond =>
  (request) =>
    new URL(request.url).pathname === path ? respond() : undefined
const refuse = (status: number, headers: Record<string, string> = {}) =>
  Response.json({ error: 'No.' }, { status, headers })

const refuseScopes: Respond = async (request) => {
  if (!request.url.endsWith(TOKEN)) return undefined
  const { scope } = await request.clone().json()
  return scope === undefined ? undefined : refuse(400)
}
/** Rejects the accounts of the project, and lists projects with these ids. */
const showProjects =
  (...ids: string[]): Respond =>
  (request) => {
    const { pathname } = new URL(request.url)
    if (pathname.endsWith('/accounts')) return refuse(403)
    if (pathname !== '/v1/connect/projects') return undefined
    const data = ids.map((id) => ({ id, name: `Project ${id}` }))
    return Response.json({ data, page_info: {} })
  }

const reason = (code: string) => Object.assign(new Error('A reason.'), { code })
const failWith =
  (error: Error): Respond =>
  () => {
    throw error
  }
/** Errors as `fetch` throws them, and as node:http does. */
const broken = (code: string) => [
  failWith(new TypeError('fetch failed', { cause: reason(code) })),
  failWith(reason(code)),
]

/** The only problem that `doctor` finds; for fake timers. */
async function diagnoseLine(respond: Respond): Promise<Finding> {
  const diagnosis = diagnose({ respond })
  await vi.runAllTimersAsync()
  const { code, problems } = await diagnosis
  const [problem, ...others] = problems
  if (problem === undefined || others.length > 0 || code !== 1) {
    throw new Error(`There are ${problems.length} problems, and the exit code is ${code}.`)
  }
  return problem
}

test('all checks pass, and nothing is changed', async () => {
  const { code, stderr, report, requests } = await diagnose({
    env: { PUBLIC_URL: 'https://app.example.com', ALLOWED_ORIGINS: 'http://localhost:5173' },
    respond: (request) =>
      request.url.endsWith(TOKEN)
        ? Response.json(
            { access_token: 'access-1', token_type: 'Bearer', expires_in: 3600 },
            { headers: { date: new Date().toUTCString() } },
          )
        : Response.json({ data: [], page_info: { total_count: 0 } }),
  })
  expect([code, stderr, report.ok]).toEqual([0, '', true])
  expect(report.findings.map(({ check, status }) => [check, status])).toEqual([
    ['configuration', 'ok'],
    ['origins', 'ok'],
    ['reachability', 'ok'],
    ['clock', 'ok'],
    ['credentials', 'ok'],
    ['scopes', 'ok'],
    ['project', 'ok'],
    ['environment', 'ok'],
  ])
  const changes = requests.filter(({ method, path }) => method !== 'GET' && path !== TOKEN)
  expect(changes).toEqual([])
})

test('the output for people has one or two lines per finding, and a summary', async () => {
  const env = { PIPEDREAM_PROJECT_ID: 'proj_other', ALLOWED_ORIGINS: 'localhost' }
  const { report } = await diagnose({ env })
  const { code, stdout } = await runCli(['doctor'], { env })
  expect(code).toBe(1)
  for (const { what, fix } of report.findings) {
    expect(stdout).toContain(what)
    expect(stdout).toContain(fix ?? '')
  }
  expect(stdout.trimEnd().split('\n').at(-1)).toBe(report.summary)
  expect(report.summary).toContain('2')
})

/** A `.env.local` with these settings. */
function write(values: object): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')
}

describe('configuration', () => {
  test('all missing settings are reported together, and nothing is sent', async () => {
    const names = [
      'PIPEDREAM_CLIENT_ID',
      'PIPEDREAM_CLIENT_SECRET',
      'PIPEDREAM_PROJECT_ID',
      'PIPEDREAM_PROJECT_ENVIRONMENT',
    ]
    const { code, problems, requests } = await diagnose({
      env: Object.fromEntries(names.map((name) => [name, undefined])),
    })
    expect([code, requests]).toEqual([1, []])
    expect(problems.map(({ what }) => what.split(' ')[0])).toEqual(names)
    for (const { fix } of problems) expect(fix).toContain('.env.local')
  })

  const unset = Object.fromEntries(Object.keys(CREDENTIALS).map((name) => [name, undefined]))
  const { PIPEDREAM_CLIENT_SECRET: secret, ...others } = CREDENTIALS

  test.each([
    ['.env.local', unset, write(CREDENTIALS)],
    ['the environment', {}, 'TEST_USER_ID=ada'],
    [
      '.env.local and the environment',
      { ...unset, PIPEDREAM_CLIENT_SECRET: secret },
      write(others),
    ],
  ])('names %s as the source of the settings', async (source, env, file) => {
    const { found } = await diagnose({ env, file })
    expect(found('configuration')).toMatchObject([
      { status: 'ok', what: expect.stringMatching(new RegExp(`from ${source}\\.$`)) },
    ])
  })

  test.each([
    ['PowerShell', '$env:', ' = '],
    ['cmd', 'set ', '='],
  ])(
    'with commands of %s in the file, only they are named, and nothing is sent',
    async (_, before, is) => {
      const names = Object.keys(CREDENTIALS)
      const file = names.map((name) => `${before}${name}${is}x`).join('\n')
      const { code, problems, requests } = await diagnose({ env: unset, file })
      expect([code, requests]).toEqual([1, []])
      expect(problems).toMatchObject([{ what: expect.stringContaining('lines 1, 2, 3 and 4') }])
    },
  )

  test('a line that is not a setting does not prevent the other checks', async () => {
    const file = `${write(CREDENTIALS)}\nnothing`
    const { found, problems } = await diagnose({ env: unset, file })
    expect(problems).toHaveLength(1)
    expect(found('project')).toMatchObject([{ status: 'ok' }])
  })

  test.each([
    ['PIPEDREAM_CLIENT_ID', '"emulator-client"'],
    ['PIPEDREAM_CLIENT_ID', 'emulator-client '],
    ['PIPEDREAM_CLIENT_SECRET', "'emulator-secret'"],
    ['PIPEDREAM_CLIENT_SECRET', '<your secret>'],
    ['PIPEDREAM_CLIENT_SECRET', 'emulator\nsecret'],
    ['PIPEDREAM_PROJECT_ID', 'o_workspace'],
    ['PIPEDREAM_PROJECT_ID', 'my project'],
    ['PIPEDREAM_PROJECT_ID', 'proj_...'],
    ['PIPEDREAM_PROJECT_ENVIRONMENT', 'Development'],
    ['PIPEDREAM_BASE_URL', 'api.pipedream.com'],
    ['PIPEDREAM_BASE_URL', 'https://user:word@api.pipedream.com'],
    ['PIPEDREAM_BASE_URL', 'http://api.pipedream.com'],
    ['PIPEDREAM_BASE_URL', 'http://emulator:4010'],
    ['PIPEDREAM_BASE_URL', 'http://host.docker.internal:4010'],
    ['PIPEDREAM_BASE_URL', 'http://app.localhost:4010'],
    ['PIPEDREAM_BASE_URL', 'http://localhost.evil.example'],
    ['PIPEDREAM_BASE_URL', 'http://127.0.0.1.nip.io'],
    ['PIPEDREAM_CONNECT_URL', 'http://pipedream.com/_static/connect.html'],
    ['PIPEDREAM_BASE_URL', 'https://api.pipedream.com/v1'],
    ['PIPEDREAM_BASE_URL', 'http://localhost:4010/pipedream/v1/'],
    ['PIPEDREAM_CONNECT_URL', 'pipedream.com'],
    ['PIPEDREAM_CONNECT_TOKEN_SCOPE', '*'],
    ['PIPEDREAM_CONNECT_TOKEN_SCOPE', 'connect:accounts:read,connect:proxy'],
    ['TEST_USER_ID', 'a'.repeat(251)],
  ])('%s is rejected as %j', async (name, value) => {
    const { code, problems } = await diagnose({ env: { [name]: value } })
    expect(code).toBe(1)
    expect(problems).toEqual([
      expect.objectContaining({ check: 'configuration', what: expect.stringContaining(name) }),
    ])
  })

  test.each([
    ['PIPEDREAM_BASE_URL', 'http://[::1]:4010/'],
    ['PIPEDREAM_CONNECT_TOKEN_SCOPE', 'connect:accounts:read connect:proxy'],
    ['TEST_USER_ID', 'a'.repeat(250)],
  ])('%s may be %s', async (name, value) => {
    expect(await diagnose({ env: { [name]: value } })).toMatchObject({ code: 0, problems: [] })
  })

  test('with ALLOW_INSECURE=on the API may use plain http, and such an origin is a warning', async () => {
    const env = {
      ALLOW_INSECURE: 'on',
      PIPEDREAM_BASE_URL: 'http://emulator:4010',
      PUBLIC_URL: 'http://app.test',
    }
    const { code, problems, found } = await diagnose({ env })
    expect([code, problems]).toEqual([0, []])
    expect(found('origins')).toMatchObject([{ status: 'warning' }])
  })

  describe('of a secret in the environment and a URL in the file', () => {
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
    ])('%s=%s is a problem', async (name, value) => {
      const { code, problems } = await diagnose({ file: `${name}=${value}` })
      expect(code).toBe(1)
      expect(problems).toMatchObject([
        { check: 'configuration', what: expect.stringMatching(`^${name} is in .env.local`) },
      ])
    })

    test.each([
      'PIPEDREAM_BASE_URL=https://evil.example',
      'ALLOW_INSECURE=on',
      'https_proxy=http://evil.example',
    ])('nothing is sent with %s', async (file) => {
      expect(await diagnose({ file })).toMatchObject({ requests: [] })
      expect(await runCli(['tokens'], { file })).toMatchObject({ code: 1, requests: [] })
    })

    test('both in one place are accepted, and so is a URL of the environment', async () => {
      const url = { PIPEDREAM_BASE_URL: 'http://localhost:4010' }
      const inFile = write({ ...CREDENTIALS, ...url })
      expect(await diagnose({ env: unset, file: inFile })).toMatchObject({ code: 0 })
      expect(await diagnose({ env: url })).toMatchObject({ code: 0 })
      expect(await diagnose({ env: { ...unset, ...url }, file: write(CREDENTIALS) })).toMatchObject(
        {
          code: 0,
        },
      )
    })
  })

  test('PIPEDREAM_BASE_URL may have a path, which a proxy removes', async () => {
    const { code, problems, requests } = await diagnose({
      env: { PIPEDREAM_BASE_URL: 'https://proxy.example/pipedream' },
      respond: ({ url }) =>
        url.endsWith(TOKEN)
          ? Response.json({ access_token: 'access-1', token_type: 'Bearer', expires_in: 3600 })
          : Response.json({ data: [], page_info: { total_count: 0 } }),
    })
    expect([code, problems]).toEqual([0, []])
    for (const { path } of requests) expect(path).toMatch(/^\/pipedream\/v1\//)
  })

  test('the credentials are checked even if the project is invalid', async () => {
    const { found, problems } = await diagnose({
      env: { PIPEDREAM_PROJECT_ID: 'emulator', PIPEDREAM_CLIENT_SECRET: 'wrong-secret' },
    })
    expect(problems.map(({ check }) => check)).toEqual(['configuration', 'credentials'])
    expect(found('project')).toMatchObject([{ status: 'skipped' }])
  })
})

describe('the scope of connect tokens', () => {
  test.each([
    ['the default', undefined],
    ['the default, written down', 'connect:accounts:read connect:accounts:write'],
    ['a narrower one', 'connect:accounts:read'],
  ])('is narrow: %s', async (_, scope) => {
    const { found } = await diagnose({ env: { PIPEDREAM_CONNECT_TOKEN_SCOPE: scope } })
    expect(found('configuration')).toMatchObject([{ status: 'ok' }])
  })

  test.each([
    'connect:*',
    'connect:proxy',
    'connect:actions:*',
    'connect:triggers:*',
    'connect:deployed_triggers:write',
    'connect:workflow:invoke',
    'connect:invented_later',
  ])('%s is wide: a warning names it, and says what to use', async (scope) => {
    const { code, found } = await diagnose({
      env: { PIPEDREAM_CONNECT_TOKEN_SCOPE: `connect:accounts:read ${scope}` },
    })
    // Some products need it, so a script that checks the settings must not stop.
    expect(code).toBe(0)
    expect(found('configuration')).toMatchObject([
      { status: 'ok' },
      {
        status: 'warning',
        what: expect.stringContaining(` ${scope}.`),
        fix: expect.stringContaining('connect:accounts:read connect:accounts:write'),
      },
    ])
  })
})

describe('credentials', () => {
  test('that are rejected: names the two settings to check', async () => {
    const { code, problems } = await diagnose({ env: { PIPEDREAM_CLIENT_ID: 'someone' } })
    expect([code, problems.length]).toEqual([1, 1])
    expect(problems[0]).toMatchObject({ check: 'credentials' })
    expect(problems[0]?.fix).toMatch(/PIPEDREAM_CLIENT_ID.*PIPEDREAM_CLIENT_SECRET/)
  })

  test('that the environment overrides: says that the environment wins', async () => {
    const options = { env: { PIPEDREAM_CLIENT_SECRET: 'an-old-secret' } }
    const shadowed = await diagnose({ ...options, file: 'PIPEDREAM_CLIENT_SECRET=emulator-secret' })
    const alone = await diagnose(options)
    expect(shadowed.problems[0]?.fix).toContain('.env.local')
    expect(alone.problems[0]?.fix).not.toContain('.env.local')
  })
})

describe('project', () => {
  test.each([401, 403, 404])('a response of %i names PIPEDREAM_PROJECT_ID', async (status) => {
    const { code, problems } = await diagnose({ respond: at(ACCOUNTS, () => refuse(status)) })
    expect(code).toBe(1)
    expect(problems).toEqual([
      expect.objectContaining({
        check: 'project',
        what: expect.stringContaining('PIPEDREAM_PROJECT_ID'),
      }),
    ])
  })

  test('of another workspace: suggests those of these credentials', async () => {
    const { problems } = await diagnose({ respond: showProjects('proj_one', 'proj_two') })
    expect(problems[0]?.fix).toMatch(/proj_one \(Project proj_one\).*proj_two/)
  })

  test('of these credentials, but not accessible: blames the scope', async () => {
    const { problems } = await diagnose({ respond: showProjects('proj_one', 'proj_emulator') })
    expect(problems).toHaveLength(1)
    expect(problems[0]?.fix).toContain('connect:accounts:read')
    expect(problems[0]?.fix).not.toContain('proj_one')
  })
})

test('names an environment that Pipedream rejects', async () => {
  const { problems } = await diagnose({ respond: at(ACCOUNTS, () => refuse(400)) })
  expect(problems).toEqual([
    expect.objectContaining({
      check: 'environment',
      fix: expect.stringContaining('PIPEDREAM_PROJECT_ENVIRONMENT'),
    }),
  ])
})

test.each([
  ['development', 9, []],
  ['development', 10, ['environment']],
  ['production', 10, []],
])('%s with %i users', async (environment, total_count, expected) => {
  const { problems } = await diagnose({
    env: { PIPEDREAM_PROJECT_ENVIRONMENT: environment },
    respond: at('/v1/connect/proj_emulator/users', () =>
      Response.json({ data: [], page_info: { total_count } }),
    ),
  })
  expect(problems.map(({ check }) => check)).toEqual(expected)
})

test('names scopes that Pipedream does not grant', async () => {
  const { problems } = await diagnose({ respond: refuseScopes })
  expect(problems).toEqual([
    expect.objectContaining({
      check: 'scopes',
      fix: expect.stringContaining('connect:tokens:create'),
    }),
  ])
})

describe('origins', () => {
  test.each([
    ['https://app.example.com'],
    ['https://app.example.com:8443'],
    ['http://localhost:3000'],
    ['http://app.localhost:3000'],
    ['http://127.0.0.1:3000'],
    ['http://[::1]:3000'],
    ['https://my_app.example.com'],
    ['https://xn--bcher-kva.example'],
    ['https://[2001:db8::1]:8443'],
    ['https://192.0.2.1'],
  ])('%s is one', async (origin) => {
    const env = { PUBLIC_URL: origin, ALLOWED_ORIGINS: `${origin}, ${origin} ${origin}` }
    expect(await diagnose({ env })).toMatchObject({ code: 0, problems: [] })
  })

  test.each([
    ['app.example.com', 'https://'],
    ['localhost:3000', 'https://'],
    ['*', 'wildcard'],
    ['https://*.example.com', 'wildcard'],
    ['https://{tenant}.example.com', 'wildcard'],
    ['https://$HOST', 'wildcard'],
    ['https://app..example.com', 'wildcard'],
    [`https://${'a'.repeat(64)}.example.com`, 'wildcard'],
    ['ftp://example.com', 'https://'],
    ['http://app.example.com', 'https'],
    ['http://localhost.example.com', 'https'],
    ['https://App.Example.com:443', 'https://app.example.com,'],
  ])('%s is not an origin, and the fix shows how to write it', async (origin, hint) => {
    for (const name of ['PUBLIC_URL', 'ALLOWED_ORIGINS']) {
      const { code, problems } = await diagnose({ env: { [name]: origin } })
      expect(code).toBe(1)
      expect(problems).toEqual([
        expect.objectContaining({
          check: 'origins',
          what: expect.stringContaining(name),
          fix: expect.stringContaining(hint),
        }),
      ])
    }
  })

  test('never shows a password', async () => {
    const env = {
      PUBLIC_URL: 'https://ada:emulator-password@x.example',
      ALLOWED_ORIGINS: 'https://ada:emulator-password@x.example',
    }
    const { problems, report } = await diagnose({ env })
    expect(problems).toHaveLength(2)
    expect(JSON.stringify(report)).not.toContain('emulator-password')
  })

  test.each(['/', '/connections', '/connections/', '/tools/connections'])(
    'PUBLIC_URL may end in %s, and ALLOWED_ORIGINS may not',
    async (path) => {
      const url = `https://app.example.com${path}`
      expect(await diagnose({ env: { PUBLIC_URL: url } })).toMatchObject({ code: 0, problems: [] })
      expect(await diagnose({ env: { ALLOWED_ORIGINS: url } })).toMatchObject({
        code: 1,
        problems: [{ check: 'origins', fix: expect.stringContaining('https://app.example.com,') }],
      })
    },
  )

  test.each(['/a?b', '/a#b', '/a//b', '/a/../b', '/a%2fb', '/a b', '/ä', '\\a'])(
    'PUBLIC_URL may not end in %s',
    async (path) => {
      const { code, problems } = await diagnose({
        env: { PUBLIC_URL: `https://app.example.com${path}` },
      })
      expect(code).toBe(1)
      expect(problems).toMatchObject([
        { check: 'origins', fix: expect.stringContaining('https://app.example.com/connections') },
      ])
    },
  )
})

describe('git', () => {
  const file = 'TEST_USER_ID=ada'
  test.each([
    ['tracks .env.local', { 'ls-files': 0 }, 'warning'],
    ['does not ignore .env.local', { 'ls-files': 1, 'check-ignore': 1 }, 'warning'],
    ['ignores .env.local', { 'ls-files': 1, 'check-ignore': 0 }, 'ok'],
  ])('%s', async (_, git, status) => {
    const { code, found, report } = await diagnose({ file, git })
    expect(found('git')).toMatchObject([{ status, what: expect.stringContaining('.env.local') }])
    // A warning must not stop a script.
    expect([code, report.ok]).toEqual([0, true])
    expect(report.summary === 'All is well.').toBe(status === 'ok')
  })

  test.each([
    ['no repository', { file, git: { 'ls-files': 128, 'check-ignore': 128 } }],
    ['no git', { file }],
    ['no file', { git: { 'ls-files': 0 } }],
  ])('%s: no finding', async (_, options) => {
    expect((await diagnose(options)).found('git')).toEqual([])
  })
})

describe('clock', () => {
  const serverTime = Date.parse('2026-03-01T12:00:00.000Z')
  const respond = at(TOKEN, () =>
    Response.json(
      { access_token: 'access-1', expires_in: 3600 },
      { headers: { date: new Date(serverTime).toUTCString() } },
    ),
  )
  const diagnoseAt = (offsetMs: number) =>
    diagnose({ respond, now: () => new Date(serverTime + offsetMs) })

  test.each([0, 59_000, -59_000])('off by %i ms is tolerated', async (offsetMs) => {
    expect((await diagnoseAt(offsetMs)).found('clock')).toMatchObject([{ status: 'ok' }])
  })

  test.each([
    [62_000, 'ahead'],
    [-62_000, 'behind'],
    [7_200_000, 'ahead'],
  ])('off by %i ms is %s', async (offsetMs, word) => {
    const [clock] = (await diagnoseAt(offsetMs)).found('clock')
    expect(clock).toMatchObject({ status: 'problem', what: expect.stringContaining(word) })
  })

  test('a slow response is not the clock’s fault', async () => {
    const times = [serverTime - 100_000, serverTime + 100_000]
    const { found } = await diagnose({
      respond,
      now: () => new Date(times.shift() ?? serverTime),
    })
    expect(found('clock')).toMatchObject([{ status: 'ok' }])
  })

  test.each([
    {},
    { date: 'yesterday' },
    { date: '7' },
    { date: new Date(0).toUTCString(), age: '9' },
  ])(
    'is not checked without a date in the response, or with one from a cache (%o)',
    async (headers) => {
      const { found, code } = await diagnose({
        respond: at(TOKEN, () =>
          Response.json({ access_token: 'access-1', expires_in: 3600 }, { headers }),
        ),
      })
      expect(found('clock')).toMatchObject([{ status: 'skipped' }])
      expect(code).toBe(1)
    },
  )
})

describe('reachability', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const kinds = {
    dns: ['ENOTFOUND', 'EAI_AGAIN'],
    refused: ['ECONNREFUSED'],
    date: ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
    certificate: [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    ],
    name: ['ERR_TLS_CERT_ALTNAME_INVALID'],
    tls: ['ERR_SSL_WRONG_VERSION_NUMBER', 'EPROTO'],
    timeout: ['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT'],
    route: ['ENETUNREACH', 'EHOSTUNREACH'],
    reset: ['ECONNRESET', 'UND_ERR_SOCKET'],
    unknown: ['ESOMETHING', 'ESOMETHING'],
  }

  test('each kind of failure has its own message', async () => {
    const sentences: string[] = []
    for (const codes of Object.values(kinds)) {
      const own = new Set<string>()
      for (const respond of codes.flatMap(broken)) {
        const { check, what } = await diagnoseLine(respond)
        expect(check).toBe('reachability')
        own.add(what)
      }
      sentences.push(...own)
    }
    expect(sentences).toHaveLength(Object.keys(kinds).length)
    expect(new Set(sentences).size).toBe(sentences.length)
    for (const what of sentences) expect(what).toContain('api.pipedream.com')
  })

  test('several addresses that refuse the connection are one problem', async () => {
    const cause = new AggregateError([reason('ECONNREFUSED'), reason('ECONNREFUSED')])
    const { what } = await diagnoseLine(failWith(new TypeError('fetch failed', { cause })))
    expect(what).toContain('refused')
  })

  test('names a configured proxy', async () => {
    const diagnosis = diagnose({
      env: { https_proxy: 'http://proxy.example:3128' },
      respond: failWith(reason('ECONNREFUSED')),
    })
    await vi.runAllTimersAsync()
    const { problems } = await diagnosis
    const without = await diagnoseLine(failWith(reason('ECONNREFUSED')))
    expect(problems[0]?.fix).toContain('HTTPS_PROXY')
    expect(without.fix).not.toContain('HTTPS_PROXY')
  })

  test('an endless wait is a timeout', async () => {
    const late = await diagnoseLine(() => new Promise(() => {}))
    const [respond = () => undefined] = broken('ETIMEDOUT')
    expect(late).toEqual(await diagnoseLine(respond))
  })

  test.each([
    ['a sign-in page', () => new Response('<html>', { status: 200 })],
    ['a redirect', () => new Response('', { status: 302, headers: { location: 'https://x' } })],
    ['another server', () => new Response('Not found', { status: 404 })],
  ])('reports %s instead of Pipedream', async (_, response) => {
    const { check, fix } = await diagnoseLine(at(TOKEN, response))
    expect([check, fix]).toEqual(['reachability', expect.stringContaining('PIPEDREAM_BASE_URL')])
  })

  test('a failing or rate limiting Pipedream is not blamed on the settings', async () => {
    const down = await diagnoseLine(at(TOKEN, () => refuse(503)))
    const busy = await diagnoseLine(at(TOKEN, () => refuse(429, { 'retry-after': '42' })))
    expect(down).toMatchObject({ check: 'reachability', what: expect.stringContaining('503') })
    expect(busy).toMatchObject({ check: 'reachability', fix: expect.stringContaining('42 s') })
  })
})
