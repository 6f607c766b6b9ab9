import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { launchChromium } from 'chromium'
import { sharePage, type TakenPage } from 'chromium/share-page'
import { createEmulator } from 'pipedream-emulator'
import { createPipedreamClient } from '../src/server.ts'
import { bundleEntryPoint } from './bundle-entry-point.ts'
import { startServer } from './local-server.ts'

const SCRIPT = `
  import { connectAccount } from '/browser.js'
  globalThis.told = []
  globalThis.connect = (options) => {
    const flow = connectAccount(options)
    flow.result.then(
      ({ accountId }) => told.push({ accountId }),
      ({ code, message }) => told.push({ code, message }),
    )
    globalThis.close = () => flow.close()
  }
`

const PAGE =
  '<!doctype html><html lang="en"><title>Product</title><link rel="icon" href="data:,"><button>Connect</button><script type="module" src="/page.js"></script></html>'

/** How the pages are served, and what the browser is. */
export interface RefusingProductPageSettings {
  /** More headers of the product's page, given the origin of the hosted one. */
  headers?: (pipedream: string) => Record<string, string>
  /** The origins that the token allows. */
  allowedOrigins?: string[]
  /** Runs in the product's page before its own scripts. */
  before?: () => void
}

/** A product's page whose headers a test decides, and an emulator whose hosted page it opens. */
export async function startRefusingProductPages() {
  const [browser, entryPoint] = await Promise.all([
    launchChromium(),
    bundleEntryPoint('browser.ts'),
  ])
  const takePage = sharePage(browser)
  return {
    open: async (settings: RefusingProductPageSettings = {}) =>
      openPage(await takePage({ own: settings.before !== undefined }), entryPoint, settings),
    close: () => browser.close(),
  }
}

async function openPage(
  taken: TakenPage,
  entryPoint: string,
  settings: RefusingProductPageSettings,
) {
  // Real servers of two sites: to what a test answers in a server's place, the browser applies not all of its rules.
  const hosting = await startEmulator()
  const product = await startProduct(entryPoint, settings.headers?.(hosting.url) ?? {})
  const allowedOrigins = settings.allowedOrigins ?? [product.url]
  const connectToken = await hosting.createToken(allowedOrigins)
  const { page } = taken
  if (settings.before !== undefined) await page.addInitScript(settings.before)
  const warnings: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text())
  })
  await page.goto(product.url)
  const connectUrl = `${hosting.url}/_static/connect.html`
  return {
    page,
    pipedream: hosting.url,
    /** What the page's console was warned of. */
    warnings,
    connect: (app = 'google_sheets') =>
      page.evaluate((options) => connect(options), { connectToken, app, connectUrl }),
    /** How each flow that is over has ended. */
    told: () => page.evaluate(() => told),
    frame: page.frameLocator('iframe'),
    async [Symbol.asyncDispose]() {
      await taken[Symbol.asyncDispose]()
      await Promise.all([product[Symbol.asyncDispose](), hosting[Symbol.asyncDispose]()])
    },
  }
}

function startProduct(entryPoint: string, headers: Record<string, string>) {
  const scripts: Record<string, string> = { '/browser.js': entryPoint, '/page.js': SCRIPT }
  return startServer((request, response) => {
    const script = scripts[request.url ?? '']
    const type = script === undefined ? 'text/html' : 'text/javascript'
    response.writeHead(200, { 'content-type': type, ...(script === undefined && headers) })
    response.end(script ?? PAGE)
  })
}

async function startEmulator() {
  const server = await startServer((request, response) => void answer(request, response))
  const url = `http://localhost:${server.port}`
  const emulator = createEmulator({ publicUrl: url, inferred: { framing: 'allowed-origins' } })
  const client = createPipedreamClient({
    ...emulator.credentials,
    projectEnvironment: 'development',
    baseUrl: url,
    fetch: (address, init) => emulator.fetch(new Request(address, init)),
  })
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = 'GET', headers } = request
    const sent = new Headers()
    for (const [name, value] of Object.entries(headers)) sent.set(name, String(value))
    const body = method === 'GET' ? null : await buffer(request)
    const address = new URL(request.url ?? '/', url)
    const answered = await emulator.fetch(new Request(address, { method, headers: sent, body }))
    response.writeHead(answered.status, Object.fromEntries(answered.headers))
    response.end(Buffer.from(await answered.arrayBuffer()))
  }
  const createToken = async (allowedOrigins: string[]) =>
    (await client.connectTokens.create({ externalUserId: 'ada', allowedOrigins })).connectToken
  return { ...server, url, createToken }
}

/** In the page, `SCRIPT` made these. */
declare const told: { code?: string; message?: string; accountId?: string }[]
declare function connect(options: object): void
