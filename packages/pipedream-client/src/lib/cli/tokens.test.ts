import { describe, expect, test } from 'vitest'
import { runCli } from '../../../test/run-cli.ts'

const CONNECT_TOKENS = '/v1/connect/proj_emulator/tokens'

test('creates an OAuth token, a connect token and a link, and shows when they expire', async () => {
  const { code, stdout, stderr, requests } = await runCli(['tokens', '--app', 'slack'])
  expect([code, stderr]).toEqual([0, ''])
  expect(requests[0]).toMatchObject({ method: 'POST', path: '/v1/oauth/token' })
  expect(requests.at(-1)).toMatchObject({
    method: 'POST',
    path: CONNECT_TOKENS,
    body: { external_user_id: 'demo-user', app_id: 'slack' },
  })
  expect(stdout).toMatch(/OAuth token[^]*60 min[^]*Connect token[^]*4 h[^]*Connect link/)
  expect(stdout).toMatch(/Connect link .*connectLink=true&app=slack\n/)
})

describe.each([
  ['for people', ['tokens', '--app=slack']],
  ['as JSON', ['tokens', '--app=slack', '--json']],
])('%s', (_, args) => {
  test('tokens are shortened', async () => {
    const { stdout, accessTokens, connectTokens } = await runCli(args)
    expect(accessTokens).not.toEqual([])
    expect(connectTokens).toHaveLength(1)
    for (const token of [...accessTokens, ...connectTokens]) {
      expect(stdout).not.toContain(token)
      expect(stdout).not.toContain(token.slice(0, 16))
    }
    expect(stdout).toMatch(/ctok_\w{1,4}\.\.\./)
  })

  test('--reveal shows full tokens, also in the link', async () => {
    const { stdout, accessTokens, connectTokens } = await runCli([...args, '--reveal'])
    expect(stdout).toContain(accessTokens[0])
    expect(stdout).toContain(connectTokens[0])
    expect(stdout).toContain(`token=${connectTokens[0]}&connectLink=true&app=slack`)
  })

  test('a link without the token is shortened as well', async () => {
    const link = 'https://pipedream.com/_static/connect.html?session=5e55101&connectLink=true'
    const { code, stdout } = await runCli(args, {
      respond: (request) =>
        request.url.endsWith(CONNECT_TOKENS)
          ? Response.json({
              token: 'ctok_0123456789abcdef0123456789abcdef',
              expires_at: '2026-05-22T12:00:00.000Z',
              connect_link_url: link,
            })
          : undefined,
    })
    expect(code).toBe(0)
    expect(stdout).toContain('https://pipedream.com/_static/connect.html')
    expect(stdout).not.toContain('5e55101')
  })
})

test('--json prints one object with the same content', async () => {
  const { code, stdout, connectTokens } = await runCli([
    'tokens',
    '--json',
    '--reveal',
    '--user=ada',
  ])
  expect(code).toBe(0)
  const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  expect(JSON.parse(stdout)).toEqual({
    oauthToken: {
      accessToken: expect.stringMatching(/^eyJ/),
      tokenType: 'Bearer',
      expiresAt: instant,
      scope: null,
    },
    connectToken: {
      token: connectTokens[0],
      expiresAt: instant,
      connectLinkUrl: expect.stringContaining(String(connectTokens[0])),
      externalUserId: 'ada',
      app: null,
      projectEnvironment: 'development',
    },
    masked: false,
  })
})

test('the revealed tokens work', async () => {
  const { stdout, emulator } = await runCli(['tokens', '--json', '--reveal'])
  const { oauthToken, connectToken } = JSON.parse(stdout)
  for (const bearer of [oauthToken.accessToken, connectToken.token]) {
    const headers = { authorization: `Bearer ${bearer}`, 'x-pd-environment': 'development' }
    const url = 'http://localhost:4010/v1/connect/proj_emulator/accounts'
    expect(await emulator.fetch(new Request(url, { headers }))).toMatchObject({ status: 200 })
  }
})

test.each([
  ['demo-user', [], {}],
  ['grace', [], { TEST_USER_ID: 'grace' }],
  ['ada', ['--user', 'ada'], { TEST_USER_ID: 'grace' }],
  ['-ada', ['--user=-ada'], {}],
  ['Ada Lovelace', ['--user', 'Ada Lovelace'], {}],
])('the user is %s', async (user, args, env) => {
  const { requests } = await runCli(['tokens', ...args], { env })
  expect(requests.at(-1)).toMatchObject({ body: { external_user_id: user } })
})

test('--scope sets the scope of the OAuth token, and may be repeated', async () => {
  const { requests, stdout } = await runCli([
    'tokens',
    '--scope',
    'connect:accounts:read',
    '--scope=connect:proxy',
  ])
  expect(requests[0]).toMatchObject({ body: { scope: 'connect:accounts:read connect:proxy' } })
  expect(requests.at(-1)).toMatchObject({ path: CONNECT_TOKENS })
  expect(requests.at(-1)?.body).not.toMatchObject({ scope: expect.stringContaining('proxy') })
  expect(stdout).not.toContain('whole workspace')
})

test.each([
  ['narrow by default', undefined, 'connect:accounts:read connect:accounts:write'],
  ['a setting', 'connect:*', 'connect:*'],
])('the scope of connect tokens is %s', async (_, setting, scope) => {
  const { requests } = await runCli(['tokens'], {
    env: { PIPEDREAM_CONNECT_TOKEN_SCOPE: setting },
  })
  expect(requests.at(-1)).toMatchObject({ body: { scope } })
})

describe('each failure is one line that says what to correct', () => {
  test.each([
    [['--app=sheets'], 'app'],
    [['--app=../accounts'], '--app'],
    [['--scope=everything'], 'scope'],
    [[`--user=${'a'.repeat(251)}`], '--user'],
  ])('%s', async (args, named) => {
    const { code, failures, connectTokens } = await runCli(['tokens', ...args])
    expect(code).toBe(1)
    expect(failures).toEqual([expect.stringContaining(named)])
    expect(connectTokens).toEqual([])
  })

  test.each([
    ['PIPEDREAM_CLIENT_SECRET', 'not-the-secret'],
    ['PIPEDREAM_PROJECT_ID', 'proj_other'],
  ])('%s of another workspace', async (name, value) => {
    const { code, failures } = await runCli(['tokens'], { env: { [name]: value } })
    expect(code).toBe(1)
    expect(failures).toEqual([expect.stringContaining(name)])
  })

  test('--json prints nothing else', async () => {
    const env = { PIPEDREAM_PROJECT_ID: 'proj_other' }
    const { code, stdout, failures } = await runCli(['tokens', '--json'], { env })
    expect([code, stdout, failures.length]).toEqual([1, '', 1])
  })

  test('all invalid settings are reported together, and nothing is sent', async () => {
    const { code, stdout, failures, requests } = await runCli(['tokens'], {
      env: {
        PIPEDREAM_CLIENT_ID: undefined,
        PIPEDREAM_CLIENT_SECRET: '',
        PIPEDREAM_PROJECT_ID: 'o_workspace',
        PIPEDREAM_PROJECT_ENVIRONMENT: 'staging',
      },
    })
    expect([code, stdout, requests]).toEqual([1, '', []])
    expect(failures.map((line) => line.split(' ')[0])).toEqual([
      'PIPEDREAM_CLIENT_ID',
      'PIPEDREAM_CLIENT_SECRET',
      'PIPEDREAM_PROJECT_ID',
      'PIPEDREAM_PROJECT_ENVIRONMENT',
    ])
  })
})
