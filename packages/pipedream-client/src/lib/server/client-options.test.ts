import { inspect } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import {
  createPipedreamClient,
  type FetchLike,
  type PipedreamClientOptions,
  PipedreamInputError,
} from '../../server.ts'

const options: PipedreamClientOptions = {
  clientId: 'emulator-client',
  clientSecret: 'emulator-secret',
  projectId: 'proj_emulator',
  projectEnvironment: 'development',
}

// As in a program without types, or with a configuration of strings.
const wrong = (option: string, value: unknown): PipedreamClientOptions => ({
  ...options,
  [option]: value,
})

describe('an invalid option is named at construction', () => {
  test.each([
    ['clientId', ''],
    ['clientId', undefined],
    ['clientSecret', '   '],
    ['clientSecret', 'secret-with-a-line-break\n'],
    ['clientSecret', 42],
    ['projectId', 'emulator'],
    ['projectId', 'proj_'],
    ['projectId', 'proj_a/../b'],
    ['projectId', undefined],
    ['projectEnvironment', 'staging'],
    ['projectEnvironment', undefined],
    ['baseUrl', 'api.pipedream.com'],
    ['baseUrl', 'ftp://api.pipedream.com'],
    ['baseUrl', 'https://user:password@api.pipedream.com'],
    ['baseUrl', 'https://api.pipedream.com/?a=b'],
    ['baseUrl', 'https://api.pipedream.com/#a'],
    ['baseUrl', ''],
    ['scope', ''],
    ['fetch', 'fetch'],
    ['timeoutMs', 0],
    ['timeoutMs', '1000'],
    ['maxRetries', -1],
    ['maxRetries', 11],
    ['maxRetries', 0.5],
  ])('%s %o', (option, value) => {
    const construct = () => createPipedreamClient(wrong(option, value))
    expect(construct).toThrow(PipedreamInputError)
    expect(construct).toThrow(
      expect.objectContaining({
        code: 'ERR_CONFIGURATION',
        input: option,
        message: expect.stringContaining(option),
      }),
    )
  })

  test('and its value is not shown', () => {
    expect(() => createPipedreamClient(wrong('clientSecret', ' padded-secret '))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('padded-secret') }),
    )
  })

  test('and so are missing options', () => {
    // @ts-expect-error -- as in a program without types
    expect(() => createPipedreamClient()).toThrow(PipedreamInputError)
  })
})

test.each([
  [undefined, 'https://api.pipedream.com/v1/'],
  ['http://localhost:4010', 'http://localhost:4010/v1/'],
  ['http://localhost:4010/', 'http://localhost:4010/v1/'],
  ['https://proxy.example/pipedream//', 'https://proxy.example/pipedream/v1/'],
])('baseUrl %s leads to %s', async (baseUrl, expected) => {
  const urls: string[] = []
  const fetch: FetchLike = async (url) => {
    urls.push(url)
    return Response.json({
      access_token: 'a',
      expires_in: 1,
      data: { name_slug: 'a', name: '', img_src: '' },
    })
  }
  await createPipedreamClient({ ...options, baseUrl, fetch }).apps.get('slack')
  expect(urls).toEqual([`${expected}oauth/token`, `${expected}connect/apps/slack`])
})

test('nothing is sent before the first call, and inspecting the client shows no secret', () => {
  const fetch = vi.fn<FetchLike>()
  const client = createPipedreamClient({ ...options, fetch })
  expect(inspect(client, { depth: 5, showHidden: true })).not.toContain('emulator-secret')
  expect(fetch).not.toHaveBeenCalled()
})
