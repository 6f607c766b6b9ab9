import { randomUUID } from 'node:crypto'
import { type Browser, type BrowserContext, launchChromium, type Page } from 'chromium'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { type Stack, startStack } from './start-stack.ts'
import { connectButton } from './stories.ts'
import './matchers.ts'

type ContextOptions = NonNullable<Parameters<Browser['newContext']>[0]>

export interface BrowserSession {
  /** The addresses of the app and the emulator; available inside tests only. */
  readonly stack: Stack
  /** Opens `/accounts` in a new browser context, which shares nothing with other tests. */
  openPage(options?: ContextOptions): Promise<Page>
  /** The same with a new user signed in, the page fully loaded and its event stream open. */
  openSignedIn(): Promise<Page>
  /** Opens `/accounts` in a second tab of a page's browser. */
  openTab(opener: Page): Promise<Page>
}

interface SessionOptions {
  /**
   * Starts a stack for this file alone, for files that change the emulator for all users, for example its clock. Default: the
   * stack that the files of a worker share.
   */
  startStack?: () => Promise<Stack>
  /** Whether pages load images. Default false, because the logos take most of the time. */
  images?: boolean
}

/**
 * Provides a stack and a browser to the tests of a file. After each test it checks that the page didn't throw, nor violate
 * its Content-Security-Policy.
 */
export function useBrowserSession(options: SessionOptions = {}): BrowserSession {
  let stack: Stack | undefined
  let browser: Browser | undefined
  let contexts: BrowserContext[] = []
  const problems: string[] = []

  beforeAll(async () => {
    ;[stack, browser] = await Promise.all([
      options.startStack?.() ?? shareStack(),
      options.images ? launchChromium() : shareBrowser(),
    ])
  })
  afterAll(async () => {
    if (options.startStack) await stack?.stop()
    if (options.images) await browser?.close()
  })
  afterEach(async () => {
    await Promise.all(contexts.map(async (context) => context.close()))
    contexts = []
    expect(problems.splice(0)).toEqual([])
  })

  async function newContext(options?: ContextOptions): Promise<BrowserContext> {
    if (!browser) throw new Error('The browser runs inside tests only.')
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
    // Well below a test's timeout, so that the failure names what was awaited.
    context.setDefaultTimeout(20_000)
    contexts.push(context)
    return context
  }

  async function openIn(context: BrowserContext, appUrl: string): Promise<Page> {
    const page = await context.newPage()
    watchForProblems(page, problems)
    await page.goto(`${appUrl}/accounts`)
    return page
  }

  return {
    get stack() {
      if (!stack) throw new Error('The stack runs inside tests only.')
      return stack
    },
    async openPage(options) {
      return openIn(await newContext(options), this.stack.appUrl)
    },
    async openSignedIn() {
      const { appUrl } = this.stack
      const context = await newContext()
      const data = { externalUserId: `user-${randomUUID()}` }
      await context.request.post(`${appUrl}/auth/demo`, { data })
      const isFollowing = context.waitForEvent('response', { predicate: isEventStream })
      const page = await openIn(context, appUrl)
      // Waits for the page's requests: a later test step, such as the end of the session, must not change their responses.
      await page.getByText('No accounts yet').waitFor()
      await connectButton(page, 'Google Sheets').waitFor()
      await isFollowing
      return page
    },
    async openTab(opener) {
      return openIn(opener.context(), this.stack.appUrl)
    },
  }
}

function isEventStream(response: { headers(): Record<string, string> }): boolean {
  return response.headers()['content-type']?.startsWith('text/event-stream') ?? false
}

function watchForProblems(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => {
    // Other pages decide who may embed them.
    const forbidden = /Content Security Policy(?!.*frame-ancestors)/s.test(message.text())
    if (forbidden) problems.push(message.text())
  })
}

// One of each per worker. They stop when the worker stops.
let sharedBrowser: Promise<Browser> | undefined
let sharedStack: Promise<Stack> | undefined

function shareBrowser(): Promise<Browser> {
  return (sharedBrowser ??= launchChromium({ images: false }))
}

function shareStack(): Promise<Stack> {
  // The tests of several files send requests from one address.
  return (sharedStack ??= startStack({ RATE_LIMIT_ADDRESS: 'off' }))
}
