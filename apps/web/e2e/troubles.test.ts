import type { Page } from 'chromium'
import { afterEach, describe, expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import { addFault, advanceClock, allIsWell } from './emulator-control.ts'
import { startStack } from './start-stack.ts'
import {
  accountRow,
  allow,
  becomeAnotherUser,
  connectButton,
  connectFrame,
  connectGoogleSheets,
  continueInTab,
  failOnce,
  notices,
  openProvider,
  recordOperation,
  signIn,
} from './stories.ts'

const session = useBrowserSession({ startStack })
const FRAME_TIMEOUT_MS = 30_000
const TOKEN_LIFETIME_MS = 15 * 60_000

afterEach(async () => allIsWell(session.stack.emulatorUrl))

async function closeFrame(page: Page): Promise<void> {
  await connectFrame(page).getByRole('button', { name: 'Close', exact: true }).click()
}

/** Retries from the notice, and connects an account. */
async function expectNextTryToWork(page: Page): Promise<void> {
  await notices(page).getByRole('button', { name: 'Try again' }).click()
  await allow(page, 'ada@example.com')
  await expect(accountRow(page, 'ada@example.com')).toAppear()
}

describe('the pop-up', () => {
  test('blocked: the frame shows an error, and the next flow works', async () => {
    await addFault(session.stack.emulatorUrl, { kind: 'popup-blocked' })
    const page = await session.openSignedIn()
    await connectButton(page, 'Google Sheets').click()
    await connectFrame(page).getByRole('button', { name: 'Continue' }).click()
    await expect(connectFrame(page).getByRole('alert').getByText('blocked')).toAppear()

    await allIsWell(session.stack.emulatorUrl)
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await expect(notices(page).getByText(/wasn’t connected\.$/)).toAppear()
    await connectButton(page, 'Google Sheets').click()
    await allow(page, 'ada@example.com')
    await expect(accountRow(page, 'ada@example.com')).toAppear()
  })

  test('severed from the frame: the account appears anyway, and the frame closes', async () => {
    await addFault(session.stack.emulatorUrl, { kind: 'opener-severed' })
    const page = await session.openSignedIn()
    await connectButton(page, 'Google Sheets').click()
    const provider = await openProvider(page)
    await expect(connectFrame(page).getByRole('alert').getByText('closed')).toAppear()
    await provider.getByLabel('ada@example.com').check()
    await provider.getByRole('button', { name: 'Allow' }).click()

    await expect(accountRow(page, 'ada@example.com').getByText('Healthy')).toAppear()
    await expect(notices(page).getByText('connected as ada@example.com')).toAppear()
    expect(await page.locator('iframe').count()).toBe(0)
  })
})

describe('the frame', () => {
  test('never loads: the flow continues in a tab, and the page receives its result', async () => {
    const page = await session.openSignedIn()
    await page.clock.install()
    await holdFrame(page)
    await connectButton(page, 'Google Sheets').click()
    await expect(page.locator('iframe')).toAppear()
    await page.clock.fastForward(FRAME_TIMEOUT_MS)
    await expect(notices(page).getByText('dialog didn’t load')).toAppear()
    await expect(notices(page).getByText(/with code \S+/)).toAppear()

    await continueInTab(page)
    await expect(accountRow(page, 'ada@example.com').getByText('Healthy')).toAppear()
  })

  test('never loads, and the new tab is blocked too: shows an error, and offers the tab again', async () => {
    const page = await session.openSignedIn()
    await page.clock.install()
    await holdFrame(page)
    await page.evaluate(() => {
      window.open = () => null
    })
    await connectButton(page, 'Google Sheets').click()
    await expect(page.locator('iframe')).toAppear()
    await page.clock.fastForward(FRAME_TIMEOUT_MS)
    await notices(page).getByRole('button', { name: 'Continue in a new tab' }).click()
    await expect(notices(page).getByText('Allow pop-ups for this site')).toAppear()
    await expect(notices(page).getByRole('button', { name: 'Continue in a new tab' })).toAppear()
  })

  test('refused by its own page: the close button still ends the flow', async () => {
    const page = await session.openSignedIn()
    await page.route('**/_static/connect.html*', async (route) => {
      const response = await route.fetch()
      await route.fulfill({
        response,
        headers: { ...response.headers(), 'x-frame-options': 'DENY' },
      })
    })
    await connectButton(page, 'Google Sheets').click()
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await expect(notices(page).getByText(/wasn’t connected\.$/)).toAppear()
    expect(await page.locator('iframe').count()).toBe(0)
  })
})

test('storage blocked in page and frame: an account can be connected', async () => {
  const page = await session.openPage()
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('The user agent forbids storage.', 'SecurityError')
        },
      })
    }
  })
  await page.reload()
  await signIn(page)
  await connectButton(page, 'Google Sheets').click()
  await allow(page, 'ada@example.com')
  await expect(accountRow(page, 'ada@example.com')).toAppear()
})

describe('offline', () => {
  test('at the click: shows an error immediately, without a frame, and the next attempt works', async () => {
    const page = await session.openSignedIn()
    await page.context().setOffline(true)
    await connectButton(page, 'Google Sheets').click()
    await expect(notices(page).getByText('You’re offline')).toAppear()
    expect(await page.locator('iframe').count()).toBe(0)
    await page.context().setOffline(false)
    await expectNextTryToWork(page)
  })

  test('before the code of flows is loaded: the next attempt reloads the page, and opens the frame', async () => {
    const page = await failToLoadFlows()
    await notices(page).getByRole('button', { name: 'Try again' }).click()
    await expect(connectFrame(page).getByRole('button', { name: 'Continue' })).toAppear()
  })

  test('before the code of flows is loaded: the reload starts nothing for another user', async () => {
    const page = await failToLoadFlows()
    await becomeAnotherUser(page)
    const created = recordOperation(page, 'CreateConnectToken')
    const reloaded = page.waitForEvent('domcontentloaded')
    await notices(page).getByRole('button', { name: 'Try again' }).click()
    await reloaded
    // An open dialog would cover this button.
    await connectButton(page, 'OpenAI (ChatGPT)').click()
    await typeKey(page)
    expect(created).toHaveLength(1)
  })

  test('during the flow: shows an error, whatever the frame reported, and the next attempt works', async () => {
    const page = await session.openSignedIn()
    await connectButton(page, 'OpenAI (ChatGPT)').click()
    await typeKey(page)
    await page.context().setOffline(true)
    await connectFrame(page).getByRole('button', { name: 'Connect' }).click()
    await expect(connectFrame(page).getByRole('alert')).toAppear()
    await closeFrame(page)
    await expect(notices(page).getByText('You’re offline')).toAppear()

    await page.context().setOffline(false)
    await notices(page).getByRole('button', { name: 'Try again' }).click()
    await typeKey(page)
    await connectFrame(page).getByRole('button', { name: 'Connect' }).click()
    await expect(page.getByRole('heading', { name: 'OpenAI (ChatGPT)', level: 3 })).toAppear()
  })

  test('during the confirmation: shows an error, and a retry confirms without a second frame', async () => {
    const page = await session.openSignedIn()
    await connectButton(page, 'Google Sheets').click()
    const provider = await openProvider(page)
    await provider.getByLabel('ada@example.com').check()
    await failOnce(page, 'ConfirmConnection')
    await believesToBeOffline(page)
    await provider.getByRole('button', { name: 'Allow' }).click()
    await expect(notices(page).getByText('You’re offline')).toAppear()

    await page.evaluate(() => Reflect.deleteProperty(navigator, 'onLine'))
    await notices(page).getByRole('button', { name: 'Try again' }).click()
    await expect(accountRow(page, 'ada@example.com').getByText('Healthy')).toAppear()
  })
})

test('a token that expired while the dialog was open: shows an error, and the next attempt gets a new one', async () => {
  const page = await session.openSignedIn()
  await connectButton(page, 'Google Sheets').click()
  await expect(connectFrame(page).getByRole('button', { name: 'Continue' })).toAppear()
  await advanceClock(session.stack.emulatorUrl, TOKEN_LIFETIME_MS)
  await page.clock.setSystemTime(Date.now() + TOKEN_LIFETIME_MS)
  await openProvider(page)
  await expect(connectFrame(page).getByRole('alert')).toAppear()
  await closeFrame(page)

  await expect(notices(page).getByText('timed out')).toAppear()
  await expect(notices(page).getByText(/with code \S+/)).toAppear()
  await expectNextTryToWork(page)
})

test('consent denied: shows the provider’s message and a support code, and the next attempt works', async () => {
  await addFault(session.stack.emulatorUrl, {
    kind: 'consent-denied',
    path: '/_provider/google_sheets/*',
  })
  const page = await session.openSignedIn()
  await connectButton(page, 'Google Sheets').click()
  await allow(page, 'ada@example.com')
  const reason = connectFrame(page).getByRole('alert')
  await expect(reason).toAppear()
  const words = await reason.innerText()
  await closeFrame(page)
  await expect(notices(page).getByText(words)).toAppear()
  await expect(notices(page).getByText(/with code \S+/)).toAppear()
  await expect(page.getByText('No accounts yet')).toAppear()

  await allIsWell(session.stack.emulatorUrl)
  await expectNextTryToWork(page)
})

describe('sleep', () => {
  test('during a flow: the account connected meanwhile appears on waking', async () => {
    // The frame sleeps too, and receives nothing from the provider's window.
    await addFault(session.stack.emulatorUrl, { kind: 'opener-severed' })
    const page = await session.openSignedIn()
    await connectButton(page, 'Google Sheets').click()
    const provider = await openProvider(page)
    await provider.getByLabel('ada@example.com').check()
    await setVisible(page, false)
    const closed = provider.waitForEvent('close')
    await provider.getByRole('button', { name: 'Allow' }).click()
    await closed
    await setVisible(page, true)
    await expect(accountRow(page, 'ada@example.com').getByText('Healthy')).toAppear()
    await expect(notices(page).getByText('connected as ada@example.com')).toAppear()
    expect(await page.locator('iframe').count()).toBe(0)
  })

  test('while another page is active: this one catches up on waking', async () => {
    const page = await session.openSignedIn()
    const other = await session.openTab(page)
    await setVisible(page, false)
    await connectGoogleSheets(other, 'ada@example.com')
    expect(await accountRow(page, 'ada@example.com').count()).toBe(0)
    await setVisible(page, true)
    await expect(accountRow(page, 'ada@example.com')).toAppear()
  })
})

/** Simulates that the page's computer goes to sleep and wakes up, which never happens in a headless browser. */
async function setVisible(page: Page, visible: boolean): Promise<void> {
  await page.evaluate((visible) => {
    const state = visible ? 'visible' : 'hidden'
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
    document.dispatchEvent(new Event('visibilitychange'))
  }, visible)
}

async function typeKey(page: Page): Promise<void> {
  await connectFrame(page)
    .getByLabel(/api.?key/i)
    .fill('sk-emulated')
}

/** Clicks a connect button while the code that runs flows can't be loaded. The next load of the page can load it. */
async function failToLoadFlows(): Promise<Page> {
  const user = await session.createUser()
  await user.context.route('**/assets/ConnectFlowRunner-*.js', async (route) => route.abort())
  const page = await user.open()
  await connectButton(page, 'Google Sheets').click()
  await expect(notices(page).getByRole('button', { name: 'Try again' })).toAppear()
  await user.context.unrouteAll()
  return page
}

/** Keeps the hosted page from loading in a frame, but not in a tab. */
async function holdFrame(page: Page): Promise<void> {
  await page.route('**/_static/connect.html*', async (route) => {
    if (route.request().frame() === page.mainFrame()) await route.fallback()
  })
}

/** Makes the page believe that it is offline, while the provider's pop-up still works. */
async function believesToBeOffline(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false })
  })
}
