import { type Browser, type BrowserContext, launchChromium, type Page } from 'chromium'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { type Stack, startStack } from './start-stack.ts'
import { connectButton, signIn } from './stories.ts'
import './matchers.ts'

type ContextOptions = NonNullable<Parameters<Browser['newContext']>[0]>

export interface BrowserSession {
  /** Where the app and the emulator are; to be read inside tests only. */
  readonly stack: Stack
  /** A page at `/accounts` in a fresh browser context, which shares nothing with any other test. */
  openPage(options?: ContextOptions): Promise<Page>
  /** The same after somebody new has signed in, with the page fully loaded. */
  openSignedIn(): Promise<Page>
  /** A second tab at `/accounts`, beside a page of the same browser. */
  openTab(beside: Page): Promise<Page>
}

/**
 * Gives the tests of a file one running stack and one browser. After each test it checks that the page neither threw
 * nor tried anything that its Content-Security-Policy forbids.
 */
export function useBrowserSession(start: () => Promise<Stack> = startStack): BrowserSession {
  let stack: Stack | undefined
  let browser: Browser | undefined
  let contexts: BrowserContext[] = []
  let problems: string[] = []

  beforeAll(async () => {
    ;[stack, browser] = await Promise.all([start(), launchChromium()])
  })
  afterAll(async () => {
    await browser?.close()
    await stack?.stop()
  })
  afterEach(async () => {
    await Promise.all(contexts.map(async (context) => context.close()))
    const seen = problems
    contexts = []
    problems = []
    expect(seen).toEqual([])
  })

  async function openIn(context: BrowserContext, appUrl: string): Promise<Page> {
    const page = await context.newPage()
    page.on('pageerror', (error) => problems.push(String(error)))
    page.on('console', (message) => {
      // Who may embed them is for other pages to say.
      const forbidden = /Content Security Policy(?!.*frame-ancestors)/s.test(message.text())
      if (forbidden) problems.push(message.text())
    })
    await page.goto(`${appUrl}/accounts`)
    return page
  }

  return {
    get stack() {
      if (!stack) throw new Error('The stack runs inside tests only.')
      return stack
    },
    async openPage(options) {
      if (!browser) throw new Error('The browser runs inside tests only.')
      const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
      // Well under a test's own bound, so that what was waited for is named.
      context.setDefaultTimeout(20_000)
      contexts.push(context)
      return openIn(context, this.stack.appUrl)
    },
    async openSignedIn() {
      const page = await this.openPage()
      await signIn(page)
      // Both parts, for what is above the other one moves it when it comes.
      await page.getByText('No accounts yet').waitFor()
      await connectButton(page, 'Google Sheets').waitFor()
      return page
    },
    async openTab(beside) {
      return openIn(beside.context(), this.stack.appUrl)
    },
  }
}
