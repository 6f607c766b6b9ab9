import type { Page } from 'chromium'
import { describe, expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import {
  accountRow,
  allow,
  connectButton,
  connectFrame,
  connectGoogleSheets,
  notices,
  recordOperation,
} from './stories.ts'

const session = useBrowserSession()

describe('a deep link', () => {
  test('opens the frame of its app, once: a reload is no second wish', async () => {
    const page = await session.openSignedIn()
    await page.goto(`${session.stack.appUrl}/accounts?connect=google_sheets`)
    await allow(page, 'ada@example.com')
    await expect(accountRow(page, 'ada@example.com')).toAppear()
    expect(new URL(page.url()).search).toBe('')

    await page.reload()
    await expect(accountRow(page, 'ada@example.com')).toAppear()
    expect(await page.locator('iframe').count()).toBe(0)
  })

  test('to an app that does not exist: said, without a frame', async () => {
    const page = await session.openSignedIn()
    await page.goto(`${session.stack.appUrl}/accounts?connect=no_such_app`)
    await expect(notices(page).getByText('no longer available')).toAppear()
    expect(await page.locator('iframe').count()).toBe(0)
  })
})

test('a quick button stays beside the list, and connects a second account', async () => {
  const page = await session.openSignedIn()
  await connectGoogleSheets(page, 'ada@example.com')
  await page
    .getByRole('list', { name: 'Popular apps' })
    .getByRole('button', { name: 'Connect Google Sheets' })
    .click()
  await allow(page, 'grace@example.com')
  await expect(accountRow(page, 'grace@example.com')).toAppear()
  await expect(accountRow(page, 'ada@example.com')).toAppear()
})

describe('a token fetched ahead', () => {
  test('opens the frame within the click, and is the only one that is made', async () => {
    const page = await session.openSignedIn()
    const made = recordOperation(page, 'CreateConnectToken')
    await preparedByHover(page)
    expect(await pressAndLook(page)).toBe(true)
    await allow(page, 'ada@example.com')
    await expect(accountRow(page, 'ada@example.com')).toAppear()
    expect(made).toEqual([{ input: { app: 'google_sheets' } }])
  })

  test('nothing is fetched for the focus that a closed frame gives back', async () => {
    const page = await session.openSignedIn()
    await page.clock.install()
    const made = recordOperation(page, 'CreateConnectToken')
    await preparedByHover(page)
    expect(await pressAndLook(page)).toBe(true)
    await connectFrame(page).getByRole('button', { name: 'Cancel' }).click()
    await expect(notices(page).getByText(/wasn’t connected\.$/)).toAppear()
    await page.clock.runFor(1000)
    expect(made).toHaveLength(1)
  })

  test('a pointer that only passes fetches nothing', async () => {
    const page = await session.openSignedIn()
    await page.clock.install()
    const made = recordOperation(page, 'CreateConnectToken')
    await connectButton(page, 'Google Sheets').evaluate((button) => {
      button.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))
      button.dispatchEvent(
        new PointerEvent('pointerout', { bubbles: true, relatedTarget: document.body }),
      )
    })
    await page.clock.runFor(1000)
    expect(made).toEqual([])
  })
})

/** Rests the pointer on the button until a token is there. */
async function preparedByHover(page: Page): Promise<void> {
  const answered = page.waitForResponse((response) =>
    Boolean(response.request().postData()?.includes('CreateConnectToken')),
  )
  await connectButton(page, 'Google Sheets').hover()
  await (await answered).finished()
  // The page has read the answer by the time it has drawn once more.
  await page.evaluate(async () => new Promise((drawn) => requestAnimationFrame(drawn)))
}

/** Presses the button; answers whether the frame is there before anything else can happen. */
async function pressAndLook(page: Page): Promise<boolean> {
  return connectButton(page, 'Google Sheets').evaluate((button) => {
    if (button instanceof HTMLElement) button.click()
    return document.querySelector('iframe') !== null
  })
}
