import { createEmulator } from 'pipedream-emulator'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createPipedreamClient, type PipedreamClientOptions } from '../src/server.ts'

/** An emulator and its client in one process, without a port. */
function connect(options: Partial<PipedreamClientOptions> = {}) {
  const emulator = createEmulator()
  const paths: string[] = []
  const client = createPipedreamClient({
    ...emulator.credentials,
    projectEnvironment: 'development',
    baseUrl: 'http://localhost:4010',
    fetch: (url, init) => {
      paths.push(new URL(url).pathname)
      return emulator.fetch(new Request(url, init))
    },
    ...options,
  })
  const tokenRequests = () => paths.filter((path) => path === '/v1/oauth/token').length
  return { emulator, client, paths, tokenRequests }
}

describe('against the emulator', () => {
  test('a connect token is created for a user', async () => {
    const { client } = connect()
    const token = await client.connectTokens.create({
      externalUserId: 'ada',
      app: 'google_sheets',
      allowedOrigins: ['http://localhost:3000'],
      expiresInMs: 600_000,
      webhookUri: 'http://localhost:3000/webhooks/pipedream/secret',
    })
    expect(token.connectToken).toMatch(/^ctok_[0-9a-f]{32}$/)
    expect(token.connectLinkUrl).toContain(token.connectToken)
    expect(token.expiresAt.getTime() - Date.now()).toBeGreaterThan(590_000)
    expect(token.expiresAt.getTime() - Date.now()).toBeLessThan(610_000)
  })

  test('accounts are listed by page, read and deleted', async () => {
    const { emulator, client } = connect()
    const apps = ['google_sheets', 'slack', 'openai', 'slack', 'slack']
    const seeded = emulator.seed({
      accounts: [
        ...apps.map((app) => ({ app, externalUserId: 'ada' })),
        { app: 'slack', externalUserId: 'grace' },
        { app: 'slack', externalUserId: 'ada', environment: 'production' },
      ],
    })
    const page = await client.accounts.list({ externalUserId: 'ada', limit: 2 })
    expect(page.data).toHaveLength(2)
    const ids: string[] = []
    for await (const account of page) ids.push(account.id)
    expect(ids.toSorted()).toEqual(seeded.accountIds.slice(0, 5).toSorted())

    const [first = ''] = seeded.accountIds
    const account = await client.accounts.get(first)
    expect(account).toMatchObject({
      id: first,
      externalUserId: 'ada',
      healthy: true,
      dead: false,
      app: { slug: 'google_sheets' },
    })
    expect(account.createdAt).toBeInstanceOf(Date)
    await client.accounts.delete(first)
    await expect(client.accounts.get(first)).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' })
    await expect(client.accounts.delete(first)).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' })
  })

  test('scope profiles, annotations and app overrides are read', async () => {
    const { client } = connect()
    const { scopeProfiles } = await client.apps.get('slack')
    expect(scopeProfiles.map(({ name }) => name)).toEqual(['read_only', 'read_write', 'admin'])
    expect(scopeProfiles[0]?.scopes).toContain('channels:read')
    const { annotations } = await client.actions.get('google_sheets-get-values-in-range')
    expect(annotations).toMatchObject({
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: true,
    })
    const override = { app: 'openai', name: 'acme' }
    const { id } = await client.appOverrides.create(override)
    expect(id).toMatch(/^ao_/)
    const secret = { ...override, name: 'second', customFieldValues: { api_key: 'example' } }
    await expect(client.appOverrides.create(secret)).rejects.toMatchObject({
      code: 'ERR_BAD_REQUEST',
      status: 400,
    })
  })

  test('the options of every prop that has remote options are read, whatever its type', async () => {
    const { emulator, client } = connect()
    const apps = ['airtable_oauth', 'discord']
    const { accountIds } = emulator.seed({
      accounts: apps.map((app) => ({ app, externalUserId: 'ada' })),
    })
    const [airtable, discord] = accountIds.map((authProvisionId) => ({ authProvisionId }))
    const { key, configurableProps } = await client.actions.get('airtable_oauth-every-prop-type')
    const types = new Set<string>()
    const configuredProps: Record<string, unknown> = { airtable, discord }
    for (const { name, type } of configurableProps.filter((prop) => prop.remoteOptions)) {
      const input = { key, externalUserId: 'ada', propName: name, configuredProps }
      const outcome = await client.actions.configureProp(input)
      const options = outcome.ok ? outcome.options : []
      expect(options).not.toEqual([])
      configuredProps[name] = options[0]?.value
      types.add(type)
    }
    expect([...types].filter((type) => type.startsWith('$.')).toSorted()).toEqual([
      '$.airtable.baseId',
      '$.airtable.fieldId',
      '$.airtable.tableId',
      '$.airtable.viewId',
      '$.discord.channel',
      '$.discord.channel[]',
    ])
  })

  test('the scope connect:apps:* allows only the apps', async () => {
    const { emulator, client } = connect()
    const { accessToken } = await client.oauthTokens.create({ scope: 'connect:apps:*' })
    const ask = async (path: string) => {
      const headers = { authorization: `Bearer ${accessToken}`, 'x-pd-environment': 'development' }
      const url = `http://localhost:4010/v1/connect/${path}`
      return (await emulator.fetch(new Request(url, { headers }))).status
    }
    expect([await ask('apps'), await ask('apps/slack')]).toEqual([200, 200])
    expect(await ask(`${emulator.credentials.projectId}/accounts`)).toBe(403)
  })

  test('keys are connected with a connect token, which is then used up', async () => {
    const { client } = connect()
    const { connectToken } = await client.connectTokens.create({ externalUserId: 'ada' })
    const validate = () => client.connectTokens.validate(connectToken, { app: 'openai' })
    await expect(validate()).resolves.toMatchObject({
      success: true,
      app: { slug: 'openai' },
      projectId: 'proj_emulator',
      projectEnvironment: 'development',
    })

    const keys = (api_key: string) => ({
      connectToken,
      app: 'openai',
      customFieldValues: { api_key },
      name: 'A key',
    })
    await expect(client.accounts.create(keys('invalid'))).rejects.toMatchObject({
      code: 'ERR_BAD_REQUEST',
      detail: expect.stringContaining('Test request failed'),
    })
    const account = await client.accounts.create(keys('a-key'))
    expect(account).toMatchObject({ name: 'A key', externalUserId: 'ada', healthy: true })
    const accounts = await client.accounts.listByExternalUser('ada', { app: 'openai' })
    expect(accounts.map(({ id }) => id)).toEqual([account.id])

    await expect(validate()).resolves.toMatchObject({
      success: false,
      error: expect.stringContaining('token is invalid'),
    })
    await expect(client.accounts.create(keys('a-key'))).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringContaining('connect token'),
    })
  })

  test('categories are listed and read', async () => {
    const { client } = connect()
    const [first] = await client.appCategories.list()
    expect(first).toMatchObject({ id: expect.stringMatching(/^appcat_/) })
    await expect(client.appCategories.get(first?.id ?? '')).resolves.toEqual(first)
  })

  test('the environments are isolated', async () => {
    const { emulator, client } = connect({ projectEnvironment: 'production' })
    emulator.seed({ accounts: [{ app: 'slack', externalUserId: 'ada' }] })
    const { data } = await client.accounts.list({ externalUserId: 'ada' })
    expect(data).toEqual([])
  })

  test('the catalogue is searched and read', async () => {
    const { client } = connect()
    const found = await client.apps.list({ search: 'google sheets' })
    expect(found.data.map(({ slug }) => slug)).toContain('google_sheets')
    await expect(client.apps.get('openai')).resolves.toMatchObject({
      slug: 'openai',
      authType: 'keys',
      customFields: [{ name: 'api_key', optional: false }],
    })
    await expect(client.apps.get('no_such_app')).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' })
  })

  test('iterating over the whole catalogue returns each app once', async () => {
    const { client } = connect()
    const slugs: string[] = []
    for await (const app of await client.apps.list({ limit: 7 })) slugs.push(app.slug)
    expect(slugs.length).toBeGreaterThan(30)
    expect(new Set(slugs).size).toBe(slugs.length)
  })

  test('an invalid secret is reported', async () => {
    const { client } = connect({ clientSecret: 'not-the-secret' })
    await expect(client.apps.list()).rejects.toMatchObject({
      code: 'ERR_AUTHENTICATION',
      message: expect.stringContaining('clientSecret'),
    })
  })

  test('a project of another workspace is reported as such', async () => {
    const { client } = connect({ projectId: 'proj_other' })
    await expect(client.accounts.list()).rejects.toMatchObject({ name: 'PipedreamError' })
  })

  test('a hundred concurrent first calls make one token request', async () => {
    const { client, tokenRequests } = connect()
    await Promise.all(Array.from({ length: 100 }, () => client.accounts.list()))
    expect(tokenRequests()).toBe(1)
  })
})

describe('when an access token expires', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('it is renewed early, and no call fails', async () => {
    const { client, tokenRequests } = connect()
    await client.accounts.list()
    vi.setSystemTime(Date.now() + 3_500_000)
    await client.accounts.list()
    expect(tokenRequests()).toBe(2)
  })

  test('only by the server’s clock, the call is sent again with a new one', async () => {
    const { emulator, client, paths } = connect()
    await client.accounts.list()
    emulator.clock.advance(3_700_000)
    await client.accounts.list()
    expect(paths).toEqual([
      '/v1/oauth/token',
      '/v1/connect/proj_emulator/accounts',
      '/v1/connect/proj_emulator/accounts',
      '/v1/oauth/token',
      '/v1/connect/proj_emulator/accounts',
    ])
  })
})
