import { expect, test } from 'vitest'
import { connectKey, createHarness, type Harness, newAccessToken } from '../../test/harness.ts'

const PROJECT = '/v1/connect/proj_emulator'
const USER = { external_user_id: 'ada' }

/** Every route that requires a scope: how to call it, the scope that Pipedream documents or implies, and who may. */
const GUARDED = [
  ['GET', '/v1/connect/apps', 'connect:apps:*', 'anyone'],
  ['GET', '/v1/connect/apps/slack', 'connect:apps:*', 'anyone'],
  ['GET', '/v1/connect/app_categories', 'connect:*', 'anyone'],
  ['GET', '/v1/connect/app_categories/appcat_none', 'connect:*', 'anyone'],
  ['GET', '/v1/apps', 'connect:apps:*', 'anyone'],
  ['GET', '/v1/apps/slack', 'connect:apps:*', 'anyone'],
  ['GET', '/v1/app_categories', 'connect:*', 'anyone'],
  ['GET', '/v1/app_categories/appcat_none', 'connect:*', 'anyone'],
  ['GET', `${PROJECT}/accounts`, 'connect:accounts:read', 'anyone'],
  ['GET', `${PROJECT}/accounts/apn_none`, 'connect:accounts:read', 'anyone'],
  ['DELETE', `${PROJECT}/accounts/apn_none`, 'connect:accounts:write', 'anyone'],
  ['DELETE', `${PROJECT}/apps/no_such_app/accounts`, 'connect:accounts:write', 'anyone'],
  ['GET', `${PROJECT}/users/ada/accounts`, 'connect:accounts:read', 'servers'],
  ['GET', `${PROJECT}/users`, 'connect:users:read', 'servers'],
  ['DELETE', `${PROJECT}/users/ada`, 'connect:users:write', 'anyone'],
  ['GET', `${PROJECT}/oauth_apps`, 'connect:*', 'servers'],
  ['POST', `${PROJECT}/oauth_apps`, 'connect:*', 'servers'],
  ['GET', `${PROJECT}/oauth_apps/oa_none`, 'connect:*', 'servers'],
  ['PUT', `${PROJECT}/oauth_apps/oa_none`, 'connect:*', 'servers'],
  ['DELETE', `${PROJECT}/oauth_apps/oa_none`, 'connect:*', 'servers'],
  ['GET', `${PROJECT}/app_overrides`, 'connect:*', 'servers'],
  ['POST', `${PROJECT}/app_overrides`, 'connect:*', 'servers'],
  ['GET', `${PROJECT}/app_overrides/ao_none`, 'connect:*', 'servers'],
  ['PUT', `${PROJECT}/app_overrides/ao_none`, 'connect:*', 'servers'],
  ['DELETE', `${PROJECT}/app_overrides/ao_none`, 'connect:*', 'servers'],
  ['GET', `${PROJECT}/webhook`, 'connect:*', 'servers'],
  ['PUT', `${PROJECT}/webhook`, 'connect:*', 'servers'],
  ['DELETE', `${PROJECT}/webhook`, 'connect:*', 'servers'],
  ['POST', `${PROJECT}/webhook/regenerate_signing_key`, 'connect:*', 'servers'],
  ['GET', '/v1/connect/projects', 'connect:projects:read', 'servers'],
  ['POST', '/v1/connect/projects', 'connect:projects:write', 'servers'],
  ['GET', '/v1/connect/projects/proj_none', 'connect:projects:read', 'servers'],
  ['PATCH', '/v1/connect/projects/proj_none', 'connect:projects:write', 'servers'],
  ['DELETE', '/v1/connect/projects/proj_none', 'connect:projects:write', 'servers'],
  ['POST', '/v1/connect/projects/proj_none/logo', 'connect:projects:write', 'servers'],
  ['GET', `${PROJECT}/projects/info`, 'connect:*', 'anyone'],
  ['GET', '/v1/connect/usage', 'connect:usage:read', 'servers'],
  ['POST', '/v1/connect/rate_limits', 'connect:*', 'servers'],
  ['POST', `${PROJECT}/tokens`, 'connect:tokens:create', 'servers'],
] as const

type Guarded = (typeof GUARDED)[number]

const ask = async ({ asServer }: Harness, bearer: string, [method, path]: Guarded) => {
  const json = ['POST', 'PUT', 'PATCH'].includes(method) ? { json: USER } : {}
  return asServer(path, { method, bearer, ...json })
}

/** Returns the routes that accept this token, whether or not they find anything. */
async function reach(harness: Harness, bearer: string): Promise<string[]> {
  const responses = await Promise.all(
    GUARDED.map(async (route) => ({ route, status: (await ask(harness, bearer, route)).status })),
  )
  expect(responses.map(({ status }) => status)).not.toContain(401)
  return responses
    .filter(({ status }) => status !== 403)
    .map(({ route }) => `${route[0]} ${route[1]}`)
}

const asking = (...scopes: string[]) =>
  GUARDED.filter(([, , scope]) => scopes.includes(scope)).map(
    ([method, path]) => `${method} ${path}`,
  )
const everything = GUARDED.map(([method, path]) => `${method} ${path}`)

test.each([
  ['*', everything],
  ['connect:*', everything],
  ['connect:apps:*', asking('connect:apps:*')],
  ['connect:accounts:read', asking('connect:accounts:read')],
  ['connect:accounts:write', asking('connect:accounts:write')],
  ['connect:tokens:create', asking('connect:tokens:create')],
  [
    'connect:tokens:create connect:accounts:read',
    asking('connect:tokens:create', 'connect:accounts:read'),
  ],
  ['connect:users:read', asking('connect:users:read')],
  ['connect:users:write', asking('connect:users:write')],
  ['connect:projects:read', asking('connect:projects:read')],
  ['connect:projects:write', asking('connect:projects:write')],
  ['connect:usage:read', asking('connect:usage:read')],
  ['connect:actions:*', []],
  ['connect:proxy', []],
])(
  'an access token with the scope "%s" opens exactly what the scope names',
  async (scope, open) => {
    const harness = await createHarness()
    const bearer = await newAccessToken(harness.call, scope)
    expect(await reach(harness, bearer)).toEqual(open)
  },
)

const forServers: ReadonlySet<string> = new Set(
  GUARDED.filter(([, , , who]) => who === 'servers').map(([method, path]) => `${method} ${path}`),
)

test.each([
  ['connect:*', everything],
  ['connect:apps:*', asking('connect:apps:*')],
  ['connect:accounts:read', asking('connect:accounts:read')],
  ['connect:accounts:write', asking('connect:accounts:write')],
  ['connect:users:write', asking('connect:users:write')],
  ['connect:users:read', []],
  ['connect:proxy', []],
])(
  'a connect token with the scope "%s" opens the same, except server routes',
  async (scope, open) => {
    const harness = await createHarness()
    const bearer = await harness.newConnectToken({ scope })
    expect(await reach(harness, bearer)).toEqual(open.filter((route) => !forServers.has(route)))
  },
)

test('no scope lets a connect token use server routes', async () => {
  const harness = await createHarness()
  for (const scope of ['*', 'connect:*', 'connect:tokens:create connect:projects:write']) {
    const open = await reach(harness, await harness.newConnectToken({ scope }))
    expect(open.filter((route) => forServers.has(route))).toEqual([])
  }
})

test('without a credential, server routes seem not to exist', async () => {
  const { call } = await createHarness()
  for (const [method, path, , who] of GUARDED) {
    if (who !== 'servers' || path === `${PROJECT}/users/ada/accounts`) continue
    expect(await call(path, { method })).toMatchObject({
      status: 404,
      body: { error: 'record not found' },
    })
  }
})

test('a connect token may leave out the project, and a server may not', async () => {
  const harness = await createHarness()
  const bearer = await harness.newConnectToken()
  for (const route of GUARDED) {
    const [method, path, scope, who] = route
    if (!path.startsWith(PROJECT) || path === `${PROJECT}/tokens`) continue
    const short = [method, path.replace('/proj_emulator', ''), scope, who] as const
    const asUser = await harness.call(short[1], { method, bearer })
    const named = await harness.call(path, { method, bearer })
    expect(asUser.status).toBe(who === 'servers' ? 403 : named.status)
    expect(await harness.asServer(short[1], { method, json: undefined })).toMatchObject({
      status: 404,
    })
  }
})

test('a connect token that requests everything gets all of Connect', async () => {
  const { call, newConnectToken } = await createHarness()
  const bearer = await newConnectToken({ scope: '*' })
  expect(await call('/v1/connect/apps', { bearer })).toMatchObject({ status: 200 })
})

test.each(['connect:everything', 'connect:accounts:read nonsense', ' ', 'connect:*,connect:proxy'])(
  'a connect token with the unknown scope "%s" is not created',
  async (scope) => {
    const { asServer } = await createHarness()
    const json = { ...USER, scope }
    expect(await asServer(`${PROJECT}/tokens`, { method: 'POST', json })).toMatchObject({
      status: 400,
      body: { error: expect.any(String) },
    })
  },
)

test('a rejection has Pipedream’s error format and names the missing scope', async () => {
  const { asServer, call } = await createHarness()
  const bearer = await newAccessToken(call, 'connect:tokens:create')
  const { status, body } = await asServer(`${PROJECT}/accounts`, { bearer })
  expect(status).toBe(403)
  expect(body).toEqual({ error: expect.stringContaining('connect:accounts:read') })
})

test('a request rejected for its scope has no effect', async () => {
  const harness = await createHarness()
  const id = await connectKey(harness)
  const bearer = await newAccessToken(harness.call, 'connect:accounts:read')
  const path = `${PROJECT}/accounts/${id}`
  expect(await harness.asServer(path, { method: 'DELETE', bearer })).toMatchObject({ status: 403 })
  expect(await harness.asServer(path)).toMatchObject({ status: 200 })
})

test('connecting requires no scope, because it is the purpose of a connect token', async () => {
  const { call, newConnectToken } = await createHarness()
  const token = await newConnectToken({ scope: 'connect:proxy' })
  const json = { app_slug: 'openai', cfmap_json: '{"api_key":"sk"}', connect_token: token }
  expect(await call('/v1/connect/accounts', { method: 'POST', bearer: token, json })).toMatchObject(
    { status: 200 },
  )
})
