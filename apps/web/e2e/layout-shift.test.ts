import type { Page } from 'chromium'
import { describe, expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import { accountRow, connectButton, signIn } from './stories.ts'

const session = useBrowserSession({ images: true })

const VIEWPORTS = [
  ['a phone', { width: 390, height: 844 }],
  ['a desktop', { width: 1280, height: 800 }],
] as const

describe.each(VIEWPORTS)('on %s nothing shifts', (_name, viewport) => {
  test('while a user loads the page, signs in, and scrolls through the catalogue', async () => {
    const page = await session.openPage({ viewport })
    await expect(page.getByRole('heading', { name: 'Sign in' })).toAppear()
    await signIn(page)
    await expect(page.getByText('No accounts yet')).toAppear()
    await expect(connectButton(page, 'Google Sheets')).toAppear()
    await logosLoaded(page)
    const cards = page.getByRole('list', { name: 'Apps', exact: true }).getByRole('heading')
    const before = await cards.count()
    await page.mouse.move(200, 400)
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 300)
        return cards.count()
      })
      .toBeGreaterThanOrEqual(3 * before)
    await logosLoaded(page)
    expect(await shiftOf(page)).toBeLessThan(0.01)
  })

  test('while the page loads for a user with accounts', async () => {
    const page = await session.openSignedIn({ viewport, accounts: ['ada@example.com'] })
    await page.reload()
    await expect(accountRow(page, 'ada@example.com')).toAppear()
    await expect(connectButton(page, 'Google Sheets')).toAppear()
    await logosLoaded(page)
    expect(await shiftOf(page)).toBeLessThan(0.01)
  })
})

/** Waits for the visible logos; the others load when they are scrolled near. */
async function logosLoaded(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    Array.from(document.images)
      .filter((logo) => logo.getBoundingClientRect().top < innerHeight)
      .every((logo) => logo.complete),
  )
}

// Not in the DOM types yet.
declare class LayoutShift extends PerformanceEntry {
  value: number
  hadRecentInput: boolean
}

/** Returns the cumulative layout shift since the page was loaded, without shifts caused by input. */
async function shiftOf(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let sum = 0
    new PerformanceObserver((list) => {
      const shifts = list.getEntries().filter((entry) => entry instanceof LayoutShift)
      for (const { value, hadRecentInput } of shifts) if (!hadRecentInput) sum += value
    }).observe({ type: 'layout-shift', buffered: true })
    // Buffered entries arrive in a task of their own.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    return sum
  })
}
