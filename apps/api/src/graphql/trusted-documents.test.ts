import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { sha256 } from '../store/secrets.ts'
import { createTestGateway, testLimits } from '../../test/fixtures/create-test-gateway.ts'
import { readDocuments } from './trusted-documents.ts'

const OWN = 'query Own { viewer { externalUserId } }'
const hash = sha256(OWN)
const documents = new Map([[hash, OWN]])
const byHash = (sha256Hash: string) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash } },
})

const signInWith = async (only: boolean, introspection = true) => {
  const { signIn } = await createTestGateway({
    limits: { ...testLimits, introspection, trustedDocuments: { documents, only } },
  })
  return signIn('ada')
}

test.each([true, false])(
  'our own page’s operations run by their hash (alone: %s)',
  async (only) => {
    const response = await (await signInWith(only)).post('/graphql', byHash(hash))
    expect((await response.json()).data).toEqual({ viewer: { externalUserId: 'ada' } })
  },
)

test.each([
  ['any operation', { query: '{ viewer { kind } }' }],
  ['our own operation in full', { query: OWN }],
  ['an operation together with a known hash', { query: '{ viewer { kind } }', ...byHash(hash) }],
  ['an unknown hash', byHash(sha256('{ viewer { kind } }'))],
  ['a name of every object', byHash('__proto__')],
  ['nothing', {}],
])('%s is refused where only these are trusted', async (_what, body) => {
  const response = await (await signInWith(true)).post('/graphql', body)
  expect(response.status).toBe(400)
  expect(await response.json()).not.toHaveProperty('data')
})

test('where the schema is hidden, neither introspection nor a guess tells of it', async () => {
  const ada = await signInWith(false, false)
  for (const query of [
    '{ __schema { types { name } } }',
    '{ viewr { kind } }',
    '{ viewer { knd } }',
  ]) {
    const response = await ada.post('/graphql', { query })
    expect(response.status).toBe(400)
    expect(await response.text()).not.toMatch(/did you mean|Mutation/i)
  }
  const page = await createTestGateway({ limits: { ...testLimits, introspection: false } })
  const answer = await page.server.fetch(
    new Request('http://localhost:3000/graphql', { headers: { accept: 'text/html' } }),
  )
  expect(answer.status).toBe(405)
})

test('a list whose text was changed under its hash is not read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'documents-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const file = join(folder, 'documents.json')
  expect(await readDocuments(file)).toEqual(new Map())
  await writeFile(file, JSON.stringify({ [hash]: OWN }))
  expect(await readDocuments(file)).toEqual(documents)
  await writeFile(file, JSON.stringify({ [hash]: '{ viewer { kind } }' }))
  await expect(readDocuments(file)).rejects.toThrow('Build the web app again')
})
