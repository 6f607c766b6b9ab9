import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import * as samples from '../../../test/samples.ts'
import { listOf, stubPipedream } from '../../../test/stub-pipedream.ts'

const limit = { windowMs: 10_000, requestsPerWindow: 1000 }

test('create sends seconds, outside of any project, and reads a token', async () => {
  const { client, calls } = stubPipedream({ onCall: () => Response.json(samples.rateLimitToken) })
  await expect(client.rateLimitTokens.create(limit)).resolves.toEqual({
    rateLimitToken: 'example.rate.limit.token',
    raw: samples.rateLimitToken,
  })
  expect(calls).toMatchObject([{ method: 'POST', path: '/v1/connect/rate_limits' }])
  expect(calls[0]?.body).toEqual({ window_size_seconds: 10, requests_per_window: 1000 })
})

test.each([
  ['windowMs', 0],
  ['windowMs', 1500],
  ['windowMs', Number.POSITIVE_INFINITY],
  ['windowMs', '1000ms'],
  ['requestsPerWindow', 0],
  ['requestsPerWindow', 1.5],
  ['requestsPerWindow', undefined],
])('create rejects %s %o before anything is sent', async (input, value) => {
  const { client, tokenRequests } = stubPipedream()
  const create = client.rateLimitTokens.create({ ...limit, [input]: value })
  await expect(create).rejects.toMatchObject({ code: 'ERR_INVALID_INPUT', input })
  expect(tokenRequests).toHaveLength(0)
})

test('create is sent once, even after a failure', async () => {
  const { client, calls } = stubPipedream({ onCall: () => new Response('{}', { status: 429 }) })
  await expect(client.rateLimitTokens.create(limit)).rejects.toMatchObject({
    code: 'ERR_RATE_LIMITED',
  })
  expect(calls).toHaveLength(1)
})

describe('calls are counted', () => {
  test.each([
    { how: 'not at all, unless it is asked for', expected: undefined },
    { how: 'by the token of the client', ofClient: 'of.client', expected: 'of.client' },
    { how: 'by the token of the call', ofCall: 'of.call', expected: 'of.call' },
    {
      how: 'by the token of the call rather than the client’s',
      ofClient: 'of.client',
      ofCall: 'of.call',
      expected: 'of.call',
    },
  ])('$how', async ({ ofClient, ofCall, expected }) => {
    const { client, calls } = stubPipedream({
      onCall: () => listOf([]),
      rateLimitToken: ofClient,
    })
    await client.accounts.list({}, { rateLimitToken: ofCall })
    expect(calls.map(({ rateLimitToken }) => rateLimitToken)).toEqual([expected])
  })

  test('on every page of an iteration', async () => {
    const { client, calls } = stubPipedream({
      onCall: ({ path }) => listOf([samples.user], path.includes('after=c1') ? null : 'c1'),
    })
    const page = await client.users.list({}, { rateLimitToken: 'of.call' })
    for await (const user of page) expect(user.externalUserId).toBe('ada')
    expect(calls.map(({ rateLimitToken }) => rateLimitToken)).toEqual(['of.call', 'of.call'])
  })
})

test.each(['', ' ', 'a b', 'a\r\nx-evil: 1', 'schlüssel'])(
  'a token that is not a header value is rejected without quoting it: %o',
  async (rateLimitToken) => {
    const { client, tokenRequests } = stubPipedream()
    await expect(client.accounts.list({}, { rateLimitToken })).rejects.toMatchObject({
      code: 'ERR_INVALID_INPUT',
      input: 'rateLimitToken',
    })
    expect(tokenRequests).toHaveLength(0)
    expect(() => stubPipedream({ rateLimitToken })).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIGURATION', input: 'rateLimitToken' }),
    )
  },
)

test('an error never contains the token, even if Pipedream echoes it', async () => {
  const { client } = stubPipedream({
    onCall: () => Response.json({ error: 'No limit called mine' }, { status: 400 }),
  })
  const error: unknown = await client.accounts
    .list({}, { rateLimitToken: 'mine' })
    .catch((error: unknown) => error)
  expect(error).toMatchObject({ code: 'ERR_BAD_REQUEST', detail: undefined })
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('mine')
})
