import { expect, test } from 'vitest'
import { respondNormally } from './respond-normally.ts'
import { recordOfficial, recordOurs } from './record.ts'
import type { RecordedRequest } from './recorder.ts'

// Headers that the platform's `fetch` adds for both clients.
const TRANSPORT = new Set([
  'accept-encoding',
  'accept-language',
  'connection',
  'host',
  'sec-fetch-mode',
])

test('ours does not reveal its runtime, and accepts JSON', async () => {
  const official = await recordOfficial(({ apps }) => apps.retrieve('slack'), respondNormally)
  const ours = await recordOurs(({ apps }) => apps.get('slack'), respondNormally)
  const shared = { authorization: 'Bearer an-access-token', 'x-pd-environment': 'development' }
  expect(headersOf(ours.requests)).toEqual({
    ...shared,
    accept: 'application/json',
    // Added by the platform's `fetch`.
    'user-agent': 'node',
  })
  expect(headersOf(official.requests)).toEqual({
    ...shared,
    accept: '*/*',
    'user-agent': expect.stringContaining('@pipedream/sdk'),
    'x-fern-language': 'JavaScript',
    'x-fern-sdk-name': '@pipedream/sdk',
    'x-fern-sdk-version': expect.any(String),
    'x-fern-runtime': 'node',
    'x-fern-runtime-version': expect.any(String),
  })
})

function headersOf(requests: readonly RecordedRequest[]): Record<string, string> {
  const headers = Object.entries(requests.at(-1)?.headers ?? {})
  return Object.fromEntries(headers.filter(([name]) => !TRANSPORT.has(name)))
}
