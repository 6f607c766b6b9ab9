import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import * as samples from '../../../test/samples.ts'
import { stubPipedream } from '../../../test/stub-pipedream.ts'
import type { CreateConnectTokenInput, ValidateConnectTokenQuery } from '../../server.ts'

const respondingWith = (response: unknown, init?: ResponseInit) =>
  stubPipedream({ onCall: () => Response.json(response, init) })

test('create sends its input, in Pipedream’s spelling', async () => {
  const { client, calls } = respondingWith(samples.connectToken)
  const token = await client.connectTokens.create({
    externalUserId: 'ada',
    app: 'slack',
    oauthAppId: 'oa_1',
    allowedOrigins: ['https://app.example.com'],
    expiresInMs: 600_999,
    scope: 'connect:accounts:read',
    successRedirectUri: 'https://app.example.com/ok',
    errorRedirectUri: 'https://app.example.com/failed',
    webhookUri: 'https://app.example.com/hook',
    allowProgressiveScopes: false,
  })
  expect(calls).toMatchObject([{ method: 'POST', path: '/v1/connect/proj_stub/tokens' }])
  expect(calls[0]?.body).toEqual({
    external_user_id: 'ada',
    app_id: 'slack',
    oauth_app_id: 'oa_1',
    allowed_origins: ['https://app.example.com'],
    expires_in: 600,
    scope: 'connect:accounts:read',
    success_redirect_uri: 'https://app.example.com/ok',
    error_redirect_uri: 'https://app.example.com/failed',
    webhook_uri: 'https://app.example.com/hook',
    allow_progressive_scopes: false,
  })
  expect(token).toEqual({
    connectToken: samples.connectToken.token,
    expiresAt: new Date('2026-05-22T12:00:00.000Z'),
    issuedAt: null,
    connectLinkUrl: samples.connectToken.connect_link_url,
    raw: samples.connectToken,
  })
})

test.each([
  [{ date: 'Fri, 22 May 2026 11:45:00 GMT' }, new Date('2026-05-22T11:45:00.000Z')],
  [{ date: 'Fri, 22 May 2026 11:45:00 GMT', age: '3' }, null],
  [{ date: '1' }, null],
  [{ date: 'Fri, 99 May 2026 11:45:00 GMT' }, null],
])('create takes the time of issue from the headers %j', async (headers, issuedAt) => {
  const { client } = respondingWith(samples.connectToken, { headers })
  const token = await client.connectTokens.create({ externalUserId: 'ada' })
  expect(token.issuedAt).toEqual(issuedAt)
})

test('create omits what is not set', async () => {
  const { client, calls } = respondingWith(samples.connectToken)
  await client.connectTokens.create({ externalUserId: 'ada', scope: undefined })
  expect(calls[0]?.body).toEqual({ external_user_id: 'ada' })
})

test.each<[string, Partial<CreateConnectTokenInput>]>([
  ['externalUserId', { externalUserId: '' }],
  ['externalUserId', { externalUserId: 'x'.repeat(251) }],
  ['app', { app: ' ' }],
  ['webhookUri', { webhookUri: '' }],
  ['allowedOrigins', { allowedOrigins: ['https://app.example.com', ''] }],
  ['expiresInMs', { expiresInMs: 999 }],
  ['expiresInMs', { expiresInMs: 14_400_001 }],
  ['expiresInMs', { expiresInMs: Number.NaN }],
])('create rejects an invalid %s before anything is sent', async (name, input) => {
  const { client, tokenRequests } = stubPipedream()
  const create = client.connectTokens.create({ externalUserId: 'ada', ...input })
  await expect(create).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT', input: name })
  expect(tokenRequests).toHaveLength(0)
})

test.each([
  ['token', 'ctok_ with spaces'],
  ['token', null],
  ['expires_at', 1_779_451_200],
  ['connect_link_url', undefined],
])('create rejects a response with an invalid %s', async (key, value) => {
  const { client } = respondingWith({ ...samples.connectToken, [key]: value })
  await expect(client.connectTokens.create({ externalUserId: 'ada' })).rejects.toMatchObject({
    code: 'ERR_BAD_RESPONSE',
    message: expect.not.stringContaining(samples.connectToken.token),
  })
})

describe('validate', () => {
  const { token } = samples.connectToken

  test('sends its query, outside of any project, and reads the response', async () => {
    const { client, calls } = respondingWith(samples.validation)
    const validation = await client.connectTokens.validate(token, {
      app: 'google_sheets',
      accountId: 'apn_1',
      oauthAppId: 'oa_1',
      appOverrideId: 'ao_1',
    })
    expect(calls).toMatchObject([
      {
        method: 'GET',
        path: `/v1/connect/tokens/${token}/validate?app_id=google_sheets&account_id=apn_1&oauth_app_id=oa_1&app_override_id=ao_1`,
      },
    ])
    expect(validation).toMatchObject({ app: { slug: 'google_sheets' } })
    expect({ ...validation, app: null }).toEqual({
      success: true,
      error: null,
      app: null,
      oauthAppId: 'oa_Ex4mple',
      appOverrideId: null,
      appOverrideFieldNames: ['subdomain'],
      projectId: 'proj_AbC123',
      projectEnvironment: 'development',
      projectAppName: 'Acme',
      projectSupportEmail: 'help@example.com',
      successRedirectUri: 'https://app.example.com/ok',
      errorRedirectUri: null,
      raw: samples.validation,
    })
  })

  test.each(['The Pipedream Connect token is invalid.', null])(
    'reports an unusable token instead of throwing: %o',
    async (error) => {
      const raw = { success: false, error }
      const { client, calls } = respondingWith(raw)
      await expect(client.connectTokens.validate(token)).resolves.toEqual({ ...raw, raw })
      expect(calls[0]?.path).toBe(`/v1/connect/tokens/${token}/validate`)
    },
  )

  test('reads a response with few keys', async () => {
    const { client } = respondingWith({ success: true, project_environment: 'staging' })
    await expect(client.connectTokens.validate(token)).resolves.toMatchObject({
      success: true,
      app: null,
      appOverrideFieldNames: [],
      projectEnvironment: null,
    })
  })

  test.each([
    ['success', undefined],
    ['success', 'true'],
    ['app', { name: 'Slack' }],
    ['project_id', 5],
  ])('rejects a response with an invalid %s', async (key, value) => {
    const { client } = respondingWith({ ...samples.validation, [key]: value })
    await expect(client.connectTokens.validate(token)).rejects.toMatchObject({
      code: 'ERR_BAD_RESPONSE',
    })
  })

  test.each([400, 404, 429, 500, 302])(
    'never shows the token in an error, although it is in the path: %i',
    async (status) => {
      const { client } = stubPipedream({
        onCall: ({ path }) => Response.json({ error: `No ${path}` }, { status }),
        maxRetries: 0,
      })
      const error: unknown = await client.connectTokens
        .validate(token)
        .catch((error: unknown) => error)
      expect(error).toMatchObject({ status, url: expect.stringContaining('/validate') })
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(token)
    },
  )

  test.each(['', 'ctok_', 'secret-session', 'ctok_a/../b', 'ctok_a b', undefined])(
    'rejects %o before anything is sent, without quoting it',
    async (connectToken) => {
      const { client, tokenRequests } = stubPipedream()
      const error: unknown = await client.connectTokens
        .validate(connectToken as string)
        .catch((error: unknown) => error)
      expect(error).toMatchObject({ code: 'ERR_INVALID_INPUT', input: 'connectToken' })
      expect(String(error)).not.toContain('session')
      expect(tokenRequests).toHaveLength(0)
    },
  )

  test.each<[string, ValidateConnectTokenQuery]>([
    ['app', { app: '' }],
    ['accountId', { accountId: ' ' }],
    ['oauthAppId', { oauthAppId: '' }],
    ['appOverrideId', { appOverrideId: '' }],
  ])('rejects a blank %s', async (input, query) => {
    const { client } = stubPipedream()
    await expect(client.connectTokens.validate(token, query)).rejects.toMatchObject({
      code: 'ERR_INVALID_INPUT',
      input,
    })
  })
})
