import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** A page that a test has for itself until it disposes of it. */
export interface TakenPage extends AsyncDisposable {
  page: Page
}

/**
 * Returns a function that gives the tests of a file the same page in turn: a page with a context of its own costs twice the CPU
 * time of a navigation. Each test starts with a navigation, and finds no cookies, routes or tabs of the last test, no storage of
 * its last origin, and no listeners of the console, page errors and requests.
 * Init scripts and the clock of a page cannot be undone, so a test that sets them passes `own: true`.
 */
export function sharePage(browser: Browser, options: BrowserContextOptions = {}) {
  let shared: Promise<Page> | undefined
  const open = async () => (await browser.newContext(options)).newPage()

  return async function takePage({ own = false } = {}): Promise<TakenPage> {
    if (own) {
      const page = await open()
      return { page, [Symbol.asyncDispose]: () => page.context().close() }
    }
    const page = await (shared ??= open())
    const dispose = async () => {
      try {
        await clear(page)
      } catch (error) {
        shared = undefined
        throw error
      }
    }
    return { page, [Symbol.asyncDispose]: dispose }
  }
}

async function clear(page: Page): Promise<void> {
  const context = page.context()
  const others = context.pages().filter((other) => other !== page)
  await Promise.all(others.map((other) => other.close()))
  await page.evaluate(() => {
    // Ends the requests of frames, which the next test would otherwise see.
    document.replaceChildren()
    // A page that failed to load has no storage.
    if (globalThis.origin === 'null') return
    localStorage.clear()
    sessionStorage.clear()
  })
  // Not all of them: some are Playwright's own.
  for (const event of ['console', 'pageerror', 'request']) page.removeAllListeners(event)
  // Otherwise the next test's button may be under the pointer.
  await page.mouse.move(0, 0)
  await Promise.all([page.unrouteAll(), context.unrouteAll(), context.clearCookies()])
}
