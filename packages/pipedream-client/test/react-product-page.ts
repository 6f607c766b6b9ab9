import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, launchChromium, type Page } from 'chromium'
import { rolldown } from 'rolldown'
import { CONNECT, findFrame } from './product-page.ts'
import type { Answer, Lab, Scene } from './react-page.tsx'

const APP = 'https://app.example.com'

/** How the page's surroundings behave in the test. */
interface ReactProductPageSettings extends Partial<Scene> {
  /** The product's policy forbids the frame. */
  framesRefused?: boolean
  /** The product's page is isolated from other origins, in a browser that reports nothing of it. */
  isolated?: boolean
  touch?: boolean
}

/** Starts Chromium once; each page has a browser context of its own, and none needs a network. */
export async function startReactProductPages() {
  const [browser, script] = await Promise.all([launchChromium(), bundleReactPage()])
  return {
    open: (settings: ReactProductPageSettings = {}) => openPage(browser, script, settings),
    close: () => browser.close(),
  }
}

/** The page of a product that uses the React entry point. React runs in development mode, which alone has a strict mode. */
async function bundleReactPage(): Promise<string> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL('react-page.tsx', import.meta.url)),
    platform: 'browser',
    transform: { define: { 'process.env.NODE_ENV': '"development"' } },
    checks: { moduleLevelDirective: false },
  })
  // Each test sends the script to a page of its own, and the page parses it.
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  await bundle.close()
  return output[0].code
}

async function openPage(browser: Browser, script: string, settings: ReactProductPageSettings) {
  const { framesRefused = false, isolated = false, touch = false, ...scene } = settings
  const context = await browser.newContext({ hasTouch: touch })
  const frames = framesRefused ? '' : `; frame-src ${CONNECT}`
  const headers = {
    'content-security-policy': `default-src 'none'; script-src 'self'${frames}`,
    ...(isolated && ISOLATION),
  }
  const opened = await answerRequests(context, script, headers)
  if (isolated) {
    await context.addInitScript(() => {
      Reflect.deleteProperty(globalThis, 'ReportingObserver')
      Reflect.deleteProperty(HTMLIFrameElement.prototype, 'credentialless')
    })
  }
  const page = await context.newPage()
  await page.goto(APP)
  await page.waitForFunction(() => 'labOf' in globalThis)
  await page.locator('#main').waitFor()
  await page.evaluate((scene) => labOf().set(scene), scene)
  return { page, opened, ...controls(page), [Symbol.asyncDispose]: () => context.close() }
}

const ISOLATION = {
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-opener-policy': 'same-origin',
}

async function answerRequests(
  context: BrowserContext,
  script: string,
  headers: Record<string, string>,
) {
  /** The hosted page's addresses, in the order in which they were opened. */
  const opened: string[] = []
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url())
    if (url.origin !== APP) {
      opened.push(url.href)
      await route.fulfill({ contentType: 'text/html', body: '<button>Inside</button>' })
    } else if (url.pathname === '/page.js') {
      await route.fulfill({ contentType: 'text/javascript', body: script })
    } else {
      const body =
        '<!doctype html><html lang="en"><title>Product</title><div id="root"></div><script type="module" src="/page.js"></script></html>'
      await route.fulfill({ contentType: 'text/html', headers, body })
    }
  })
  return opened
}

function controls(page: Page) {
  const button = page.locator('#main')
  return {
    button,
    set: (changes: Partial<Scene>) => page.evaluate((changes) => labOf().set(changes), changes),
    /** Answers the longest waiting call. */
    settle: (kind: 'token' | 'confirm', answer: Answer) =>
      page.evaluate(([kind, answer]) => labOf().settle(kind, answer), [kind, answer] as const),
    log: () => page.evaluate(() => labOf().log),
    /** A click without the hover and focus of a mouse's: nothing was fetched ahead. */
    press: (selector = '#main') => page.locator(selector).dispatchEvent('click'),
    state: (name = 'main') => page.locator(`#${name}`).getAttribute('data-state'),
    frames: () => page.locator('iframe').count(),
    /** The hosted page says this. */
    say: async (...messages: object[]) => {
      const frame = await findFrame(page, 'slack')
      await frame.evaluate((messages) => {
        for (const message of messages) parent.postMessage(message, '*')
      }, messages)
    },
  }
}

/** In the page, `react-page.tsx` made this one. */
declare function labOf(): Lab
