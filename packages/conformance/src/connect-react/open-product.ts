import { setDefaultCACertificates } from 'node:tls'
import { PipedreamClient } from '@pipedream/sdk'
import type { Browser, BrowserContext, Page } from 'chromium'
import type { Seed } from 'pipedream-emulator'
import { listen } from 'pipedream-emulator/listen'
import { serveProduct } from './serve-product.ts'

interface ProductSetup {
  /** The bundled page. */
  script: string
  /** The initial state of the emulator. */
  seed?: Seed
}

/**
 * Opens a product's page with connect-react in a browser, with an emulator behind TLS, which the official browser client requires.
 * The user of the page is `ada`.
 */
export async function openProduct(browser: Browser, { script, seed = {} }: ProductSetup) {
  const { url, emulator, certificate, close } = await listen({ port: 0, tls: true, seed })
  trust(certificate)
  const { projectId, clientId, clientSecret } = emulator.credentials
  const pipedream = new PipedreamClient({
    baseUrl: url,
    projectEnvironment: 'development',
    projectId,
    clientId,
    clientSecret,
  })
  const server = await serveProduct({ script, pipedream, externalUserId: 'ada' })
  const context = await browser.newContext({ ignoreHTTPSErrors: true })
  await serveLogos(context)
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const complaints = listenToComplaints(page)
  await page.goto(`${server.origin}?emulator=${encodeURIComponent(url)}`)
  return {
    page,
    emulator,
    pipedream,
    complaints,
    [Symbol.asyncDispose]: async () => {
      await context.close()
      server.close()
      await close()
    },
  }
}

// The official SDK has no option for `fetch`, so the certificate is trusted by the whole process. All certificates have the same
// name, and Node uses the first match: therefore only the certificate of the product opened last is set.
function trust(certificate: string | null): void {
  if (certificate !== null) setDefaultCACertificates([certificate])
}

// connect-react loads logos from pipedream.com only.
async function serveLogos(context: BrowserContext): Promise<void> {
  await context.route('https://pipedream.com/s.v0/*/logo/48', (route) =>
    route.fulfill({
      contentType: 'image/svg+xml',
      body: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    }),
  )
}

/** Collects the errors that the page logs or throws. */
function listenToComplaints(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`)
  })
  return complaints
}
