import { inspect } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as samples from '../../../test/samples.ts'
import { listOf, stubPipedream } from '../../../test/stub-pipedream.ts'
import type { CreateAccountInput } from '../../server.ts'

const respondingWith = (response: unknown) =>
  stubPipedream({ onCall: () => Response.json(response) })

test('list sends its query', async () => {
  const { client, calls } = stubPipedream({ onCall: () => listOf([samples.account]) })
  const page = await client.accounts.list({
    externalUserId: 'u 1/2&é',
    app: 'google_sheets',
    oauthAppId: 'oa_1',
    after: 'c1',
    limit: 5,
    includeCredentials: true,
  })
  expect(page.data.map(({ id }) => id)).toEqual(['apn_Ex4mpl'])
  expect(calls).toMatchObject([
    {
      method: 'GET',
      path: '/v1/connect/proj_stub/accounts?external_user_id=u%201%2F2%26%C3%A9&oauth_app_id=oa_1&after=c1&limit=5&app=google_sheets&include_credentials=true',
    },
  ])
})

test.each(['externalUserId', 'app', 'oauthAppId'])(
  'list rejects a blank %s, which would match too much',
  async (input) => {
    const { client } = stubPipedream()
    await expect(client.accounts.list({ [input]: ' ' })).rejects.toMatchObject({
      code: 'ERR_INVALID_INPUT',
      input,
    })
  },
)

test('get reads an account', async () => {
  const { client, calls } = respondingWith(samples.account)
  const account = await client.accounts.get('apn_Ex4mpl')
  expect(calls).toMatchObject([
    { method: 'GET', path: '/v1/connect/proj_stub/accounts/apn_Ex4mpl' },
  ])
  const { raw, app, ...rest } = account
  expect(rest).toEqual({
    id: 'apn_Ex4mpl',
    name: 'ada@example.com',
    externalUserId: 'ada',
    healthy: true,
    dead: false,
    error: null,
    createdAt: new Date('2026-03-25T17:49:15.000Z'),
    updatedAt: new Date('2026-03-25T17:49:15.123Z'),
    authorizedScopes: ['spreadsheets'],
    expiresAt: new Date('2026-03-25T18:49:15.000Z'),
    lastRefreshedAt: new Date('2026-03-25T17:49:15.000Z'),
    nextRefreshAt: null,
    credentials: null,
  })
  expect(app).toMatchObject({ slug: 'google_sheets', name: 'Google Sheets' })
  expect(raw).toEqual(samples.account)
})

test('get requests credentials only with includeCredentials', async () => {
  const credentials = { api_key: 'a', oauth_uid: 'b' }
  const { client, calls } = respondingWith({ id: 'apn_1', credentials })
  const account = await client.accounts.get('apn_1', { includeCredentials: true })
  expect(account.credentials).toEqual(credentials)
  expect(calls[0]?.path).toMatch(/\?include_credentials=true$/)
})

test('get reads an account that is wrapped in data, as it once was', async () => {
  const { client } = respondingWith({ data: samples.account })
  await expect(client.accounts.get('apn_Ex4mpl')).resolves.toMatchObject({ id: 'apn_Ex4mpl' })
})

test('get reads an account with nothing but an id', async () => {
  const { client } = respondingWith({ id: 'apn_1', new_key: 1 })
  await expect(client.accounts.get('apn_1')).resolves.toMatchObject({
    id: 'apn_1',
    healthy: null,
    dead: false,
    app: null,
    createdAt: null,
    authorizedScopes: [],
    raw: { new_key: 1 },
  })
})

test('delete sends a DELETE', async () => {
  const { client, calls } = stubPipedream({ onCall: () => new Response(null, { status: 204 }) })
  await expect(client.accounts.delete('apn_1')).resolves.toBeUndefined()
  expect(calls).toMatchObject([{ method: 'DELETE', path: '/v1/connect/proj_stub/accounts/apn_1' }])
})

test('delete rejects a page of HTML', async () => {
  const { client } = stubPipedream({ onCall: () => new Response('<html>Sign in</html>') })
  await expect(client.accounts.delete('apn_1')).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' })
})

const keys: CreateAccountInput = {
  connectToken: samples.connectToken.token,
  app: 'openai',
  customFieldValues: { api_key: 'key that no one may see' },
}

test('create sends its input, in Pipedream’s spelling', async () => {
  const { client, calls } = respondingWith(samples.account)
  const account = await client.accounts.create({
    ...keys,
    customFieldValues: { ...keys.customFieldValues, baseUrl: 'https://a.example', retries: 3 },
    name: 'Jane’s key',
    accountId: 'apn_2',
    appOverrideId: 'ao_1',
    externalUserId: 'u 1',
    oauthAppId: 'oa_1',
  })
  expect(account.id).toBe('apn_Ex4mpl')
  expect(calls).toMatchObject([
    {
      method: 'POST',
      path: '/v1/connect/proj_stub/accounts?external_user_id=u%201&oauth_app_id=oa_1',
    },
  ])
  expect(calls[0]?.body).toEqual({
    app_slug: 'openai',
    cfmap_json: '{"api_key":"key that no one may see","baseUrl":"https://a.example","retries":3}',
    connect_token: samples.connectToken.token,
    name: 'Jane’s key',
    account_id: 'apn_2',
    app_override_id: 'ao_1',
  })
})

test('create omits what is not set', async () => {
  const { client, calls } = respondingWith(samples.account)
  await client.accounts.create(keys)
  expect(calls[0]?.path).toBe('/v1/connect/proj_stub/accounts')
  expect(Object.keys(Object(calls[0]?.body))).toEqual(['app_slug', 'cfmap_json', 'connect_token'])
})

test.each([
  ['connectToken', { connectToken: 'apn_1' }],
  ['connectToken', { connectToken: undefined }],
  ['app', { app: '' }],
  ['customFieldValues', { customFieldValues: undefined }],
  ['customFieldValues', { customFieldValues: '{"api_key":"k"}' }],
  ['customFieldValues', { customFieldValues: ['k'] }],
  ['name', { name: ' ' }],
  ['accountId', { accountId: '' }],
  ['appOverrideId', { appOverrideId: '' }],
  ['externalUserId', { externalUserId: '' }],
  ['oauthAppId', { oauthAppId: '' }],
])('create rejects an invalid %s before anything is sent: %o', async (input, wrong) => {
  const { client, tokenRequests } = stubPipedream()
  // As in a program without types.
  const create = client.accounts.create({ ...keys, ...wrong } as CreateAccountInput)
  await expect(create).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT', input })
  expect(tokenRequests).toHaveLength(0)
})

test('create is sent once, even after a failure', async () => {
  const { client, calls } = stubPipedream({ onCall: () => new Response('{}', { status: 503 }) })
  await expect(client.accounts.create(keys)).rejects.toMatchObject({ code: 'ERR_UPSTREAM' })
  expect(calls).toHaveLength(1)
})

test.each([
  ['a key', 'key that no one may see', 400],
  ['a key within a list', 'nested words', 422],
  ['a number', '424242', 400],
  ['a key that the server trims', 'padded words', 401],
  ['the connect token', samples.connectToken.token, 500],
])('an error of create never contains %s, even if Pipedream echoes it', async (_, echo, status) => {
  const { client } = stubPipedream({
    onCall: () => Response.json({ error: `Refused ${echo}` }, { status }),
  })
  const customFieldValues = {
    ...keys.customFieldValues,
    list: [{ deep: 'nested words' }],
    pin: 424_242,
    padded: ' padded words ',
    blank: '',
  }
  const error: unknown = await client.accounts
    .create({ ...keys, customFieldValues })
    .catch((error: unknown) => error)
  expect(error).toMatchObject({ status, detail: undefined })
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(echo)
})

test('an error of create contains Pipedream’s message, if it echoes nothing', async () => {
  const { client } = stubPipedream({
    onCall: () => Response.json({ error: 'Test request failed.' }, { status: 400 }),
  })
  const create = client.accounts.create({
    ...keys,
    customFieldValues: { ...keys.customFieldValues, blank: '' },
  })
  await expect(create).rejects.toMatchObject({
    code: 'ERR_BAD_REQUEST',
    detail: 'Test request failed.',
  })
})

test('deleteByApp deletes the accounts of an app', async () => {
  const { client, calls } = stubPipedream({ onCall: () => new Response(null, { status: 204 }) })
  await expect(client.accounts.deleteByApp('slack')).resolves.toBeUndefined()
  expect(calls).toMatchObject([
    { method: 'DELETE', path: '/v1/connect/proj_stub/apps/slack/accounts' },
  ])
})

test('listByExternalUser reads a list without pagination', async () => {
  const { client, calls } = respondingWith([samples.account, { id: 'apn_2' }])
  const accounts = await client.accounts.listByExternalUser('u 1@é', {
    app: 'slack',
    includeCredentials: false,
  })
  expect(accounts.map(({ id }) => id)).toEqual(['apn_Ex4mpl', 'apn_2'])
  expect(calls).toMatchObject([
    {
      method: 'GET',
      path: '/v1/connect/proj_stub/users/u%201%40%C3%A9/accounts?include_credentials=false&app=slack',
    },
  ])
})

test('listByExternalUser rejects a page', async () => {
  const { client } = stubPipedream({ onCall: () => listOf([samples.account]) })
  await expect(client.accounts.listByExternalUser('ada')).rejects.toMatchObject({
    code: 'ERR_BAD_RESPONSE',
  })
})

test.each(['', '..', 'a/b', '%2e%2e'])(
  'deleteByApp and listByExternalUser reject %o, which would change the path',
  async (segment) => {
    const { client, tokenRequests } = stubPipedream()
    const code = 'ERR_INVALID_INPUT'
    await expect(client.accounts.deleteByApp(segment)).rejects.toMatchObject({ code, input: 'app' })
    await expect(client.accounts.listByExternalUser(segment)).rejects.toMatchObject({
      code,
      input: 'externalUserId',
    })
    expect(tokenRequests).toHaveLength(0)
  },
)

describe('a response that does not match the contract', () => {
  test.each([
    ['id', undefined],
    ['id', ''],
    ['id', 7],
    ['name', 7],
    ['healthy', 'yes'],
    ['created_at', 'yesterday'],
    ['created_at', '1'],
    ['created_at', 1_774_460_955],
    ['created_at', '2026-02-30T99:00:00Z'],
    ['created_at', '2026-01-01T00:00:00'],
    ['authorized_scopes', 'spreadsheets'],
    ['credentials', 'none'],
    ['app', 'slack'],
    ['app', { ...samples.app, name_slug: undefined }],
  ])('names the key: %s %o', async (key, value) => {
    const { client } = respondingWith({ ...samples.account, [key]: value })
    const error = client.accounts.get('apn_Ex4mpl')
    await expect(error).rejects.toMatchObject({
      code: 'ERR_BAD_RESPONSE',
      message: expect.stringContaining(key),
    })
  })

  test.each([
    ['no list', { page_info: {} }],
    ['a list of 2024', { data: { accounts: [] }, page_info: {} }],
    ['no page info', { data: [] }],
    ['a cursor that is no text', { data: [], page_info: { end_cursor: 5 } }],
    ['an entry that is no account', { data: [samples.account, 'apn_2'], page_info: {} }],
  ])('%s', async (_, response) => {
    const { client } = respondingWith(response)
    await expect(client.accounts.list()).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' })
  })
})

test('any id stays inside its path segment, or is rejected before anything is sent', async () => {
  const id = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '.',
      '..',
      '../users',
      '..%2fusers',
      '%2e%2e',
      '\\..',
      'a/b',
      '',
      ' ',
      '\uD800',
      'a?b',
      'a#b',
    ),
  )
  await fc.assert(
    fc.asyncProperty(id, async (id) => {
      const { client, calls, tokenRequests } = respondingWith({ id: 'apn_1' })
      const outcome = await client.accounts.get(id).then(
        () => `sent to ${calls.map(({ path }) => path).join(' and ')}`,
        (error: unknown) => `${tokenRequests.length} sent: ${String(error)}`,
      )
      expect([
        `sent to /v1/connect/proj_stub/accounts/${encodeURIComponent(id.toWellFormed())}`,
        expect.stringMatching(/^0 sent: PipedreamInputError: accountId/),
      ]).toContainEqual(outcome)
      expect(calls.map(({ path }) => path.split('/').length)).toEqual(calls.map(() => 6))
    }),
    { numRuns: 300 },
  )
})
