import { afterEach, expect, test, vi } from 'vitest'
import { sendHash } from './send-hash.ts'

afterEach(() => vi.unstubAllGlobals())

const sent = { operationName: 'Who', query: '{ viewer { kind } }', variables: { a: 1 } }

test('the text of an operation gives way to its hash, and the rest stays', async () => {
  vi.stubGlobal('isSecureContext', true)
  const sha256Hash = 'ac09e330833d64b1894189c95185df626912f84019f907fd9ddc43fba851fdd4'
  expect(JSON.parse(await sendHash(JSON.stringify(sent)))).toEqual({
    operationName: 'Who',
    variables: { a: 1 },
    extensions: { persistedQuery: { version: 1, sha256Hash } },
  })
})

test('a browser that cannot hash sends the text', async () => {
  vi.stubGlobal('isSecureContext', false)
  expect(JSON.parse(await sendHash(JSON.stringify(sent)))).toEqual(sent)
})
