import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import * as samples from '../../../test/samples.ts'
import { listOf, stubPipedream } from '../../../test/stub-pipedream.ts'
import type { CreateOAuthAppInput, UpdateOAuthAppInput } from '../../server.ts'

const respondingWith = (response: unknown) =>
  stubPipedream({ onCall: () => Response.json(response) })

const input: CreateOAuthAppInput = {
  app: 'google_sheets',
  clientId: '111.222',
  clientSecret: 'provider secret of ours',
}

test('list sends its query', async () => {
  const { client, calls } = stubPipedream({ onCall: () => listOf([samples.oauthApp]) })
  const query = { after: 'a', before: 'b', limit: 2, app: 'slack', search: 'prod client' }
  const page = await client.oauthApps.list(query)
  expect(page.data.map(({ id }) => id)).toEqual(['oa_Ex4mple'])
  expect(calls).toMatchObject([
    {
      method: 'GET',
      path: '/v1/connect/proj_stub/oauth_apps?after=a&before=b&limit=2&app=slack&q=prod%20client',
    },
  ])
})

test('create sends its input, in Pipedream’s spelling, and reads the client', async () => {
  const { client, calls } = respondingWith(samples.oauthApp)
  const oauthApp = await client.oauthApps.create({
    ...input,
    name: 'Acme Sheets',
    description: '',
    scopes: ['spreadsheets'],
    additionalScopes: ['drive.file'],
  })
  expect(calls).toMatchObject([{ method: 'POST', path: '/v1/connect/proj_stub/oauth_apps' }])
  expect(calls[0]?.body).toEqual({
    app: 'google_sheets',
    client_id: '111.222',
    client_secret: 'provider secret of ours',
    name: 'Acme Sheets',
    description: '',
    scopes: ['spreadsheets'],
    additional_scopes: ['drive.file'],
  })
  expect(oauthApp).toMatchObject({
    id: 'oa_Ex4mple',
    slug: 'google_sheets',
    name: 'Acme Sheets',
    description: 'prod client',
    authType: 'oauth',
    clientId: '111.222',
    scopes: ['spreadsheets'],
    additionalScopes: ['drive.file'],
    redirectUri: 'https://api.pipedream.com/connect/oauth/oa_Ex4mple/callback',
    ownerId: 'proj_AbC123',
    createdAt: new Date('2026-01-01T00:00:00.000Z'),
    updatedAt: new Date('2026-01-02T00:00:00.000Z'),
    raw: samples.oauthApp,
  })
})

test('get reads one resource', async () => {
  const { client, calls } = respondingWith(samples.oauthApp)
  await expect(client.oauthApps.get('oa_Ex4mple')).resolves.toMatchObject({ id: 'oa_Ex4mple' })
  expect(calls).toMatchObject([
    { method: 'GET', path: '/v1/connect/proj_stub/oauth_apps/oa_Ex4mple' },
  ])
})

test('update sends only the changes', async () => {
  const { client, calls } = respondingWith(samples.oauthApp)
  await client.oauthApps.update('oa_Ex4mple', { name: 'New', clientSecret: 'z', scopes: [] })
  expect(calls).toMatchObject([
    { method: 'PUT', path: '/v1/connect/proj_stub/oauth_apps/oa_Ex4mple' },
  ])
  expect(calls[0]?.body).toEqual({ name: 'New', client_secret: 'z', scopes: [] })
})

test('delete sends a DELETE', async () => {
  const { client, calls } = stubPipedream({ onCall: () => new Response(null, { status: 204 }) })
  await expect(client.oauthApps.delete('oa_Ex4mple')).resolves.toBeUndefined()
  expect(calls).toMatchObject([
    { method: 'DELETE', path: '/v1/connect/proj_stub/oauth_apps/oa_Ex4mple' },
  ])
})

describe('nothing is sent', () => {
  test.each([
    ['app', { app: '' }],
    ['clientId', { clientId: ' ' }],
    ['clientSecret', { clientSecret: undefined }],
    ['name', { name: '' }],
    ['scopes', { scopes: ['a', ''] }],
    ['additionalScopes', { additionalScopes: [' '] }],
  ])('by create with an invalid %s', async (name, wrong) => {
    const { client, tokenRequests } = stubPipedream()
    // As in a program without types.
    const create = client.oauthApps.create({ ...input, ...wrong } as CreateOAuthAppInput)
    await expect(create).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT', input: name })
    expect(tokenRequests).toHaveLength(0)
  })

  test.each<[string, string, UpdateOAuthAppInput]>([
    ['oauthAppId', '../oa_1', {}],
    ['clientId', 'oa_1', { clientId: '' }],
    ['clientSecret', 'oa_1', { clientSecret: '' }],
  ])('by update with an invalid %s', async (name, oauthAppId, wrong) => {
    const { client, tokenRequests } = stubPipedream()
    await expect(client.oauthApps.update(oauthAppId, wrong)).rejects.toMatchObject({
      code: 'ERR_INVALID_INPUT',
      input: name,
    })
    expect(tokenRequests).toHaveLength(0)
  })
})

test('create is sent once, even after a failure', async () => {
  const { client, calls } = stubPipedream({ onCall: () => new Response('{}', { status: 503 }) })
  await expect(client.oauthApps.create(input)).rejects.toMatchObject({ code: 'ERR_UPSTREAM' })
  expect(calls).toHaveLength(1)
})

test('an error never contains the client secret, even if Pipedream echoes it', async () => {
  const { client } = stubPipedream({
    onCall: () => Response.json({ error: `Refused: ${input.clientSecret}` }, { status: 400 }),
  })
  for (const call of [client.oauthApps.create(input), client.oauthApps.update('oa_1', input)]) {
    const error: unknown = await call.catch((error: unknown) => error)
    expect(error).toMatchObject({ code: 'ERR_BAD_REQUEST', detail: undefined })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(input.clientSecret)
  }
})

test.each([
  ['id', null],
  ['scopes', 'spreadsheets'],
  ['created_at', 'today'],
])('a response with an invalid %s is rejected', async (key, value) => {
  const { client } = respondingWith({ ...samples.oauthApp, [key]: value })
  await expect(client.oauthApps.get('oa_1')).rejects.toMatchObject({
    code: 'ERR_BAD_RESPONSE',
    message: expect.stringContaining(key),
  })
})
