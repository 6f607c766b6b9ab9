import { expect, test } from 'vitest'
import * as samples from '../../../test/samples.ts'
import { listOf, stubPipedream } from '../../../test/stub-pipedream.ts'

test('list sends its query, and reads users', async () => {
  const { client, calls } = stubPipedream({ onCall: () => listOf([samples.user]) })
  const page = await client.users.list({ after: 'a', before: 'b', limit: 2, search: 'a d&a' })
  expect(calls).toMatchObject([
    {
      method: 'GET',
      path: '/v1/connect/proj_stub/users?after=a&before=b&limit=2&q=a%20d%26a',
      body: undefined,
    },
  ])
  expect(page.data).toEqual([
    {
      id: 'exu_Ex4mpl',
      externalUserId: 'ada',
      createdAt: new Date('2026-01-01T00:00:00.000Z'),
      updatedAt: new Date('2026-01-02T00:00:00.000Z'),
      raw: samples.user,
    },
  ])
})

test('a list can be iterated', async () => {
  const { client } = stubPipedream({
    onCall: ({ path }) => listOf([samples.user], path.includes('after=c1') ? null : 'c1'),
  })
  const ids: string[] = []
  for await (const user of await client.users.list()) ids.push(user.externalUserId)
  expect(ids).toEqual(['ada', 'ada'])
})

test('list rejects a blank search, which would match all users', async () => {
  const { client, tokenRequests } = stubPipedream()
  await expect(client.users.list({ search: ' ' })).rejects.toMatchObject({
    code: 'ERR_INVALID_INPUT',
    input: 'search',
  })
  expect(tokenRequests).toHaveLength(0)
})

test('delete sends a DELETE for the user', async () => {
  const { client, calls } = stubPipedream({ onCall: () => new Response(null, { status: 204 }) })
  await expect(client.users.delete('auth0|a d@a.example')).resolves.toBeUndefined()
  expect(calls).toMatchObject([
    { method: 'DELETE', path: '/v1/connect/proj_stub/users/auth0%7Ca%20d%40a.example' },
  ])
})

test.each(['', ' ', '.', '..', 'a/b', '..%2F..', 'a\\b', 'a?b', 'a#b'])(
  'delete rejects %o, which would change the path',
  async (externalUserId) => {
    const { client, tokenRequests } = stubPipedream()
    await expect(client.users.delete(externalUserId)).rejects.toMatchObject({
      code: 'ERR_INVALID_INPUT',
      input: 'externalUserId',
    })
    expect(tokenRequests).toHaveLength(0)
  },
)

test.each([
  ['id', ''],
  ['external_id', null],
  ['created_at', 1_767_225_600],
])('list rejects a user whose %s is %o', async (key, value) => {
  const { client } = stubPipedream({ onCall: () => listOf([{ ...samples.user, [key]: value }]) })
  await expect(client.users.list()).rejects.toMatchObject({
    code: 'ERR_BAD_RESPONSE',
    message: expect.stringContaining(`data[0].${key}`),
  })
})
