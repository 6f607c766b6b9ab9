import { gzipSync } from 'node:zlib'
import type { Page } from 'chromium'
import { expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import { becomeAnotherUser, connectButton } from './stories.ts'

const session = useBrowserSession({ images: true })

const BUDGET = 111_000

test('the accounts page loads at most 111 kB of script, and none of another page', async () => {
  const page = await session.openPage()
  await becomeAnotherUser(page)
  const url = page.url()
  // The page for signing in may still be loading its own scripts.
  await page.goto('about:blank')
  const scripts = recordScripts(page)
  await page.goto(url)
  await expect(page.getByText('No accounts yet')).toAppear()
  await expect(connectButton(page, 'Google Sheets')).toAppear()

  const names = scripts.map((url) => new URL(url).pathname)
  expect(names.filter((name) => /\/index-/.test(name))).toHaveLength(1)
  expect(names.filter((name) => /\/AccountsPage-/.test(name))).toHaveLength(1)
  expect(names.filter((name) => /Operator|Activity|Toasts|OpenInBrowser/.test(name))).toEqual([])
  const sizes = await Promise.all(scripts.map(async (url) => zippedSize(page, url)))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(BUDGET)
})

test('the document preloads the page’s code and has its styles inline', async () => {
  const page = await session.openPage()
  const document = await (await page.context().request.get(page.url())).text()
  expect(document).toMatch(/<link rel="modulepreload"[^>]*\/AccountsPage-/)
  expect(document).toContain('<style>')
  expect(document).not.toContain('rel="stylesheet"')
})

/** Records the URL of every script that the page requests from now on, preloaded or run. */
function recordScripts(page: Page): string[] {
  const scripts: string[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('.js')) scripts.push(request.url())
  })
  return scripts
}

async function zippedSize(page: Page, url: string): Promise<number> {
  const response = await page.context().request.get(url)
  return gzipSync(await response.body(), { level: 9 }).length
}
