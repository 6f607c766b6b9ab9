import { type BrowserContext, type Frame, launchChromium, type Page } from 'chromium'
import { sharePage } from 'chromium/share-page'
import type { ConnectAccountOptions } from '../src/browser.ts'
import { bundleEntryPoint } from './bundle-entry-point.ts'

const APP = 'https://app.example.com'
export const CONNECT = 'https://connect.example.net'
export const EVIL = 'https://evil.example.org'
export const CONNECT_URL = `${CONNECT}/_static/connect.html`

// Strict, so that a style attribute or an inline script of the entry point would not work here.
const POLICY = `default-src 'none'; script-src 'self'; style-src 'self'; frame-src ${CONNECT} ${EVIL}`

const PAGE = `<!doctype html><html lang="en"><title>Product</title><link rel="stylesheet" href="/style.css">
<button id="opener">Connect</button><p>A page that is longer than the window.</p><script type="module" src="/page.js"></script></html>`

/** What the page's own script keeps of a flow. */
interface Told {
  settled: number
  accountId?: string
  code?: string
  name?: string
  message?: string
}

const SCRIPT = `
  import { connectAccount } from '/browser.js'
  const flows = []
  globalThis.driver = {
    told: [], seen: [], unhandled: 0,
    open({ abortable, ...options }) {
      const controller = new AbortController()
      const flow = connectAccount(abortable ? { ...options, signal: controller.signal } : options)
      const told = { settled: 0 }
      const settle = (more) => Object.assign(told, more, { settled: told.settled + 1 })
      flow.result.then(settle, ({ code, name, message }) => settle({ code, name, message }))
      driver.told.push(told)
      return flows.push({ flow, controller }) - 1
    },
    openUnheard: (options) => connectAccount(options).close(),
    close: (index) => flows[index].flow.close(),
    abort: (index) => flows[index].controller.abort(),
  }
  addEventListener('message', ({ data }) => driver.seen.push(data))
  addEventListener('unhandledrejection', () => { driver.unhandled += 1 })
`

interface Driver {
  told: Told[]
  seen: unknown[]
  unhandled: number
  open(options: FlowOptions): number
  openUnheard(options: FlowOptions): void
  close(index: number): void
  abort(index: number): void
}

/** Options that can be sent to the page, plus whether the flow gets a signal. */
export type FlowOptions = Partial<Omit<ConnectAccountOptions, 'signal'>> & { abortable?: boolean }

/** How the test wants the hosted page to behave. */
export interface ProductPageSettings {
  /** The hosted page never answers. */
  hanging?: boolean
  /** Another Content-Security-Policy for the product's page. */
  policy?: string
  /** What the product's own style sheet says besides. */
  style?: string
  /** The page's timers move only when the test says so. */
  frozen?: boolean
}

/** Starts Chromium once. None of the pages needs a network. */
export async function startProductPages() {
  const [browser, entryPoint] = await Promise.all([
    launchChromium(),
    bundleEntryPoint('browser.ts'),
  ])
  const takePage = sharePage(browser)
  return {
    async open(settings: ProductPageSettings = {}) {
      const taken = await takePage({ own: settings.frozen === true })
      return { ...taken, ...(await openPage(taken.page, entryPoint, settings)) }
    },
    close: () => browser.close(),
  }
}

async function openPage(page: Page, entryPoint: string, settings: ProductPageSettings) {
  const requests = await answerRequests(page.context(), entryPoint, settings)
  if (settings.frozen === true) await page.clock.install()
  await page.goto(APP)
  // Not with a locator, for which Playwright sends a script of its own to the page.
  await page.evaluate(() => document.getElementById('opener')?.focus())
  if (settings.frozen === true) await page.clock.pauseAt(Date.now() + 1000)
  return { requests, ...controls(page) }
}

async function answerRequests(
  context: BrowserContext,
  entryPoint: string,
  settings: ProductPageSettings,
) {
  const requests: { url: string; referer: string | undefined }[] = []
  const scripts: Record<string, string> = { '/browser.js': entryPoint, '/page.js': SCRIPT }
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url())
    const script = scripts[url.pathname]
    if (url.origin !== APP) {
      requests.push({ url: url.href, referer: route.request().headers()['referer'] })
      if (settings.hanging === true) return
      await route.fulfill({ contentType: 'text/html', body: '<button>Inside</button>' })
    } else if (script !== undefined) {
      await route.fulfill({ contentType: 'text/javascript', body: script })
    } else if (url.pathname === '/style.css') {
      await route.fulfill({
        contentType: 'text/css',
        body: `p { height: 3000px } ${settings.style ?? ''}`,
      })
    } else {
      const headers = { 'content-security-policy': settings.policy ?? POLICY }
      await route.fulfill({ contentType: 'text/html', headers, body: PAGE })
    }
  })
  return requests
}

function controls(page: Page) {
  const options = { connectToken: 'ctok_test', app: 'slack', connectUrl: CONNECT_URL }
  return {
    /** Opens a flow; gives back its index. */
    open: (more: FlowOptions = {}) =>
      page.evaluate((options) => driver.open(options), { ...options, ...more }),
    openUnheard: () => page.evaluate((options) => driver.openUnheard(options), options),
    close: (index = 0) => page.evaluate((index) => driver.close(index), index),
    abort: (index = 0) => page.evaluate((index) => driver.abort(index), index),
    /** What a flow told so far. */
    told: (index = 0) => page.evaluate((index) => driver.told[index], index),
    /** The hosted page of a flow, once it has loaded. */
    frame: (app = 'slack') => findFrame(page, app),
    /** What is left in the page of open flows. */
    traces: () => tracesOf(page),
    unhandled: () => page.evaluate(() => driver.unhandled),
    /** Messages that reached the window, from any sender. */
    seen: () => page.evaluate(() => driver.seen.length),
  }
}

/** Created in the page by `SCRIPT`. */
declare const driver: Driver

/** The hosted page for an app, once it has loaded. */
export async function findFrame(page: Page, app: string): Promise<Frame> {
  const find = () => page.frames().find((frame) => frame.url().includes(`app=${app}`))
  const found = find() ?? (await page.waitForEvent('framenavigated', () => find() !== undefined))
  const frame = find() ?? found
  await frame.waitForLoadState()
  return frame
}

async function tracesOf(page: Page) {
  const inPage = await page.evaluate(() => ({
    dialogs: document.querySelectorAll('dialog').length,
    frames: document.querySelectorAll('iframe').length,
    focus: document.activeElement?.id ?? null,
    overflow: getComputedStyle(document.documentElement).overflowY,
    gutter: getComputedStyle(document.documentElement).scrollbarGutter,
    sheets: document.adoptedStyleSheets.length,
  }))
  return { ...inPage, listeners: await listenersOf(page) }
}

// Asks the debugger, because a page cannot list listeners; Playwright's own are left out by the script they are from.
async function listenersOf(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page)
  const entryPoints = new Set<string>()
  session.on('Debugger.scriptParsed', ({ scriptId, url }) => {
    if (url === `${APP}/browser.js`) entryPoints.add(scriptId)
  })
  await session.send('Debugger.enable')
  const types: string[] = []
  for (const expression of ['window', 'document', 'document.body']) {
    const { result } = await session.send('Runtime.evaluate', { expression })
    const objectId = result.objectId ?? ''
    const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId })
    types.push(...listeners.filter((one) => entryPoints.has(one.scriptId)).map(({ type }) => type))
  }
  await session.detach()
  return types
}

/** What `traces` tells when no flow is open. */
export const NO_TRACES = {
  dialogs: 0,
  frames: 0,
  focus: 'opener',
  overflow: 'visible',
  gutter: 'auto',
  sheets: 0,
  listeners: [] as string[],
}
