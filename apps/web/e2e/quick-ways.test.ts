import type { Page } from 'chromium'
import { describe, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { useBrowserSession } from './browser-session.ts'
import {
  accountRow,
  allow,
  connectButton,
  connectFrame,
  focused,
  notices,
  recordOperation,
} from './stories.ts'

const session = useBrowserSession()

describe('a deep link', () => {
  test('of another site asks first, and creates no token before that', async () => {
    const page = await session.openSignedIn()
    const made = recordOperation(page, 'CreateConnectToken')
    await page.route('https://evil.example/**', async (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<a href="${session.stack.appUrl}/accounts?connect=google_sheets">Win a prize</a>`,
      }),
    )
    await page.goto('https://evil.example/')
    await page.getByRole('link', { name: 'Win a prize' }).click()
    const question = page.getByRole('alertdialog', { name: 'Connect Google Sheets?' })
    await expect(question).toAppear()
    expect(await focused(page)).toBe('Cancel')
    expect(await page.locator('iframe').count()).toBe(0)
    expect(made).toEqual([])

    await question.getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => question.count()).toBe(0)
    expect(await page.locator('iframe').count()).toBe(0)
    expect(made).toEqual([])
  })

  test('opens the frame of its app once the user agrees, and asks nothing after a reload', async () => {
    const page = await session.openSignedIn()
    await page.goto(`${session.stack.appUrl}/accounts?connect=google_sheets`)
    const question = page.getByRole('alertdialog', { name: 'Connect Google Sheets?' })
    await expect(question).toAppear()
    expect(await violations(page)).toEqual([])
    await question.getByRole('button', { name: 'Connect Google Sheets' }).click()
    await allow(page, 'ada@example.com')
    await expect(accountRow(page, 'ada@example.com')).toAppear()
    expect(new URL(page.url()).search).toBe('')

    await page.reload()
    await expect(accountRow(page, 'ada@example.com')).toAppear()
    expect(await page.locator('iframe').count()).toBe(0)
    expect(await page.getByRole('alertdialog', { name: /Connect/ }).count()).toBe(0)
  })

  test('to an unknown app: shows an error and opens no frame', async () => {
    const page = await session.openSignedIn()
    await page.goto(`${session.stack.appUrl}/accounts?connect=no_such_app`)
    await expect(notices(page).getByText('no longer available')).toAppear()
    expect(await page.locator('iframe').count()).toBe(0)
  })
})

test('a quick button stays above the list, and connects a second account', async () => {
  const page = await session.openSignedIn({ accounts: ['ada@example.com'] })
  await page
    .getByRole('list', { name: 'Popular apps' })
    .getByRole('button', { name: 'Connect Google Sheets' })
    .click()
  await allow(page, 'grace@example.com')
  await expect(accountRow(page, 'grace@example.com')).toAppear()
  await expect(accountRow(page, 'ada@example.com')).toAppear()
})

describe('a prepared token', () => {
  test('is not in the page, and the click takes it and opens the dialog', async () => {
    const page = await session.openSignedIn()
    const made = recordOperation(page, 'CreateConnectToken')
    expect(await preparedByHover(page)).not.toContain('ctok_')
    expect(made).toEqual([])
    expect(await pressAndLook(page)).toBe(true)
    await allow(page, 'ada@example.com')
    await expect(accountRow(page, 'ada@example.com')).toAppear()
    expect(made).toEqual([{ input: { app: 'google_sheets' } }])
  })

  test('is not prepared when a closed frame returns the focus', async () => {
    const page = await session.openSignedIn()
    await page.clock.install()
    const made = recordOperation(page, 'PrepareConnectToken')
    await preparedByHover(page)
    expect(await pressAndLook(page)).toBe(true)
    await connectFrame(page).getByRole('button', { name: 'Cancel' }).click()
    await expect(notices(page).getByText(/wasn’t connected\.$/)).toAppear()
    await page.clock.runFor(1000)
    expect(made).toHaveLength(1)
  })

  test('is not prepared for a pointer that only passes', async () => {
    const page = await session.openSignedIn()
    await page.clock.install()
    const made = recordOperation(page, 'PrepareConnectToken')
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

/** Rests the pointer on the button until a token has been prepared. Returns what the gateway answered. */
async function preparedByHover(page: Page): Promise<string> {
  const answered = page.waitForResponse((response) =>
    Boolean(response.request().postData()?.includes('PrepareConnectToken')),
  )
  await connectButton(page, 'Google Sheets').hover()
  return (await answered).text()
}

/** Presses the button. Returns whether the dialog is open synchronously after the click. */
async function pressAndLook(page: Page): Promise<boolean> {
  return connectButton(page, 'Google Sheets').evaluate((button) => {
    if (button instanceof HTMLElement) button.click()
    return document.querySelector('dialog')?.matches(':modal') === true
  })
}
