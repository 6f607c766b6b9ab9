import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { createServer } from 'vite'

const FOLDER = join(import.meta.dirname, '..')

afterEach(() => void vi.unstubAllEnvs())

/** Returns the page as the development server serves it. */
async function developmentPage(): Promise<string> {
  const server = await createServer({
    root: FOLDER,
    configFile: join(FOLDER, 'vite.config.ts'),
    logLevel: 'silent',
    optimizeDeps: { noDiscovery: true, include: [] },
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  })
  onTestFinished(() => server.close())
  return server.transformIndexHtml('/accounts', await readFile(join(FOLDER, 'index.html'), 'utf8'))
}

test('the development server writes the demo user and the quick apps into its page', async () => {
  vi.stubEnv('TEST_USER_ID', 'ada "&" $& l')
  vi.stubEnv('QUICK_APPS', 'openai')
  const page = await developmentPage()
  expect(page).toContain('<meta name="test-user-id" content="ada &quot;&amp;&quot; $&amp; l"')
  expect(page).toContain('<meta name="quick-apps" content="openai"')
})

test('blank settings keep the page’s defaults', async () => {
  vi.stubEnv('TEST_USER_ID', ' ')
  vi.stubEnv('QUICK_APPS', '')
  const page = await developmentPage()
  expect(page).toContain('<meta name="test-user-id" content="demo-user"')
  expect(page).toContain('<meta name="quick-apps" content="google_sheets,')
})

test.each([
  [{}, 'open'],
  [{ PIPEDREAM_CLIENT_ID: 'emulator-client' }, 'unset'],
  [{ PIPEDREAM_CLIENT_ID: 'emulator-client', DEMO_SIGN_IN: 'on' }, 'coded'],
])('with %j the page offers to sign in as the gateway does: %s', async (settings, offer) => {
  vi.stubEnv('PIPEDREAM_CLIENT_ID', '')
  vi.stubEnv('DEMO_SIGN_IN', '')
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
  expect(await developmentPage()).toContain(`<meta name="sign-in" content="${offer}"`)
})
