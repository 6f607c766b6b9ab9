import { type Browser, type BrowserContext, launchChromium, type Page } from 'chromium'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { signInUser, type User } from './sign-in-user.ts'
import { type Stack, startStack } from './start-stack.ts'
import { accountRow, connectButton } from './stories.ts'
import './matchers.ts'

type ContextOptions = NonNullable<Parameters<Browser['newContext']>[0]>

export interface BrowserSession {
  /** The addresses of the app and the emulator; available inside tests only. */
  readonly stack: Stack
  /** Opens `/accounts` in a new browser context, which shares nothing with other tests. */
  openPage(options?: ContextOptions): Promise<Page>
  /** The same with a new user signed in, the page fully loaded and its event stream open. */
  openSignedIn(options?: SignedInOptions): Promise<Page>
  /** Signs in a new user in a new browser context, without a page. */
  createUser(options?: UserOptions): Promise<SessionUser>
  /** Opens `/accounts` in a second tab of a page's browser. */
  openTab(opener: Page): Promise<Page>
}

interface UserOptions extends ContextOptions {
  role?: 'user' | 'operator'
}

interface SignedInOptions extends ContextOptions {
  /** The names of the Google Sheets accounts that the user has. */
  accounts?: readonly string[]
}

export interface SessionUser extends User {
  /** Opens a page in the user's browser. Default: `/accounts`. */
  open: (path?: string) => Promise<Page>
  context: BrowserContext
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

  function getStack(): Stack {
    if (!stack) throw new Error('The stack runs inside tests only.')
    return stack
  }

  async function openIn(context: BrowserContext, path = '/accounts'): Promise<Page> {
    const page = await context.newPage()
    watchForProblems(page, problems)
    await page.goto(`${getStack().appUrl}${path}`)
    return page
  }

  async function createUser({ role = 'user', ...options }: UserOptions = {}): Promise<SessionUser> {
    const context = await newContext(options)
    const user = await signInUser(context, getStack(), role)
    return { ...user, context, open: async (path?: string) => openIn(context, path) }
  }

  return {
    get stack() {
      return getStack()
    },
    createUser,
    async openPage(options) {
      return openIn(await newContext(options))
    },
    async openSignedIn({ accounts = [], ...options } = {}) {
      const user = await createUser(options)
      for (const name of accounts) await user.connect(name)
      return openLoaded(user, accounts)
    },
    async openTab(opener) {
      return openIn(opener.context())
    },
  }
}

/** Waits for the page's requests: a later test step, such as the end of the session, must not change their responses. */
async function openLoaded(user: SessionUser, accounts: readonly string[]): Promise<Page> {
  const isFollowing = user.context.waitForEvent('response', { predicate: isEventStream })
  const page = await user.open()
  if (accounts.length === 0) await page.getByText('No accounts yet').waitFor()
  for (const name of accounts) await accountRow(page, name).getByText('Healthy').waitFor()
  await connectButton(page, 'Google Sheets').waitFor()
  await isFollowing
  return page
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
