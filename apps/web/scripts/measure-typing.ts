import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'chromium'

interface Typing {
  appUrl: string
  /** CPU slowdown, relative to this machine. */
  slowdown: number
  /** How many pages of apps are shown before typing. */
  pages: number
}

const WORDS = ['google', 'sla', 'a', 'crm tool', 'stripe']
const KEY_MS = 90
const RESULTS_MS = 500
const SETTLE_MS = 2000

/**
 * Types into the catalogue's search. Returns the longest time from a key to the frame that shows its effect, in steps of
 * 8 ms; 0: below the 16 ms from which browsers report it.
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
  // Loads caused by scrolling back up don't belong to the search.
  await search.focus()
  await page.waitForTimeout(SETTLE_MS)
  await page.evaluate(recordKeys)
  for (const word of WORDS) {
    await search.press('ControlOrMeta+a')
    await search.pressSequentially(word, { delay: KEY_MS })
    // The results may also arrive between the keys of the next word.
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
    /** Duration of each key event. */
    keyTimes: number[]
  }
}

function recordKeys(): void {
  const keyTimes: number[] = []
  window.keyTimes = keyTimes
  // Not in the DOM types yet. Without it, the browser reports nothing below 104 ms.
  const options = { type: 'event', durationThreshold: 16 }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry instanceof PerformanceEventTiming && entry.interactionId !== 0) {
        keyTimes.push(entry.duration)
      }
    }
  }).observe(options)
}
