import { inspect } from 'node:util'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { accessToken, SECRETS, stubPipedream } from '../../../test/stub-pipedream.ts'
import { PipedreamError } from '../../server.ts'

async function failWith(response: Response): Promise<PipedreamError> {
  const { client } = stubPipedream({
    onCall: () => response.clone(),
    onToken: () => Response.json(accessToken('access-1')),
    maxRetries: 0,
  })
  const error = await client.accounts
    .list({ externalUserId: 'ada@example.com' })
    .catch((error: unknown) => error)
  if (error instanceof PipedreamError) return error
  throw new Error('The call did not fail as it should.', { cause: error })
}

const sayError = (error: unknown) => Response.json({ error }, { status: 400 })

test.each([
  [400, 'ERR_BAD_REQUEST'],
  [401, 'ERR_AUTHENTICATION'],
  [403, 'ERR_FORBIDDEN'],
  [404, 'ERR_NOT_FOUND'],
  [408, 'ERR_UPSTREAM'],
  [418, 'ERR_BAD_REQUEST'],
  [422, 'ERR_BAD_REQUEST'],
  [429, 'ERR_RATE_LIMITED'],
  [500, 'ERR_UPSTREAM'],
  [504, 'ERR_UPSTREAM'],
])('status %i is %s', async (status, code) => {
  expect(await failWith(new Response('', { status }))).toMatchObject({ status, code })
})

test('contains method, URL and request id, but not the query, which may identify a person', async () => {
  const headers = { 'x-request-id': 'req-42' }
  const error = await failWith(new Response('', { status: 404, headers }))
  const url = 'https://api.pipedream.com/v1/connect/proj_stub/accounts'
  expect(error).toMatchObject({ method: 'GET', url, requestId: 'req-42' })
  expect(error.message).toContain(`GET ${url}`)
  expect(inspect(error)).not.toContain('ada')
})

test.each([301, 302, 307, 308])('a redirect (%i) is not followed', async (status) => {
  const error = await failWith(
    new Response('', { status, headers: { location: 'https://elsewhere.example/' } }),
  )
  expect(error).toMatchObject({ code: 'ERR_BAD_RESPONSE', status })
})

test('a short, plain sentence from Pipedream becomes `detail`', async () => {
  const error = await failWith(sayError('record not found'))
  expect(error.detail).toBe('record not found')
})

test.each([
  `No client ${SECRETS.clientSecret}`,
  'Token access-1 is not valid.',
  'Token ctok_0123456789abcdef0123456789abcdef is spent.',
  'Bearer abc',
  'eyJhbGciOiJFZERTQSJ9',
  'key sk-live-1',
  'password: hunter',
  '9f8e7d6c5b4a39281706',
  'x'.repeat(201),
  'two\nlines',
  '<b>markup</b>',
  'who=ada@example.com',
  '',
  { nested: 'sentence' },
  null,
])('anything that resembles a secret, or is not a sentence, is dropped (%#)', async (reason) => {
  expect((await failWith(sayError(reason))).detail).toBeUndefined()
})

test('no error contains a secret or a body, whatever the server echoes', async () => {
  const secrets = [SECRETS.clientSecret, 'access-1', 'ctok_0123456789abcdef0123456789abcdef']
  const echo = fc
    .tuple(fc.string(), fc.constantFrom(...secrets), fc.string())
    .map((parts) => parts.join(''))
  const body = fc.oneof(
    echo,
    echo.map((error) => JSON.stringify({ error })),
    echo.map((error) => JSON.stringify({ error, error_description: error, detail: { error } })),
  )
  const status = fc.constantFrom(200, 302, 400, 401, 403, 404, 429, 500)
  await fc.assert(
    fc.asyncProperty(status, body, async (status, body) => {
      const error = await failWith(new Response(body, { status }))
      const told = `${inspect(error, { depth: 10, showHidden: true })} ${JSON.stringify(error)}`
      for (const secret of secrets) expect(told).not.toContain(secret)
    }),
  )
})

test('the cause of a network failure is the error of fetch', async () => {
  const cause = new TypeError('fetch failed')
  const { client } = stubPipedream({
    maxRetries: 0,
    onCall: () => Promise.reject(cause),
  })
  await expect(client.accounts.list()).rejects.toMatchObject({ code: 'ERR_NETWORK', cause })
})
