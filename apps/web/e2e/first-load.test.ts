import { gzipSync } from 'node:zlib'
import type { Page } from 'chromium'
import { expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import { connectButton } from './stories.ts'

const session = useBrowserSession({ images: true })

const BUDGET = 93_700

test.each([
  ['without accounts', [], 'No accounts yet'],
  ['with an account', ['ada@example.com'], 'ada@example.com'],
])('for a user %s, the accounts page loads one script of at most 93.7 kB', async (...row) => {
  const [, accounts, text] = row
  const page = await session.openSignedIn({ accounts })
  await page.addInitScript(recordWhenShown, text)
  await page.reload()
  await expect(page.getByText(text)).toAppear()
  await expect(connectButton(page, 'Google Sheets')).toAppear()

  const { first } = await scriptsOf(page)
  expect(first.map((url) => new URL(url).pathname)).toEqual([expect.stringMatching(/\/index-/)])
  const sizes = await Promise.all(first.map(async (url) => zippedSize(page, url)))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(BUDGET)
})

test('then it loads what a click needs, and nothing of another page', async () => {
  const page = await session.openSignedIn({ accounts: ['ada@example.com'] })
  await page.addInitScript(recordWhenShown, 'ada@example.com')
  await page.reload()
  const later = async () => (await scriptsOf(page)).later.join()
  await expect.poll(later).toContain('/ConnectFlowRunner-')
  await expect.poll(later).toContain('/DisconnectDialog-')
  expect(await later()).not.toMatch(/Operator|Activity|Toasts|OpenInBrowser|HeldAccount/)
})

test('the document has the page’s styles inline', async () => {
  const page = await session.openPage()
  const document = await (await page.context().request.get(page.url())).text()
  expect(document).toContain('<style>')
  expect(document).not.toContain('rel="stylesheet"')
})

/** Marks, in the page, when it first shows the accounts, with this text, and the connect buttons of the catalogue. */
function recordWhenShown(text: string): void {
  const observer = new MutationObserver(() => {
    const isLoading = document.querySelector('main [aria-busy][aria-label]') !== null
    const hasButtons = document.querySelector('[aria-label="Connect Google Sheets"]') !== null
    if (isLoading || !hasButtons || !document.body.textContent.includes(text)) return
    performance.mark('shown')
    observer.disconnect()
  })
  observer.observe(document, { childList: true, subtree: true })
}

/** The scripts that the page had requested when it was shown, preloads included, and those that it has requested since. */
async function scriptsOf(page: Page): Promise<{ first: string[]; later: string[] }> {
  return page.evaluate(() => {
    const shownAt = performance.getEntriesByName('shown')[0]?.startTime ?? Infinity
    const scripts = performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('.js'))
    const first = scripts.filter(({ startTime }) => startTime <= shownAt)
    const later = scripts.filter(({ startTime }) => startTime > shownAt)
    return { first: first.map(({ name }) => name), later: later.map(({ name }) => name) }
  })
}

async function zippedSize(page: Page, url: string): Promise<number> {
  const response = await page.context().request.get(url)
  return gzipSync(await response.body(), { level: 9 }).length
}
