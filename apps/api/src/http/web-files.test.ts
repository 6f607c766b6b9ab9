import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestGateway, type TestGateway } from '../../test/fixtures/create-test-gateway.ts'
import { readWebFiles } from './web-files.ts'

let folder: string
let server: TestGateway['server']

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'web-files-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(
    join(folder, 'index.html'),
    '<!doctype html><meta name="test-user-id" content="demo-user"><meta name="quick-apps" content="slack"><title>app</title>',
  )
  await writeFile(join(folder, 'assets/main-abc.js'), 'console.log(1)')
  const webFiles = await readWebFiles(folder, {
    basePath: '',
    signIn: 'open',
    testUserId: 'ada "l"',
    quickApps: ['github', 'notion'],
  })
  server = (await createTestGateway({ webFiles })).server
})

afterAll(() => rm(folder, { recursive: true }))

const get = (path: string, headers = {}) =>
  server.fetch(new Request(`http://localhost:3000${path}`, { headers }))

test('the app’s page answers every path of its own router', async () => {
  for (const path of ['/', '/accounts', '/activity']) {
    const page = await get(path)
    expect(page.headers.get('content-type')).toBe('text/html')
    expect(page.headers.get('cache-control')).toBe('no-cache')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
    const text = await page.text()
    expect(text).toContain('content="ada &quot;l&quot;"')
    expect(text).toContain('<meta name="quick-apps" content="github,notion">')
  }
})

test('an asset is kept for good, and compressed where that is understood', async () => {
  const asset = await get('/assets/main-abc.js', { 'accept-encoding': 'gzip' })
  expect(asset.headers.get('content-type')).toContain('javascript')
  expect(asset.headers.get('cache-control')).toContain('immutable')
  expect(asset.headers.get('content-encoding')).toBe('gzip')
  const known = await get('/assets/main-abc.js', { 'if-none-match': asset.headers.get('etag') })
  expect(known.status).toBe(304)
})

test('a missing file is missing, and nothing outside the folder is served', async () => {
  for (const path of [
    '/assets/gone.js',
    '/../package.json',
    '/%2e%2e/package.json',
    '/.env.local',
  ]) {
    expect((await get(path)).status).toBe(404)
  }
})
