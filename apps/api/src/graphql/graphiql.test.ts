import { buildSchema, parse, validate } from 'graphql'
import { readFileSync } from 'node:fs'
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

test('every example operation fits the schema', () => {
  const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'))
  expect(validate(schema, parse(examples))).toEqual([])
})
