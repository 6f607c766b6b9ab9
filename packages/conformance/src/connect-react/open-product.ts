import { setDefaultCACertificates } from 'node:tls'
import { PipedreamClient } from '@pipedream/sdk'
import type { Browser, BrowserContext, Page } from 'chromium'
import type { Seed } from 'pipedream-emulator'
import { listen } from 'pipedream-emulator/listen'
import { serveProduct } from './serve-product.ts'

interface Stage {
  /** The page, bundled. */
  script: string
  /** What the emulator starts with. */
  seed?: Seed
}

/**
 * A product's page, open in a browser, with connect-react on it and an emulator behind TLS: the official browser client
 * takes no other. The user of the page is `ada`.
 */
export async function openProduct(browser: Browser, { script, seed = {} }: Stage) {
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
  await answerLogos(context)
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

// The official SDK lets nobody choose its fetch, so what it trusts is said to the whole process. Each certificate is of the
// same name, and of several such ones the first is taken: so there is one, that of the product opened last.
function trust(certificate: string | null): void {
  if (certificate !== null) setDefaultCACertificates([certificate])
}

// connect-react takes logos from pipedream.com, and from nowhere else.
async function answerLogos(context: BrowserContext): Promise<void> {
  await context.route('https://pipedream.com/s.v0/*/logo/48', (route) =>
    route.fulfill({
      contentType: 'image/svg+xml',
      body: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    }),
  )
}

/** What the page wrote to its console as an error, and what it threw: live. */
function listenToComplaints(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`)
  })
  return complaints
}
