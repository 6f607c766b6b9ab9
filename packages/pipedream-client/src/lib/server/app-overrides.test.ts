import { describe, expect, test } from 'vitest'
import * as samples from '../../../test/samples.ts'
import { listOf, stubPipedream } from '../../../test/stub-pipedream.ts'
import type { UpdateAppOverrideInput } from '../../server.ts'

const respondingWith = (response: unknown) =>
  stubPipedream({ onCall: () => Response.json(response) })

test('list sends its query', async () => {
  const { client, calls } = stubPipedream({ onCall: () => listOf([samples.appOverride]) })
  const page = await client.appOverrides.list({ after: 'a', before: 'b', limit: 2, app: 'slack' })
  expect(page.data.map(({ name }) => name)).toEqual(['acme-sheets'])
  expect(calls).toMatchObject([
    {
      method: 'GET',
      path: '/v1/connect/proj_stub/app_overrides?after=a&before=b&limit=2&app=slack',
    },
  ])
})

test('create sends its input, leaves the app’s own keys alone, and reads the preset', async () => {
  const { client, calls } = respondingWith(samples.appOverride)
  const appOverride = await client.appOverrides.create({
    app: 'google_sheets',
    name: 'acme-sheets',
    oauthAppId: 'oa_Ex4mple',
    customFieldValues: { subdomain: 'acme', apiVersion: 2 },
  })
  expect(calls).toMatchObject([{ method: 'POST', path: '/v1/connect/proj_stub/app_overrides' }])
  expect(calls[0]?.body).toEqual({
    app: 'google_sheets',
    name: 'acme-sheets',
    oauth_app_id: 'oa_Ex4mple',
    cfmap: { subdomain: 'acme', apiVersion: 2 },
  })
  const { app, ...rest } = appOverride
  expect(app).toMatchObject({ slug: 'google_sheets' })
  expect(rest).toEqual({
    id: 'ao_example',
    name: 'acme-sheets',
    oauthAppId: 'oa_Ex4mple',
    customFieldValues: { subdomain: 'acme', apiVersion: 2 },
    ownerId: 'proj_AbC123',
    createdAt: new Date('2026-01-01T00:00:00.000Z'),
    updatedAt: null,
    raw: samples.appOverride,
  })
})

test('get reads one with few keys', async () => {
  const { client, calls } = respondingWith({ id: 'ao_1', name: 'n', cfmap: null })
  await expect(client.appOverrides.get('ao_1')).resolves.toMatchObject({
    app: null,
    oauthAppId: null,
    customFieldValues: {},
    createdAt: null,
  })
  expect(calls).toMatchObject([
    { method: 'GET', path: '/v1/connect/proj_stub/app_overrides/ao_1', body: undefined },
  ])
})

test.each<[string, UpdateAppOverrideInput, object]>([
  ['sends the changes alone', { name: 'z' }, { name: 'z' }],
  ['sends null, which clears the OAuth client', { oauthAppId: null }, { oauth_app_id: null }],
  ['does not clear what is left undefined', { oauthAppId: undefined, name: 'z' }, { name: 'z' }],
])('update %s', async (_, input, body) => {
  const { client, calls } = respondingWith(samples.appOverride)
  await client.appOverrides.update('ao_example', input)
  expect(calls).toMatchObject([
    { method: 'PUT', path: '/v1/connect/proj_stub/app_overrides/ao_example' },
  ])
  expect(calls[0]?.body).toEqual(body)
})

test('delete sends a DELETE', async () => {
  const { client, calls } = stubPipedream({ onCall: () => new Response(null, { status: 204 }) })
  await expect(client.appOverrides.delete('ao_1')).resolves.toBeUndefined()
  expect(calls).toMatchObject([
    { method: 'DELETE', path: '/v1/connect/proj_stub/app_overrides/ao_1' },
  ])
})

describe('nothing is sent', () => {
  test.each([
    ['app', { app: '', name: 'n' }],
    ['name', { app: 'slack', name: ' ' }],
    ['oauthAppId', { app: 'slack', name: 'n', oauthAppId: '' }],
    ['customFieldValues', { app: 'slack', name: 'n', customFieldValues: ['a'] }],
    ['customFieldValues', { app: 'slack', name: 'n', customFieldValues: '{}' }],
  ])('by create with an invalid %s', async (name, input) => {
    const { client, tokenRequests } = stubPipedream()
    await expect(client.appOverrides.create(input as never)).rejects.toMatchObject({
      code: 'ERR_INVALID_INPUT',
      input: name,
    })
    expect(tokenRequests).toHaveLength(0)
  })

  test('by update with an id that changes the path', async () => {
    const { client, tokenRequests } = stubPipedream()
    await expect(client.appOverrides.update('..', { name: 'n' })).rejects.toMatchObject({
      code: 'ERR_INVALID_INPUT',
      input: 'appOverrideId',
    })
    expect(tokenRequests).toHaveLength(0)
  })
})

test.each([
  ['id', ''],
  ['name', null],
  ['cfmap', []],
])('a response with an invalid %s is rejected', async (key, value) => {
  const { client } = respondingWith({ ...samples.appOverride, [key]: value })
  await expect(client.appOverrides.get('ao_1')).rejects.toMatchObject({
    code: 'ERR_BAD_RESPONSE',
    message: expect.stringContaining(key),
  })
})
