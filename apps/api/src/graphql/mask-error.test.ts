import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { openDatabase } from '../store/open-database.ts'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'

test('an unexpected error is logged once, with the request ID of the response', async () => {
  const database = await openDatabase(':memory:')
  const { signIn, complaints } = await createTestGateway({ database })
  const ada = await signIn('ada')
  await database.tables.schema.dropTable('flows').execute()
  const response = await ada.post('/graphql', { query: `{ flow(id: "${randomUUID()}") { id } }` })
  const body = await response.text()
  const requestId = response.headers.get('x-request-id')
  expect(requestId).toBeTruthy()
  expect(body).toContain(requestId)
  expect(body).not.toMatch(/flows|sqlite|\.ts/i)
  const lines = complaints().filter((line) => line.requestId === requestId)
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatchObject({ err: { stack: expect.any(String) }, path: ['flow'] })
})

test('a mistake in the query is told as it is, and not logged', async () => {
  const { browser, complaints } = await createTestGateway()
  const response = await browser().post('/graphql', { query: '{ nothing }' })
  expect(await response.json()).toMatchObject({
    errors: [{ message: expect.stringContaining('nothing') }],
  })
  expect(complaints()).toEqual([])
})
