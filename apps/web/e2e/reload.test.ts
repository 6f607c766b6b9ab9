import type { Page } from 'chromium'
import { describe, expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import {
  accountRow,
  allow,
  connectButton,
  connectFrame,
  notices,
  openProvider,
  recordOperation,
  signIn,
} from './stories.ts'

const session = useBrowserSession()

test('a tab opened from one with a flow shows no notice', async () => {
  const page = await openSignedIn()
  const opened = page.waitForEvent('popup')
  // It gets a copy of the first tab's session storage.
  await page.evaluate(() => void window.open(window.location.href))
  const copy = await opened
  await expect(connectButton(copy, 'Google Sheets')).toAppear()
  await allow(page, 'ada@example.com')
  await expect(accountRow(copy, 'ada@example.com')).toAppear()
  expect(await notices(copy).getByText('was interrupted').count()).toBe(0)
})

test('a tab that was closed: the account needs confirmation, and this browser may confirm it', async () => {
  const page = await openSignedIn()
  const provider = await openProvider(page)
  await provider.getByLabel('ada@example.com').check()
  const later = await session.openTab(page)
  // It leaves the flow to the first tab, which still has it open. What runs flows has a line for screen readers.
  await later.locator('output.sr-only').waitFor({ state: 'attached' })
  await expect(later.getByText('No accounts yet')).toAppear()
  await page.close()
  const closed = provider.waitForEvent('close')
  await provider.getByRole('button', { name: 'Allow' }).click()
  await closed
  const row = accountRow(later, 'ada@example.com')
  await expect(row.getByText('Needs confirmation')).toAppear()
  await row.getByRole('button', { name: /^Confirm/ }).click()
  await expect(row.getByText('Healthy')).toAppear()
})

test('a tab that is opened after the first was closed takes over its flow', async () => {
  const page = await openSignedIn()
  const provider = await openProvider(page)
  await provider.getByLabel('ada@example.com').check()
  const later = await page.context().newPage()
  await later.goto(`${session.stack.appUrl}/activity`)
  await page.close()
  // The browser may release the first tab's lock a moment after that.
  await expect
    .poll(async () => later.evaluate(async () => navigator.locks.query()))
    .toMatchObject({ held: [] })
  await later.goto(`${session.stack.appUrl}/accounts`)
  await expect(notices(later).getByText('was interrupted')).toAppear()
  await provider.getByRole('button', { name: 'Allow' }).click()
  await expect(accountRow(later, 'ada@example.com').getByText('Healthy')).toAppear()
  await expect(notices(later).getByText('connected as ada@example.com')).toAppear()
})

async function openSignedIn(): Promise<Page> {
  const page = await session.openPage()
  await signIn(page)
  await connectButton(page, 'Google Sheets').click()
  await expect(connectFrame(page).getByRole('button', { name: 'Continue' })).toAppear()
  return page
}

describe('a reload during a flow', () => {
  test('before the user did anything: shows a notice, and the flow can be started again', async () => {
    const page = await openSignedIn()
    await page.reload()
    await expect(notices(page).getByText('was interrupted')).toAppear()
    expect(await page.locator('iframe').count()).toBe(0)

    await notices(page).getByRole('button', { name: 'Try again' }).click()
    await allow(page, 'ada@example.com')
    await expect(accountRow(page, 'ada@example.com').getByText('Healthy')).toAppear()
  })

  test('after the account was created, before the page knew: the account is confirmed', async () => {
    const page = await openSignedIn()
    const provider = await openProvider(page)
    await provider.getByLabel('ada@example.com').check()
    await page.goto('about:blank')
    const closed = provider.waitForEvent('close')
    await provider.getByRole('button', { name: 'Allow' }).click()
    await closed

    await page.goto(`${session.stack.appUrl}/accounts`)
    await expect(accountRow(page, 'ada@example.com').getByText('Healthy')).toAppear()
    await expect(notices(page).getByText('Google Sheets connected')).toAppear()
  })

  test('while the provider’s window is open: the account created there is confirmed', async () => {
    const page = await openSignedIn()
    const provider = await openProvider(page)
    await page.reload()
    await expect(notices(page).getByText('was interrupted')).toAppear()
    await provider.getByLabel('ada@example.com').check()
    await provider.getByRole('button', { name: 'Allow' }).click()
    await expect(accountRow(page, 'ada@example.com').getByText('Healthy')).toAppear()
    await expect(notices(page).getByText('connected as ada@example.com')).toAppear()
  })

  test('and started again, but finished in the first window: that account ends the new attempt', async () => {
    const page = await openSignedIn()
    const provider = await openProvider(page)
    await page.reload()
    await notices(page).getByRole('button', { name: 'Try again' }).click()
    await expect(connectFrame(page).getByRole('button', { name: 'Continue' })).toAppear()
    await provider.getByLabel('ada@example.com').check()
    await provider.getByRole('button', { name: 'Allow' }).click()
    await expect(accountRow(page, 'ada@example.com').getByText('Healthy')).toAppear()
    expect(await page.locator('iframe').count()).toBe(0)
  })

  test('is shown once: not after the next reload', async () => {
    const page = await openSignedIn()
    await page.reload()
    await expect(notices(page).getByText('was interrupted')).toAppear()
    const asked = recordOperation(page, 'ReadFlow')
    await page.reload()
    await expect(page.getByText('No accounts yet')).toAppear()
    expect(asked).toEqual([])
    expect(await notices(page).getByText('was interrupted').count()).toBe(0)
  })
})
