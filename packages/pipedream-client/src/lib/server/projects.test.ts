import { expect, test } from 'vitest'
import * as samples from '../../../test/samples.ts'
import { listOf, stubPipedream } from '../../../test/stub-pipedream.ts'
import type { PipedreamClient } from '../../server.ts'

const respondingWith = (response: unknown, status = 200) =>
  stubPipedream({ onCall: () => Response.json(response, { status }) })

test('list sends its query, outside of any project', async () => {
  const { client, calls } = stubPipedream({ onCall: () => listOf([samples.project]) })
  const page = await client.projects.list({ after: 'a', before: 'b', limit: 2, search: 'x y' })
  expect(page.data).toEqual([
    {
      id: 'proj_AbC123',
      name: 'Acme prod',
      appName: 'Acme',
      supportEmail: 'help@example.com',
      connectRequireKeyAuthTest: true,
      raw: samples.project,
    },
  ])
  expect(calls).toMatchObject([
    { method: 'GET', path: '/v1/connect/projects?after=a&before=b&limit=2&q=x%20y' },
  ])
})

test('create sends its input in Pipedream’s format, and accepts a 201', async () => {
  const { client, calls } = respondingWith(samples.project, 201)
  const project = await client.projects.create({
    name: 'Acme prod',
    appName: 'Acme',
    supportEmail: 'help@example.com',
    connectRequireKeyAuthTest: true,
  })
  expect(project.id).toBe('proj_AbC123')
  expect(calls).toMatchObject([{ method: 'POST', path: '/v1/connect/projects' }])
  expect(calls[0]?.body).toEqual({
    name: 'Acme prod',
    app_name: 'Acme',
    support_email: 'help@example.com',
    connect_require_key_auth_test: true,
  })
})

test('get reads one with few keys', async () => {
  const { client, calls } = respondingWith({ id: 'proj_1', name: 'P' })
  await expect(client.projects.get('proj_1')).resolves.toMatchObject({
    appName: null,
    supportEmail: null,
    connectRequireKeyAuthTest: null,
  })
  expect(calls).toMatchObject([{ method: 'GET', path: '/v1/connect/projects/proj_1' }])
})

test('update sends only the changes', async () => {
  const { client, calls } = respondingWith(samples.project)
  await client.projects.update('proj_1', { connectRequireKeyAuthTest: false, appName: '' })
  expect(calls).toMatchObject([{ method: 'PATCH', path: '/v1/connect/projects/proj_1' }])
  expect(calls[0]?.body).toEqual({ connect_require_key_auth_test: false, app_name: '' })
})

test('delete sends a DELETE', async () => {
  const { client, calls } = stubPipedream({ onCall: () => new Response(null, { status: 204 }) })
  await expect(client.projects.delete('proj_1')).resolves.toBeUndefined()
  expect(calls).toMatchObject([{ method: 'DELETE', path: '/v1/connect/projects/proj_1' }])
})

test('updateLogo sends a data URL, and accepts an empty response', async () => {
  const { client, calls } = stubPipedream({ onCall: () => new Response('') })
  const logo = 'data:image/png;base64,AA+/AA=='
  await expect(client.projects.updateLogo('proj_1', logo)).resolves.toBeUndefined()
  expect(calls).toMatchObject([{ method: 'POST', path: '/v1/connect/projects/proj_1/logo' }])
  expect(calls[0]?.body).toEqual({ logo })
})

test('getInfo reads which apps of the client’s own project have an OAuth client', async () => {
  const { client, calls } = respondingWith(samples.projectInfo)
  await expect(client.projects.getInfo()).resolves.toEqual({
    apps: [{ oauthAppId: 'oa_Ex4mple', slug: 'slack' }],
    raw: samples.projectInfo,
  })
  expect(calls).toMatchObject([{ method: 'GET', path: '/v1/connect/proj_stub/projects/info' }])
})

test.each([{}, { apps: {} }, { apps: [{ id: 'oa_1' }] }, { apps: [{ name_slug: 'slack' }] }])(
  'getInfo rejects %j',
  async (response) => {
    const { client } = respondingWith(response)
    await expect(client.projects.getInfo()).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' })
  },
)

test.each<[string, (client: PipedreamClient) => Promise<unknown>]>([
  ['search', ({ projects }) => projects.list({ search: '' })],
  ['name', ({ projects }) => projects.create({ name: ' ' })],
  ['name', ({ projects }) => projects.update('proj_1', { name: '' })],
  ['projectId', ({ projects }) => projects.get('info')],
  ['projectId', ({ projects }) => projects.delete('proj_1/..')],
  ['projectId', ({ projects }) => projects.delete('')],
  ['projectId', ({ projects }) => projects.updateLogo('..', 'data:image/png;base64,AAAA')],
  ['logo', ({ projects }) => projects.updateLogo('proj_1', 'https://example.com/logo.png')],
  ['logo', ({ projects }) => projects.updateLogo('proj_1', 'data:text/html;base64,AAAA')],
  ['logo', ({ projects }) => projects.updateLogo('proj_1', 'data:image/png;base64,')],
  ['logo', ({ projects }) => projects.updateLogo('proj_1', 'data:image/png;base64,AAAA"')],
])('an invalid %s is rejected before anything is sent: %s', async (input, call) => {
  const { client, tokenRequests } = stubPipedream()
  await expect(call(client)).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT', input })
  expect(tokenRequests).toHaveLength(0)
})

test.each<[string, (client: PipedreamClient) => Promise<unknown>]>([
  ['create', ({ projects }) => projects.create({ name: 'P' })],
  ['update', ({ projects }) => projects.update('proj_1', { name: 'P' })],
  ['updateLogo', ({ projects }) => projects.updateLogo('proj_1', 'data:image/png;base64,AAAA')],
])('%s is sent once, even after a failure', async (_, call) => {
  const { client, calls } = respondingWith({}, 503)
  await expect(call(client)).rejects.toMatchObject({ code: 'ERR_UPSTREAM' })
  expect(calls).toHaveLength(1)
})

test.each([
  ['id', 7],
  ['name', null],
  ['connect_require_key_auth_test', 'yes'],
])('a response with an invalid %s is rejected', async (key, value) => {
  const { client } = respondingWith({ ...samples.project, [key]: value })
  await expect(client.projects.get('proj_1')).rejects.toMatchObject({
    code: 'ERR_BAD_RESPONSE',
    message: expect.stringContaining(key),
  })
})
