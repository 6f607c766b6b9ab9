import { type Browser, type Page, launchChromium } from 'chromium'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundlePage } from './connect-react/bundle-page.ts'
import { openProduct } from './connect-react/open-product.ts'

// A real browser on a busy machine is slow.
const patient = { timeout: 20_000 }

let browser: Browser
let script: string
beforeAll(async () => {
  ;[browser, script] = await Promise.all([launchChromium(), bundlePage()])
})
afterAll(() => browser.close())

const chooser = (page: Page) =>
  page.getByRole('region', { name: 'Choose an app' }).getByRole('combobox')

async function chooseApp(page: Page, name: string): Promise<void> {
  await chooser(page).fill(name)
  await page.getByRole('option').getByText(name, { exact: true }).click()
}

test('lists apps, and loads more on scrolling', async () => {
  await using product = await openProduct(browser, { script })
  const { page } = product
  const apps = page.getByRole('option')
  await chooser(page).click()
  await expect.poll(() => apps.count(), patient).toBe(50)
  await apps.last().hover()
  await page.mouse.wheel(0, 10_000)
  await expect.poll(() => apps.count(), patient).toBe(100)
  expect(product.complaints).toEqual([])
})

test('finds an app by a part of its name', async () => {
  await using product = await openProduct(browser, { script })
  const { page } = product
  await chooser(page).fill('google she')
  await expect
    .poll(() => page.getByRole('option').allInnerTexts(), patient)
    .toEqual(['Google Sheets'])
  expect(product.complaints).toEqual([])
})

test('connects an account of the selected app', async () => {
  await using product = await openProduct(browser, { script })
  const { page, pipedream } = product
  await chooseApp(page, 'Google Sheets')
  await page.getByRole('button', { name: 'Connect an account' }).click()
  const frame = page.frameLocator('iframe[title="Pipedream Connect"]')
  const opened = page.waitForEvent('popup')
  await frame.getByRole('button', { name: 'Continue', exact: true }).click()
  const popup = await opened
  await popup.getByLabel('grace@example.com').check()
  await popup.getByRole('button', { name: 'Allow', exact: true }).click()
  await frame.getByRole('button', { name: 'Close', exact: true }).click()
  await page.getByRole('listitem').getByText('grace@example.com').waitFor()
  const { data } = await pipedream.accounts.list({ externalUserId: 'ada', app: 'google_sheets' })
  expect(data).toMatchObject([{ name: 'grace@example.com', healthy: true }])
  expect(product.complaints).toEqual([])
})
