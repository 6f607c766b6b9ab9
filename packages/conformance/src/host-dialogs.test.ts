import { type Browser, launchChromium, type Page } from 'chromium'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveHosts } from './host-dialogs/serve-hosts.ts'

// A real browser on a busy machine is slow.
const patient = { timeout: 20_000 }

let browser: Browser
let product: Awaited<ReturnType<typeof serveHosts>>
beforeAll(async () => {
  ;[browser, product] = await Promise.all([launchChromium(), serveHosts()])
})
afterAll(async () => {
  await Promise.all([browser.close(), product.close()])
})

const HOSTS = [
  { library: 'radix', kind: 'Modal' },
  { library: 'radix', kind: 'NonModal' },
  { library: 'vaul', kind: 'Modal' },
  { library: 'vaul', kind: 'NonModal' },
  { library: 'headless-ui', kind: 'Modal' },
  { library: 'mui', kind: 'Modal' },
  { library: 'mui', kind: 'ClickAway' },
  { library: 'base-ui', kind: 'Modal' },
  { library: 'base-ui', kind: 'NonModal' },
  { library: 'base-ui', kind: 'TrapFocus' },
  { library: 'react-aria', kind: 'Modal' },
  { library: 'focus-trap', kind: 'Modal' },
  { library: 'focus-trap', kind: 'NonModal' },
  { library: 'native', kind: 'Modal' },
  { library: 'native', kind: 'Popover' },
]
// One library that isolates its dialogs from the rest of the page, and the browser's own dialog; the matrix runs all.
const hosts = HOSTS.filter(
  ({ library, kind }) =>
    process.env.TEST_MATRIX === '1' || (/^(radix|native)$/.test(library) && kind === 'Modal'),
)

async function openSettings({ library, kind }: { library: string; kind: string }) {
  const context = await browser.newContext()
  const page = await context.newPage()
  page.setDefaultTimeout(patient.timeout)
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  await page.goto(`${product.origin}/?library=${library}&kind=${kind}`)
  await page.getByRole('button', { name: 'Open settings' }).click()
  const name = 'Settings'
  const settings = page.getByRole('dialog', { name }).or(page.getByRole('region', { name }))
  await settings.waitFor()
  const button = settings.getByRole('button', { name: 'Connect Google Sheets' })
  return { page, settings, button, complaints, [Symbol.asyncDispose]: () => context.close() }
}

const hosted = (page: Page) => page.frameLocator('iframe[title="Pipedream Connect"]')
const leave = (page: Page) => page.getByRole('button', { name: 'Close', exact: true })
const heard = (page: Page) => page.locator('output').textContent()
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id)
/** The hosted page is ready, and has the focus. */
const ready = async (page: Page) => {
  await hosted(page).getByRole('button', { name: 'Continue', exact: true }).waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('IFRAME')
}

describe.each(hosts)('in a dialog of $library ($kind)', (host) => {
  test('the user connects an account and returns to that dialog', async () => {
    await using opened = await openSettings(host)
    const { page, settings, button } = opened
    await button.click()
    await ready(page)
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      hosted(page).getByRole('button', { name: 'Continue', exact: true }).click(),
    ])
    await popup.getByLabel('grace@example.com').check()
    await popup.getByRole('button', { name: 'Allow', exact: true }).click()
    await expect.poll(() => heard(page), patient).toBe('connected')
    expect(await page.locator('iframe').count()).toBe(0)
    expect(await settings.isVisible()).toBe(true)
    expect(await focused(page)).toBe('connect')
    expect(opened.complaints).toEqual([])
  })

  test('leaving the hosted page keeps that dialog open, and it still closes', async () => {
    await using opened = await openSettings(host)
    const { page, settings, button } = opened
    const leaveBy = async (act: () => Promise<void>) => {
      await button.click()
      await ready(page)
      await act()
      await expect.poll(() => page.locator('iframe').count(), patient).toBe(0)
      expect(await settings.isVisible()).toBe(true)
      expect(await focused(page)).toBe('connect')
    }
    await leaveBy(() => leave(page).click())
    await leaveBy(async () => {
      await leave(page).focus()
      await page.keyboard.press('Escape')
    })
    await leaveBy(() => hosted(page).getByRole('button', { name: 'Cancel' }).click())
    await expect.poll(() => heard(page)).toBe('cancelled cancelled cancelled')
    if (host.kind !== 'ClickAway') {
      await page.keyboard.press('Escape')
      await settings.waitFor({ state: 'hidden' })
    }
    expect(opened.complaints).toEqual([])
  })
})

test('one close button is visible, and none in the hosted page', async () => {
  await using opened = await openSettings({ library: 'native', kind: 'Modal' })
  const { page, button } = opened
  await button.click()
  await ready(page)
  expect(await page.getByRole('button', { name: /close/i }).count()).toBe(1)
  expect(await hosted(page).getByRole('button', { name: /close/i }).count()).toBe(0)
})
