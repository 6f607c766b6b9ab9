import { once } from 'node:events'
import { createServer, request as send } from 'node:http'
import type { Page } from 'chromium'
import { describe, expect, onTestFinished, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import { accountRow, connectButton, continueInTab, notices, signIn } from './stories.ts'

const session = useBrowserSession()

const COEP = 'cross-origin-embedder-policy'

/** Adds headers to a server's responses, replacing existing ones. */
async function addHeaders(page: Page, path: string, headers: object): Promise<void> {
  await page.route(path, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, headers: { ...response.headers(), ...headers } })
  })
}

/**
 * A server before the gateway that adds headers to all it answers, as a product's proxy may, and answers its origin. To what a test answers in a
 * server's place, the browser does not apply all of its rules.
 */
async function standInFront(appUrl: string, more: Record<string, string>): Promise<string> {
  const { host, hostname, port, origin } = new URL(appUrl)
  const server = createServer((asked, answer) => {
    const { method, url: path, headers } = asked
    const own = { ...headers, host, ...(headers.origin !== undefined && { origin }) }
    const passedOn = send({ hostname, port, method, path, headers: own }, (answered) => {
      answer.writeHead(answered.statusCode ?? 502, { ...answered.headers, ...more })
      answered.pipe(answer)
    })
    // A stream ends when its page closes.
    passedOn.on('error', () => answer.destroy())
    answer.on('close', () => passedOn.destroy())
    asked.pipe(passedOn)
  })
  server.listen(0, hostname)
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.')
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  return `http://${hostname}:${address.port}`
}

describe('a refused frame is reported immediately, and the flow continues in a tab', () => {
  test.each(['require-corp', 'credentialless'])(
    'when the page sends Cross-Origin-Embedder-Policy: %s',
    async (policy) => {
      const front = await standInFront(session.stack.appUrl, { [COEP]: policy })
      const page = await session.openPage()
      await page.goto(`${front}/accounts`)
      await signIn(page)
      await connectButton(page, 'Google Sheets').click()
      await expect(notices(page).getByText('Continue in a new tab.')).toAppear()
      await expect(page.locator('iframe')).toGoAway()
      await continueInTab(page)
      await expect(accountRow(page, 'ada@example.com').getByText('Healthy')).toAppear()
    },
  )

  test('when the hosted page does not allow this page to embed it', async () => {
    const page = await session.openPage()
    const elsewhere = 'frame-ancestors https://elsewhere.example.com'
    await addHeaders(page, '**/_static/connect.html*', { 'content-security-policy': elsewhere })
    await signIn(page)
    await connectButton(page, 'Google Sheets').click()
    await expect(notices(page).getByText('Continue in a new tab.')).toAppear()
    await expect(page.locator('iframe')).toGoAway()
  })
})
