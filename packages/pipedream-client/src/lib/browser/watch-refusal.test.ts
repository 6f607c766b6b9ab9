import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  startRefusingProductPages,
  type RefusingProductPageSettings,
} from '../../../test/refusing-product-page.ts'

let pages: Awaited<ReturnType<typeof startRefusingProductPages>>
beforeAll(async () => {
  pages = await startRefusingProductPages()
})
afterAll(() => pages.close())

type Product = Awaited<ReturnType<typeof pages.open>>

const COEP = 'cross-origin-embedder-policy'
const COOP = 'cross-origin-opener-policy'

/** Firefox and Safari have neither. */
function beAnotherBrowser(): void {
  Reflect.deleteProperty(globalThis, 'ReportingObserver')
  Reflect.deleteProperty(HTMLIFrameElement.prototype, 'credentialless')
}

interface Refused {
  name: string
  settings: RefusingProductPageSettings
  /** What the developer has to read. */
  names: string[]
}

const refused: Refused[] = [
  {
    name: 'Cross-Origin-Embedder-Policy: require-corp',
    settings: { headers: () => ({ [COEP]: 'require-corp' }) },
    names: ['Cross-Origin-Embedder-Policy'],
  },
  {
    name: 'Cross-Origin-Embedder-Policy: credentialless',
    settings: { headers: () => ({ [COEP]: 'credentialless' }) },
    names: ['Cross-Origin-Embedder-Policy'],
  },
  {
    name: 'an isolated page',
    settings: { headers: () => ({ [COEP]: 'require-corp', [COOP]: 'same-origin' }) },
    names: ['Cross-Origin-Embedder-Policy'],
  },
  {
    name: 'an isolated page, in a browser that reports nothing',
    settings: {
      headers: () => ({ [COEP]: 'require-corp', [COOP]: 'same-origin' }),
      before: beAnotherBrowser,
    },
    names: ['Cross-Origin-Embedder-Policy'],
  },
  {
    name: 'frame-src',
    settings: { headers: () => ({ 'content-security-policy': "frame-src 'self'" }) },
    names: ['Content-Security-Policy', 'frame-src'],
  },
  {
    name: 'default-src, in a browser that reports nothing else',
    settings: {
      headers: () => ({ 'content-security-policy': "default-src 'self'" }),
      before: beAnotherBrowser,
    },
    names: ['Content-Security-Policy', 'frame-src'],
  },
  {
    name: 'allowed_origins without the page',
    settings: { allowedOrigins: ['https://elsewhere.example.com'] },
    names: ['allowed_origins'],
  },
]

describe('a frame that is refused by', () => {
  test.each(refused)('$name ends the flow, and names the cause', async ({ settings, names }) => {
    await using product = await pages.open(settings)
    await product.connect()
    await expect.poll(() => product.told()).toMatchObject([{ code: 'ERR_FRAME_BLOCKED' }])
    const [{ message = '' } = {}] = await product.told()
    for (const name of [...names, product.pipedream]) expect(message).toContain(name)
    expect(message).not.toContain('ctok_')
    expect(product.warnings).toEqual([message])
    expect(await product.page.locator('dialog, iframe').count()).toBe(0)
  })

  test.each([
    ['hides it', (frame: HTMLElement) => frame.style.setProperty('display', 'none', 'important')],
    ['takes it away', (frame: HTMLElement) => frame.remove()],
  ])('an extension that %s ends the flow', async (_what, hide) => {
    await using product = await pages.open()
    await product.connect()
    await product.page.locator('iframe').evaluate(hide)
    await expect.poll(() => product.told()).toMatchObject([{ code: 'ERR_FRAME_BLOCKED' }])
    expect(await product.page.locator('dialog, iframe').count()).toBe(0)
  })

  // The next page can only continue a flow that this one did not end.
  test('a page that goes away, which takes the frame away too, does not end the flow', async () => {
    await using product = await pages.open()
    await product.connect()
    await product.page.locator('iframe').evaluate(async (frame) => {
      Object.defineProperty(document, 'hidden', { value: true })
      frame.remove()
      // Observers of sizes run between the two animation frames.
      for (let turn = 0; turn < 2; turn++) await new Promise(requestAnimationFrame)
    })
    expect(await product.told()).toEqual([])
  })
})

/** Goes through the hosted page, and answers how the flow ended and what the console was warned of. */
async function goThrough(product: Product) {
  await product.connect('openai')
  await product.frame.getByRole('textbox').first().fill('a-key')
  await product.frame.getByRole('button', { name: 'Connect' }).click()
  await product.page.waitForFunction(() => document.querySelector('iframe') === null)
  return { told: await product.told(), warnings: product.warnings }
}

const connected = { told: [{ accountId: expect.any(String) }], warnings: [] }

describe('a frame that is shown is left alone', () => {
  const shown: { name: string; settings: RefusingProductPageSettings }[] = [
    { name: 'no header at all', settings: {} },
    { name: 'a browser that reports nothing', settings: { before: beAnotherBrowser } },
    {
      name: 'policies that are only tried out',
      settings: {
        headers: () => ({
          [`${COEP}-report-only`]: 'require-corp',
          'content-security-policy-report-only': "frame-src 'self'",
        }),
      },
    },
    {
      name: 'a frame-src that allows it',
      settings: { headers: (it) => ({ 'content-security-policy': `frame-src ${it}` }) },
    },
    { name: 'COOP alone', settings: { headers: () => ({ [COOP]: 'same-origin' }) } },
    {
      name: 'an isolation under which frames load',
      settings: {
        headers: () => ({ 'document-isolation-policy': 'isolate-and-credentialless' }),
      },
    },
  ]
  test.each(shown)('by $name', async ({ settings }) => {
    await using product = await pages.open(settings)
    expect(await goThrough(product)).toEqual(connected)
  })

  test('when something else of Pipedream’s is kept out', async () => {
    await using product = await pages.open({
      headers: (it) => ({ 'content-security-policy': `img-src 'self'; frame-src ${it}` }),
    })
    await product.page.evaluate((src) => {
      document.body.append(Object.assign(document.createElement('img'), { src }))
    }, `${product.pipedream}/_static/logos/slack.svg`)
    expect(await goThrough(product)).toEqual(connected)
  })

  test('when a frame of another site is kept out meanwhile', async () => {
    await using product = await pages.open({
      headers: (it) => ({ 'content-security-policy': `frame-src ${it}` }),
    })
    await product.connect()
    await product.page.evaluate(async () => {
      const heard = new Promise((resolve) =>
        document.addEventListener('securitypolicyviolation', resolve, { once: true }),
      )
      const src = 'https://elsewhere.example.com/'
      document.body.append(Object.assign(document.createElement('iframe'), { src }))
      await heard
    })
    expect(await product.told()).toEqual([])
  })
})

test('a page with Cross-Origin-Opener-Policy: same-origin is told in the frame that its pop-up is blocked', async () => {
  await using product = await pages.open({ headers: () => ({ [COOP]: 'same-origin' }) })
  await product.connect()
  await product.frame.getByRole('button', { name: 'Continue' }).click()
  await product.frame.getByRole('alert').filter({ hasText: 'blocked' }).waitFor()
  expect(await product.told()).toEqual([])
})
