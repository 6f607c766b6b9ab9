import { buildSchema, parse, validate } from 'graphql'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'
import { examples } from './graphiql-examples.ts'

const getPage = (headers = {}) =>
  new Request('http://localhost:3000/graphql', {
    headers: { accept: 'text/html', 'accept-encoding': 'gzip', ...headers },
  })

test('a browser gets GraphiQL, compressed, and keeps it', async () => {
  const { server } = await createTestGateway()
  const page = await server.fetch(getPage())
  expect(page.headers.get('content-type')).toContain('text/html')
  expect((await page.arrayBuffer()).byteLength).toBeLessThan(4_000_000)
  const again = await server.fetch(getPage({ 'if-none-match': page.headers.get('etag') ?? '' }))
  expect(again.status).toBe(304)
})

test('clients that do not read the page need no memory, compressed or not', async () => {
  const { server } = await createTestGateway()
  for (const encoding of ['gzip', 'identity']) {
    const ask = () => server.fetch(getPage({ 'accept-encoding': encoding }))
    const page = await ask()
    const { byteLength } = await page.arrayBuffer()
    expect(page.headers.get('content-length')).toBe(String(byteLength))
    const before = process.memoryUsage().arrayBuffers
    const pages = await Promise.all(Array.from({ length: 60 }, ask))
    const readers = pages.map(({ body }) => body?.getReader())
    for (const reader of readers) await reader?.read()
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(byteLength)
  }
})

test('a client without compression gets the same page', async () => {
  const { server } = await createTestGateway()
  const zipped = await (await server.fetch(getPage())).arrayBuffer()
  const plain = await server.fetch(getPage({ 'accept-encoding': 'identity' }))
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(gunzipSync(zipped).equals(new Uint8Array(await plain.arrayBuffer()))).toBe(true)
})

test('every example operation fits the schema', () => {
  const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'))
  expect(validate(schema, parse(examples))).toEqual([])
})
