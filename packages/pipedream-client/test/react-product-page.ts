import { fileURLToPath } from 'node:url'
import { type BrowserContext, launchChromium, type Page } from 'chromium'
import { sharePage } from 'chromium/share-page'
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
  /** The test sets the page's time. */
  clock?: boolean
}

/** Starts Chromium once. None of the pages needs a network. */
export async function startReactProductPages() {
  const [browser, script] = await Promise.all([launchChromium(), bundleReactPage()])
  const takePage = sharePage(browser)
  const takeTouchPage = sharePage(browser, { hasTouch: true })
  return {
    async open({ touch, clock, ...settings }: ReactProductPageSettings = {}) {
      const own = clock === true || settings.isolated === true
      const taken = await (touch === true ? takeTouchPage : takePage)({ own })
      return { ...taken, ...(await openPage(taken.page, script, settings)) }
    },
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
  // Each test sends the script to the page, which parses it.
  const { output } = await bundle.generate({ format: 'esm', minify: true })
  await bundle.close()
  return output[0].code
}

async function openPage(page: Page, script: string, settings: ReactProductPageSettings) {
  const { framesRefused = false, isolated = false, ...scene } = settings
  const frames = framesRefused ? '' : `; frame-src ${CONNECT}`
  const headers = {
    'content-security-policy': `default-src 'none'; script-src 'self'${frames}`,
    ...(isolated && ISOLATION),
  }
  const opened = await answerRequests(page.context(), script, headers)
  if (isolated) {
    await page.addInitScript(() => {
      Reflect.deleteProperty(globalThis, 'ReportingObserver')
      Reflect.deleteProperty(HTMLIFrameElement.prototype, 'credentialless')
    })
  }
  await page.goto(APP)
  await page.locator('#main').waitFor()
  await page.evaluate((scene) => labOf().set(scene), scene)
  return { opened, ...controls(page) }
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
    settle: (kind: 'token' | 'prepare' | 'confirm', answer: Answer) =>
      page.evaluate(([kind, answer]) => labOf().settle(kind, answer), [kind, answer] as const),
    log: () => page.evaluate(() => labOf().log),
    /** A click without the hover and focus of a mouse's: nothing was prepared. */
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
