import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { accessToken, listOf, stubPipedream } from '../../../test/stub-pipedream.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00.000Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

test('create fetches a new token each time, independent of the client’s own', async () => {
  const { client, calls, tokenRequests } = stubPipedream({ onCall: () => listOf([]) })
  await client.accounts.list()
  const token = await client.oauthTokens.create({ scope: 'connect:accounts:read' })
  await client.oauthTokens.create()
  await client.accounts.list()
  expect(token).toEqual({
    accessToken: 'access-2',
    tokenType: 'Bearer',
    expiresAt: new Date('2026-01-01T01:00:00.000Z'),
    scope: null,
    raw: accessToken('access-2'),
  })
  expect(tokenRequests.map(({ body }) => body)).toMatchObject([
    {},
    { scope: 'connect:accounts:read' },
    {},
  ])
  expect(calls.map((call) => call.accessToken)).toEqual(['access-1', 'access-1'])
})

test('create returns the scope that Pipedream granted', async () => {
  const { client } = stubPipedream({
    onToken: () => Response.json({ ...accessToken('a'), token_type: 'bearer', scope: 'connect:*' }),
  })
  await expect(client.oauthTokens.create()).resolves.toMatchObject({ scope: 'connect:*' })
})

test('create rejects a blank scope', async () => {
  const { client, tokenRequests } = stubPipedream()
  await expect(client.oauthTokens.create({ scope: '' })).rejects.toMatchObject({
    code: 'ERR_INVALID_INPUT',
    input: 'scope',
  })
  expect(tokenRequests).toHaveLength(0)
})
