import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'chromium'

interface Typing {
  appUrl: string
  /** How much slower than this machine the person's is. */
  slowdown: number
  /** How many pages of apps are shown when the person begins to type. */
  pages: number
}

const WORDS = ['google', 'sla', 'a', 'crm tool', 'stripe']
const KEY_MS = 90
const RESULTS_MS = 500
const SETTLE_MS = 2000

/**
 * Types into the search of the catalogue; answers the longest time from a key to the frame that shows what came of it,
 * in steps of 8 ms; 0: below the 16 ms that a browser begins to tell.
 */
export async function measureTyping(
  browser: Browser,
  { appUrl, slowdown, pages }: Typing,
): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const externalUserId = `user-${randomUUID()}`
  await context.request.post(`${appUrl}/auth/demo`, { data: { externalUserId } })
  const page = await context.newPage()
  await page.goto(`${appUrl}/accounts`)
  const search = page.getByRole('searchbox')
  await showPages(page, pages)
  const debug = await context.newCDPSession(page)
  await debug.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  // What is loaded on the way up from the last app is not the search's.
  await search.focus()
  await page.waitForTimeout(SETTLE_MS)
  await page.evaluate(recordKeys)
  for (const word of WORDS) {
    await search.press('ControlOrMeta+a')
    await search.pressSequentially(word, { delay: KEY_MS })
    // The results, which may come between the keys of the next word as well.
    await page.waitForTimeout(RESULTS_MS)
  }
  const times = await page.evaluate(() => window.keyTimes)
  await context.close()
  return Math.max(0, ...times)
}

async function showPages(page: Page, pages: number): Promise<void> {
  const more = page.getByRole('button', { name: 'Show more apps' })
  await more.waitFor()
  const cards = page.getByRole('list', { name: 'Apps', exact: true }).getByRole('heading')
  const perPage = await cards.count()
  for (let shown = 1; shown < pages; shown += 1) {
    await more.press('Enter')
    await cards.nth(perPage * (shown + 1) - 1).waitFor({ state: 'attached' })
  }
}

declare global {
  interface Window {
    /** How long each key took. */
    keyTimes: number[]
  }
}

function recordKeys(): void {
  const keyTimes: number[] = []
  window.keyTimes = keyTimes
  // What the browser's types do not know yet: without it, it tells of nothing below 104 ms.
  const options = { type: 'event', durationThreshold: 16 }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry instanceof PerformanceEventTiming && entry.interactionId !== 0) {
        keyTimes.push(entry.duration)
      }
    }
  }).observe(options)
}
