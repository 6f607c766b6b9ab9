import { expect, test } from 'vitest'
import {
  connectKey,
  connectOauth,
  createHarness,
  type Harness,
  newAccessToken,
} from '../test/harness.ts'
import { ask, sheets } from '../test/call-component.ts'
import { deploy, triggerPath } from '../test/deploy.ts'
import { createEmulator, type Inferred } from './index.ts'

const ACCOUNTS = '/v1/connect/proj_emulator/accounts'
const USERS = '/v1/connect/proj_emulator/users'
const TOKENS = '/v1/connect/proj_emulator/tokens'

const APN: unknown = expect.stringMatching(/^apn_/)

type Value = string | number

interface Case {
  /** Observes the behavior as a client. */
  look: (harness: Harness) => Promise<unknown>
  /** The expected observation for each value, the default first. */
  seen: readonly (readonly [Value, unknown])[]
}

const status = async (response: Promise<{ status: number }>) => (await response).status
const seedUsers = ({ emulator }: Harness, ...ids: string[]) =>
  emulator.seed({ accounts: ids.map((externalUserId) => ({ externalUserId, app: 'slack' })) })
const rejectKey = (harness: Harness, token: string) =>
  harness.call('/v1/connect/accounts', {
    method: 'POST',
    bearer: token,
    json: { app_slug: 'openai', cfmap_json: '{"api_key":"invalid"}', connect_token: token },
  })

// Keyed by the type: an option without a case does not compile, and one without an effect fails.
const CASES: Record<keyof Inferred, Case> = {
  missingCredential: {
    look: ({ call }) => status(call(USERS)),
    seen: [
      [404, 404],
      [401, 401],
    ],
  },
  missingEnvironment: {
    look: async (harness) => {
      await connectKey(harness, 'ada', 'production')
      const bearer = await newAccessToken(harness.call)
      const { status, body } = await harness.call(ACCOUNTS, { bearer })
      return [status, body.data?.length]
    },
    seen: [
      ['production', [200, 1]],
      ['refused', [400, undefined]],
    ],
  },
  unknownEnvironment: {
    look: ({ asServer }) => status(asServer(ACCOUNTS, { environment: 'staging' })),
    seen: [
      ['refused', 400],
      ['ignored', 200],
    ],
  },
  missingScope: {
    look: async ({ call, asServer }) => {
      const bearer = await newAccessToken(call, 'connect:usage:read')
      return Promise.all([ACCOUNTS, USERS].map((path) => status(asServer(path, { bearer }))))
    },
    seen: [
      [403, [403, 403]],
      [404, [404, 404]],
      ['ignored', [200, 403]],
    ],
  },
  foreignUser: {
    look: async (harness) => {
      const bearer = await harness.newConnectToken()
      const list = status(harness.call('/v1/connect/accounts?external_user_id=grace', { bearer }))
      const remove = status(harness.call('/v1/connect/users/grace', { method: 'DELETE', bearer }))
      return Promise.all([list, remove])
    },
    seen: [
      [403, [403, 403]],
      [404, [404, 404]],
    ],
  },
  invalidInput: {
    look: async ({ call, asServer }) => {
      const response = await asServer(TOKENS, { method: 'POST', json: {} })
      const token = await call('/v1/oauth/token', { method: 'POST', json: {} })
      return [response.status, typeof response.body.error, token.status]
    },
    seen: [
      [400, [400, 'string', 400]],
      [422, [422, 'string', 400]],
    ],
  },
  failedValidation: {
    look: async ({ call }) => {
      const { status, body } = await call('/v1/connect/tokens/ctok_none/validate')
      return [status, body.success]
    },
    seen: [
      [200, [200, false]],
      [400, [400, false]],
    ],
  },
  spentToken: {
    look: async (harness) => {
      const token = await harness.newConnectToken()
      const json = { app_slug: 'openai', cfmap_json: '{"api_key":"sk"}', connect_token: token }
      const connect = () =>
        harness.call('/v1/connect/accounts', { method: 'POST', bearer: token, json })
      const first = await status(connect())
      const list = await status(harness.call('/v1/connect/accounts', { bearer: token }))
      return [first, list, await status(connect())]
    },
    seen: [
      ['refused', [200, 401, 401]],
      ['accepted', [200, 200, 401]],
    ],
  },
  failedAttempt: {
    look: async (harness) => {
      const token = await harness.newConnectToken()
      await rejectKey(harness, token)
      return status(harness.call('/v1/connect/accounts', { bearer: token }))
    },
    seen: [
      ['keeps-token', 200],
      ['spends-token', 401],
    ],
  },
  userSearch: {
    look: async (harness) => {
      seedUsers(harness, 'Ada', 'grace')
      return (await harness.asServer(`${USERS}?q=ADA`)).body.data.length
    },
    seen: [
      ['case-sensitive', 0],
      ['case-insensitive', 1],
    ],
  },
  unknownUserDeletion: {
    look: ({ asServer }) => status(asServer(`${USERS}/unknown`, { method: 'DELETE' })),
    seen: [
      [404, 404],
      [204, 204],
    ],
  },
  lastCursor: {
    look: async (harness) => {
      seedUsers(harness, 'ada')
      const { page_info } = (await harness.asServer(ACCOUNTS)).body
      if (page_info.end_cursor === null) return 'the end'
      const next = await harness.asServer(`${ACCOUNTS}?after=${page_info.end_cursor}`)
      return [next.body.data, next.body.page_info.end_cursor]
    },
    seen: [
      ['none', 'the end'],
      ['last-item', [[], null]],
    ],
  },
  defaultLimit: {
    look: async ({ asServer }) => (await asServer('/v1/connect/apps')).body.data.length,
    seen: [
      [10, 10],
      [20, 20],
      [50, 50],
      [100, 100],
    ],
  },
  successRedirect: {
    look: async (harness) =>
      / data-adds-account-id="(\w+)"/.exec(
        (await openPage(harness)).text.replaceAll('\n', ' '),
      )?.[1],
    seen: [
      ['nothing', 'false'],
      ['account-id', 'true'],
    ],
  },
  framing: {
    look: async (harness) => {
      const policy = (await openPage(harness)).headers.get('content-security-policy') ?? ''
      return policy.split('; ').find((rule) => rule.startsWith('frame-ancestors'))
    },
    seen: [
      ['anyone', undefined],
      ['allowed-origins', 'frame-ancestors https://app.example http://localhost:4010'],
    ],
  },
  eventOrder: {
    look: async (harness) => {
      const { id } = (await deploy(harness)).body.data
      for (const event of ['first', 'second']) harness.emulator.triggers.emit(id, { event })
      const { body } = await harness.asServer(triggerPath(id, '/events'))
      return body.data.map((one: { e: unknown }) => one.e)
    },
    seen: [
      ['newest-first', [{ event: 'second' }, { event: 'first' }]],
      ['oldest-first', [{ event: 'first' }, { event: 'second' }]],
    ],
  },
  triggerTimestamps: {
    look: async (harness) => String((await deploy(harness)).body.data.created_at).length,
    seen: [
      ['seconds', 10],
      ['milliseconds', 13],
    ],
  },
  triggerWebhooks: {
    look: async (harness) => {
      const json = { url: 'https://app.example/project' }
      await harness.asServer('/v1/connect/proj_emulator/webhook', { method: 'PUT', json })
      const { id } = (await deploy(harness, { webhook_url: 'https://app.example/own' })).body.data
      harness.emulator.triggers.emit(id, {})
      return harness.emulator.deliveries.map(({ url }) => url).toSorted()
    },
    seen: [
      ['own', ['https://app.example/own']],
      ['own-and-project', ['https://app.example/own', 'https://app.example/project']],
    ],
  },
  foreignOrigin: {
    look: async (harness) => {
      const bearer = await harness.newConnectToken()
      const headers = { origin: 'https://elsewhere.example' }
      const response = await harness.call('/v1/connect/accounts', { bearer, headers })
      return [response.status, response.headers.get('access-control-allow-origin')]
    },
    seen: [
      ['refused', [403, null]],
      ['answered', [200, null]],
    ],
  },
  undocumentedRoutes: {
    look: async (harness) => {
      const bearer = await harness.newConnectToken()
      const paths = ['oauth_apps', 'app_overrides', 'users/ada/accounts', 'users/grace/accounts']
      return Promise.all(
        paths.map((path) => status(harness.call(`/v1/connect/${path}`, { bearer }))),
      )
    },
    seen: [
      ['servers', [403, 403, 403, 403]],
      ['everyone', [200, 200, 200, 403]],
    ],
  },
  tokenForms: {
    look: async ({ emulator }) => {
      const body = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'emulator-client',
        client_secret: 'emulator-secret',
      })
      const url = 'http://localhost:4010/v1/oauth/token'
      return status(emulator.fetch(new Request(url, { method: 'POST', body })))
    },
    seen: [
      ['accepted', 200],
      ['refused', 400],
    ],
  },
  newUser: {
    look: async (harness) => {
      await harness.newConnectToken()
      return (await harness.asServer(USERS)).body.page_info.total_count
    },
    seen: [
      ['first-account', 0],
      ['connect-token', 1],
    ],
  },
  unknownUserAccounts: {
    look: ({ asServer }) =>
      Promise.all([
        status(asServer(`${ACCOUNTS}?external_user_id=unknown`)),
        status(asServer(`${USERS}/unknown/accounts`)),
        status(asServer(ACCOUNTS)),
      ]),
    seen: [
      [200, [200, 200, 200]],
      [404, [404, 404, 200]],
    ],
  },
  unknownAccountDeletion: {
    look: ({ asServer }) => status(asServer(`${ACCOUNTS}/apn_unknown`, { method: 'DELETE' })),
    seen: [
      [404, 404],
      [204, 204],
    ],
  },
  usedClientDeletion: {
    look: async (harness) => {
      const json = { app: 'slack', client_id: 'id', client_secret: 'secret' }
      const path = '/v1/connect/proj_emulator/oauth_apps'
      const { body } = await harness.asServer(path, { method: 'POST', json })
      await connectOauth(harness, { app: 'slack', oauthAppId: body.id })
      return status(harness.asServer(`${path}/${body.id}`, { method: 'DELETE' }))
    },
    seen: [
      [400, 400],
      [204, 204],
    ],
  },
  appOrder: {
    look: async ({ asServer }) =>
      (await asServer('/v1/connect/apps?q=google')).body.data[0]?.name_slug === 'google_sheets',
    seen: [
      ['name', false],
      ['featured-weight', true],
    ],
  },
  proxyDomains: {
    look: (harness) => status(proxySlack(harness, 'https://files.slack.com/echo')),
    seen: [
      ['sub-domains', 200],
      ['exact', 400],
    ],
  },
  proxyAuthorization: {
    look: async (harness) => {
      const { body } = await proxySlack(harness, 'https://slack.com/echo')
      return body.headers.authorization === 'Bearer mine'
    },
    seen: [
      ['injected', false],
      ['caller', true],
    ],
  },
  linkHost: {
    look: async (harness) => {
      const hosts = await Promise.all(
        [{}, { app_id: 'openai' }, { app_id: 'slack' }].map((pin) => readLinkHost(harness, pin)),
      )
      const token = await harness.newConnectToken({ app_id: 'slack' })
      const { body } = await harness.call(`/v1/connect/tokens/${token}/validate?app_id=slack`)
      const openai = await harness.call(`/v1/connect/tokens/${token}/validate?app_id=openai`)
      return [
        ...hosts,
        body.oauth_app_connect_base_url,
        openai.body.oauth_app_connect_base_url,
        await connectOauth(harness, { app: 'slack' }),
      ]
    },
    seen: [
      ['frame', [...Array.from({ length: 3 }, () => 'localhost:4010'), null, null, APN]],
      [
        'another',
        ['localhost:4010', 'localhost:4010', '127.0.0.1:4010', 'http://127.0.0.1:4010', null, APN],
      ],
    ],
  },
  fileDownload: {
    look: async (harness) => {
      harness.emulator.seed({
        accounts: [{ externalUserId: 'ada', app: 'google_sheets', id: 'apn_AdaSheets' }],
      })
      const configured_props = {
        ...sheets(),
        sheetId: 'contacts-apn_AdaSheets',
        worksheetId: 0,
      }
      const { body } = await ask(harness, '/actions/run', {
        id: 'google_sheets-export-csv',
        configured_props,
        stash_id: 'NEW',
      })
      const query = new URLSearchParams({ s3_key: body.exports.$filestash_uploads[0].s3Key })
      const response = await harness.asServer(
        `/v1/connect/proj_emulator/file_stash/download?${query}`,
      )
      const location = response.headers.get('location')?.replace('http://localhost:4010', '')
      const file = location === undefined ? response : await harness.call(location)
      return [response.status, file.status, file.text.startsWith('Name,')]
    },
    seen: [
      ['bytes', [200, 200, true]],
      ['redirect', [302, 200, true]],
    ],
  },
}

async function readLinkHost({ asServer }: Harness, pin: object): Promise<string> {
  const json = { external_user_id: 'ada', ...pin }
  return new URL((await asServer(TOKENS, { method: 'POST', json })).body.connect_link_url).host
}

async function proxySlack(harness: Harness, url: string) {
  const { accountIds } = harness.emulator.seed({
    accounts: [{ externalUserId: 'ada', app: 'slack' }],
  })
  const query = `external_user_id=ada&account_id=${accountIds[0]}`
  const target = Buffer.from(url).toString('base64url')
  return harness.asServer(`/v1/connect/proj_emulator/proxy/${target}?${query}`, {
    headers: { 'x-pd-proxy-authorization': 'Bearer mine' },
  })
}

async function openPage(harness: Harness) {
  // The second is not an origin, and must not become a directive of its own.
  const allowed_origins = ['https://app.example', "https://x.example; script-src 'unsafe-inline'"]
  const token = await harness.newConnectToken({ allowed_origins })
  return harness.call(`/_static/connect.html?token=${token}&app=slack&connectLink=true`)
}

const QUIET = { fetch: async () => ({ status: 200 }) }
const ROWS = Object.entries(CASES).flatMap(([name, { look, seen }]) =>
  seen.map(([value, expected]) => ({ name, value, expected, look })),
)

test.each(ROWS)('$name: $value', async ({ name, value, expected, look }) => {
  expect(await look(await createHarness({ ...QUIET, inferred: { [name]: value } }))).toEqual(
    expected,
  )
})

test.each(Object.entries(CASES))('%s has its first value by default', async (_, { look, seen }) => {
  expect(await look(await createHarness(QUIET))).toEqual(seen[0]?.[1])
})

test('a failed sign-in uses up the token as well', async () => {
  const harness = await createHarness({ inferred: { failedAttempt: 'spends-token' } })
  harness.emulator.faults.add({ kind: 'consent-denied', path: '/_provider/slack/*' })
  await connectOauth(harness, { app: 'slack' })
  const saved = harness.emulator.state.save()
  expect(saved).toContain('"spent":true')
})

test.each([
  ['http://127.0.0.1:4010', 'localhost:4010'],
  ['http://[::1]:4010', 'localhost:4010'],
  ['https://pipedream.example', 'connect.pipedream.example'],
])('the other host of %s is %s', async (publicUrl, host) => {
  const harness = await createHarness({ publicUrl, inferred: { linkHost: 'another' } })
  expect(await readLinkHost(harness, { app_id: 'slack' })).toBe(host)
})

test('an address without another name is rejected', () => {
  const options = { publicUrl: 'http://192.0.2.1:4010', inferred: { linkHost: 'another' } } as const
  expect(() => createEmulator(options)).toThrow(TypeError)
})

test.each(['missingScope', 'missingScop', 'toString'])('%s: 500 is rejected', (name) => {
  expect(() => createEmulator({ inferred: { [name]: 500 } })).toThrow(TypeError)
})
