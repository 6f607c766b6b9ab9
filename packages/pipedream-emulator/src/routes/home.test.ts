import { type Browser, launchChromium } from 'chromium'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createHarness } from '../../test/harness.ts'
import { createEmulator } from '../index.ts'
import { listen } from '../server/listen.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(() => browser.close())

async function openHome(options: Parameters<typeof listen>[0] = {}) {
  const listening = await listen({ port: 0, ...options })
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  onTestFinished(async () => {
    await context.close()
    await listening.close()
  })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  await page.goto(listening.url)
  return { ...listening, page }
}

test('the home page explains the emulator and shows its credentials', async () => {
  const { page, url } = await openHome()
  await page.getByRole('heading', { name: 'Pipedream emulator' }).waitFor()
  const facts = await page.getByRole('definition').allInnerTexts()
  expect(facts).toEqual(
    expect.arrayContaining([url, 'emulator-client', 'emulator-secret', 'proj_emulator']),
  )
  expect(await page.getByRole('main').innerText()).toContain('state folder')
})

test('the settings are copied with one click, and are correct', async () => {
  const { page, url } = await openHome()
  await page.getByRole('button', { name: 'Copy' }).click()
  await page.getByRole('status').getByText('Copied').waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(
    Object.fromEntries(
      copied
        .trim()
        .split('\n')
        .map((line) => line.split('=')),
    ),
  ).toEqual({
    PIPEDREAM_CLIENT_ID: 'emulator-client',
    PIPEDREAM_CLIENT_SECRET: 'emulator-secret',
    PIPEDREAM_PROJECT_ID: 'proj_emulator',
    PIPEDREAM_PROJECT_ENVIRONMENT: 'development',
    PIPEDREAM_BASE_URL: url,
    PIPEDREAM_CONNECT_URL: `${url}/_static/connect.html`,
  })
})

test('without clipboard access, the settings are selected for copying', async () => {
  const { page } = await openHome()
  await page.evaluate(() => Reflect.deleteProperty(Navigator.prototype, 'clipboard'))
  await page.getByRole('button', { name: 'Copy' }).click()
  await page.getByRole('status').filter({ hasText: /\S/ }).waitFor()
  expect(await page.evaluate(() => String(getSelection()))).toContain('PIPEDREAM_CLIENT_ID')
})

test('it shows the current number of accounts', async () => {
  const { page, emulator } = await openHome()
  const readCount = () => page.getByRole('definition').filter({ hasText: 'account' }).innerText()
  expect(await readCount()).toBe('No accounts')
  const accounts = [
    { externalUserId: 'ada', app: 'slack' },
    { externalUserId: 'ada', app: 'openai' },
    { externalUserId: 'ada', app: 'slack', environment: 'production' as const },
  ]
  emulator.seed({ accounts })
  await page.reload()
  expect(await readCount()).toMatch(/^3 accounts.*2 in development.*1 in production$/)
})

test('no other site may frame it, and no foreign script runs', async () => {
  const { call } = await createHarness()
  const { status, headers } = await call('/')
  expect(status).toBe(200)
  expect(headers.get('content-security-policy')).toMatch(
    /default-src 'none'.*frame-ancestors 'none'/,
  )
  expect(headers.get('cache-control')).toBe('no-store')
})

test('a custom secret is not shown', async () => {
  const emulator = createEmulator({ clientSecret: 'hush-hush' })
  const page = await (await emulator.fetch(new Request('http://localhost:4010/'))).text()
  expect(page).toContain('emulator-client')
  expect(page).not.toContain('hush-hush')
})

test('a project name is rendered as text, never as markup', async () => {
  const { call, emulator } = await createHarness()
  emulator.seed({ project: { appName: '<script>alert(1)</script>' } })
  const { body } = await call('/')
  expect(body).toContain('&lt;script&gt;')
  expect(body).not.toContain('<script>')
})
