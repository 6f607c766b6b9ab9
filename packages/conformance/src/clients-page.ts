import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { StartConnectOpts } from '@pipedream/sdk/browser'
import type { Browser, BrowserContext, Page } from 'chromium'
import type { ConnectAccountOptions } from 'pipedream-client/browser'
import { rolldown } from 'rolldown'
import { CLIENT_FOLDER } from './install-client.ts'

const APP = 'https://app.example.com'
/** The default address of the hosted page in both clients. */
export const CONNECT = 'https://pipedream.com'
const OFFICIAL = join(
  dirname(createRequire(import.meta.url).resolve('@pipedream/sdk/package.json')),
  'dist/esm/browser/index.mjs',
)
const OURS = join(CLIENT_FOLDER, 'dist/browser.js')

/** Options of the official client that can be serialized. */
export type OfficialOptions = Omit<StartConnectOpts, 'onSuccess' | 'onError' | 'onClose'>
/** The same for our client. */
type OurOptions = Omit<ConnectAccountOptions, 'signal'>

/** The results of the two flows: the id of the connected account. */
interface Received {
  official: string[]
  ours: string[]
}

interface Clients {
  received: Received
  openOfficial(options: OfficialOptions): void
  openOurs(options: OurOptions): void
}

const SCRIPT = `
  import { createFrontendClient } from '${OFFICIAL}'
  import { connectAccount } from '${OURS}'
  const tokenCallback = async () => ({ token: 'ctok_test', expiresAt: new Date(Date.now() + 60000) })
  const received = { official: [], ours: [] }
  globalThis.clients = {
    received,
    openOfficial: (options) => void createFrontendClient({ externalUserId: 'ada', tokenCallback })
      .connectAccount({ ...options, onSuccess: ({ id }) => received.official.push(id) }),
    openOurs: (options) => void connectAccount(options).result
      .then(({ accountId }) => received.ours.push(accountId)),
  }
`

/** Created in the page by `SCRIPT`. */
declare const clients: Clients

/** A product's page with both published clients. One flow of each may be open. */
export async function openClientsPage(browser: Browser) {
  const context = await browser.newContext()
  await fulfillRequests(context)
  const page = await context.newPage()
  await page.goto(APP)
  await page.waitForFunction(() => 'clients' in globalThis)
  return { ...controls(page), [Symbol.asyncDispose]: () => context.close() }
}

function controls(page: Page) {
  /** The frame of a flow: its exact address, and a function that posts messages from it. */
  const frameOf = async (selector: string) => {
    const element = page.locator(selector)
    const src = await element.getAttribute('src')
    const frame = await (await element.elementHandle())?.contentFrame()
    await frame?.waitForURL((url) => url.origin === CONNECT)
    return { src, post: (data: unknown) => frame?.evaluate(postToParent, data) }
  }
  return {
    openOfficial: async (options: OfficialOptions) => {
      await page.evaluate((options) => clients.openOfficial(options), options)
      return frameOf('body > iframe')
    },
    openOurs: async (options: OurOptions) => {
      await page.evaluate((options) => clients.openOurs(options), options)
      return frameOf('dialog > iframe')
    },
    /** Posts a message from outside the frames. */
    forge: (data: unknown) => page.evaluate(postToParent, data),
    received: () => page.evaluate(() => clients.received),
  }
}

// In a page that is not embedded, the parent is the page itself.
function postToParent(data: unknown): void {
  parent.postMessage(data, '*')
}

let bundled: Promise<string> | undefined

// One script, because the official client consists of hundreds of modules.
async function bundleClients(): Promise<string> {
  const bundle = await rolldown({
    input: 'clients',
    platform: 'browser',
    plugins: [
      {
        name: 'clients',
        resolveId: (id) => (id === 'clients' ? id : null),
        load: (id) => (id === 'clients' ? SCRIPT : null),
      },
    ],
  })
  const { output } = await bundle.generate({ format: 'iife' })
  await bundle.close()
  return output[0].code
}

async function fulfillRequests(context: BrowserContext): Promise<void> {
  const script = await (bundled ??= bundleClients())
  const product = `<!doctype html><title>Product</title><body><script>${script}</script>`
  await context.route('**/*', async (route) => {
    const isProduct = new URL(route.request().url()).origin === APP
    const body = isProduct ? product : '<p>The hosted page.</p>'
    await route.fulfill({ contentType: 'text/html', body })
  })
}
