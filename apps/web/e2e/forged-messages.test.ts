import type { Page } from 'chromium'
import { describe, expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import {
  accountRow,
  allow,
  connectButton,
  connectFrame,
  recordOperation,
  signIn,
} from './stories.ts'

const session = useBrowserSession()

const FORGED = { type: 'success', authProvisionId: 'apn_forged' }
const FORGER = `<script>parent.postMessage(${JSON.stringify(FORGED)}, '*')</script>`

/** A page with an open connect frame, on which foreign frames may load, as on a page that was tampered with. */
async function openMidFlow() {
  const page = await session.openPage({ bypassCSP: true })
  await signIn(page)
  const confirmed = recordOperation(page, 'ConfirmConnection')
  await connectButton(page, 'Google Sheets').click()
  await expect(connectFrame(page).getByRole('button', { name: 'Continue' })).toAppear()
  return { page, confirmed }
}

/** Lets `send` deliver the forged message, and waits until the window has got it. */
async function deliver(page: Page, send: () => Promise<unknown>): Promise<void> {
  const heard = page.evaluate(
    async () =>
      new Promise<void>((done) => {
        window.addEventListener('message', (event) => {
          if (event.data?.authProvisionId === 'apn_forged') done()
        })
      }),
  )
  await send()
  await heard
}

/** Finishes the flow, which must still be open, and waits until its account is listed as confirmed. */
async function finish(page: Page): Promise<void> {
  await allow(page, 'ada@example.com')
  await accountRow(page, 'ada@example.com').getByText('Healthy').waitFor()
}

describe('a forged message changes nothing', () => {
  test('from a script of the page itself', async () => {
    const { page, confirmed } = await openMidFlow()
    await deliver(page, async () =>
      page.evaluate((message) => window.postMessage(message, '*'), FORGED),
    )
    await finish(page)
    expect(confirmed).toHaveLength(1)
    expect(JSON.stringify(confirmed)).not.toContain('forged')
  })

  test('from a frame of a foreign origin', async () => {
    const { page, confirmed } = await openMidFlow()
    await addForger(page, 'http://foreign.localhost:1/forger')
    await finish(page)
    expect(confirmed).toHaveLength(1)
    expect(JSON.stringify(confirmed)).not.toContain('forged')
  })

  test('from another frame of the connect page’s own origin', async () => {
    const { page, confirmed } = await openMidFlow()
    await addForger(page, `${session.stack.emulatorUrl}/forger`)
    await finish(page)
    expect(confirmed).toHaveLength(1)
    expect(JSON.stringify(confirmed)).not.toContain('forged')
  })

  test('while no flow is open', async () => {
    const page = await session.openPage()
    await signIn(page)
    const confirmed = recordOperation(page, 'ConfirmConnection')
    await expect(page.getByText('No accounts yet')).toAppear()
    await deliver(page, async () =>
      page.evaluate((message) => window.postMessage(message, '*'), FORGED),
    )
    await connectButton(page, 'Google Sheets').click()
    await expect(connectFrame(page).getByRole('button', { name: 'Continue' })).toAppear()
    await finish(page)
    expect(confirmed).toHaveLength(1)
    expect(JSON.stringify(confirmed)).not.toContain('forged')
  })
})

async function addForger(page: Page, url: string): Promise<void> {
  await page.route(url, async (route) => route.fulfill({ contentType: 'text/html', body: FORGER }))
  await deliver(page, async () =>
    page.evaluate((src) => {
      const frame = document.createElement('iframe')
      frame.src = src
      document.body.append(frame)
    }, url),
  )
}
