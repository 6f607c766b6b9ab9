import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { refuse, stubPipedream } from '../../../test/stub-pipedream.ts'

const key = '1day/proj_stub/exu_1/0123456789abcdef/u/a b.pdf'
const signed = 'https://store.example/bucket/a%20b.pdf?X-Signature=secret-1'

const linking = (location: string, status = 302) =>
  new Response(null, { status, headers: { location } })

test('a file is returned with its metadata', async () => {
  const { client, calls } = stubPipedream({
    onCall: () =>
      new Response('%PDF', {
        headers: { 'content-type': 'application/pdf', 'content-length': '4' },
      }),
  })
  const file = await client.fileStash.download(key)
  expect(file).toMatchObject({ name: 'a b.pdf', contentType: 'application/pdf', size: 4 })
  expect(new TextDecoder().decode(await file.bytes())).toBe('%PDF')
  expect(calls).toMatchObject([
    {
      method: 'GET',
      path: '/v1/connect/proj_stub/file_stash/download?s3_key=1day%2Fproj_stub%2Fexu_1%2F0123456789abcdef%2Fu%2Fa%20b.pdf',
    },
  ])
})

test('unknown metadata is null', async () => {
  const { client } = stubPipedream({
    onCall: () =>
      new Response(new Blob(['x']).stream(), {
        headers: { 'content-length': '21', 'content-encoding': 'gzip' },
      }),
  })
  expect(await client.fileStash.download(key)).toMatchObject({ contentType: null, size: null })
})

test.each([301, 302, 303, 307, 308])(
  'a link (%i) is followed without the access token and other credentials',
  async (status) => {
    const { client, elsewhere } = stubPipedream({
      onCall: () => linking(signed, status),
      onElsewhere: () => new Response('content'),
      rateLimitToken: 'limit-1',
    })
    const file = await client.fileStash.download(key)
    expect(await file.text()).toBe('content')
    expect(elsewhere).toHaveLength(1)
    expect(elsewhere[0]).toMatchObject({ url: signed, headers: { accept: '*/*' } })
    expect(Object.keys(elsewhere[0]?.headers ?? {})).toEqual(['accept'])
  },
)

test.each([
  'http://store.example/a',
  'https://user:secret@store.example/a',
  'ftp://store.example/a',
  'https://',
  '',
])('a link to %o is not followed', async (location) => {
  const { client, elsewhere } = stubPipedream({
    onCall: () => linking(location),
    onElsewhere: () => new Response('content'),
  })
  await expect(client.fileStash.download(key)).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' })
  expect(elsewhere).toHaveLength(0)
})

test('a second link is not followed', async () => {
  const { client, elsewhere } = stubPipedream({
    onCall: () => linking(signed),
    onElsewhere: () => linking('https://elsewhere.example/'),
    maxRetries: 0,
  })
  await expect(client.fileStash.download(key)).rejects.toMatchObject({ name: 'PipedreamError' })
  expect(elsewhere).toHaveLength(1)
})

test.each([
  [404, 'ERR_NOT_FOUND'],
  [403, 'ERR_UPSTREAM'],
  [500, 'ERR_UPSTREAM'],
])('a store that returns %i is reported without the link’s signature', async (status, code) => {
  const { client } = stubPipedream({
    onCall: () => linking(signed),
    onElsewhere: () => new Response('<Error>secret-1</Error>', { status }),
    maxRetries: 0,
  })
  const error = await client.fileStash.download(key).catch((error: unknown) => error)
  expect(error).toMatchObject({ code, status, url: 'https://store.example/bucket/a%20b.pdf' })
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain('secret-1')
})

test('a missing file is reported', async () => {
  const { client } = stubPipedream({ onCall: () => refuse(404) })
  await expect(client.fileStash.download(key)).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' })
})

test('a rejected access token is replaced, once', async () => {
  const { client, calls } = stubPipedream({
    onCall: ({ accessToken }) =>
      accessToken === 'access-1' ? refuse(401) : new Response('content'),
  })
  expect(await (await client.fileStash.download(key)).text()).toBe('content')
  expect(calls).toHaveLength(2)
})

test('a blank key is rejected before anything is sent', async () => {
  const { client, tokenRequests } = stubPipedream()
  await expect(client.fileStash.download(' ')).rejects.toMatchObject({ input: 's3Key' })
  expect(tokenRequests).toHaveLength(0)
})
