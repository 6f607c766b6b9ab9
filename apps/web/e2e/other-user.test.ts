import type { Page } from 'chromium'
import { expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import {
  becomeAnotherUser,
  becomeAnotherUserBefore,
  connectButton,
  connectFrame,
  holdRequests,
  notices,
} from './stories.ts'

const session = useBrowserSession()

/** Waits until the page says who is signed in now, and shows that nothing was done for this user. */
async function expectUntouched(page: Page, name: string): Promise<void> {
  await expect(notices(page).getByText(name)).toAppear()
  expect(await page.locator('iframe').count()).toBe(0)
  await expect(page.getByText('No accounts yet')).toAppear()
  await page.getByRole('link', { name: 'Activity' }).click()
  await expect(page.getByText('No activity yet')).toAppear()
}

/** Signs another user in behind the page's back, and clicks “Connect”. Returns the other user's name. */
async function connectAsAnotherUser(page: Page): Promise<string> {
  const release = await holdRequests(page)
  const other = await becomeAnotherUser(page)
  await connectButton(page, 'OpenAI (ChatGPT)').click()
  release()
  return other
}

test('a page does not connect an account for a user whom it does not show', async () => {
  const page = await session.openSignedIn()
  await expect(connectButton(page, 'OpenAI (ChatGPT)')).toAppear()
  const other = await connectAsAnotherUser(page)
  await expect(page.getByRole('banner').getByText(other)).toAppear()
  await expectUntouched(page, other)
})

test('a page does not open a token of the user whom it shows when another is signed in', async () => {
  const page = await session.openSignedIn()
  const prepared = page.waitForResponse((response) =>
    Boolean(response.request().postData()?.includes('PrepareConnectToken')),
  )
  await connectButton(page, 'OpenAI (ChatGPT)').hover()
  await prepared
  const other = await connectAsAnotherUser(page)
  await expect(page.getByRole('banner').getByText(other)).toAppear()
  await expectUntouched(page, other)
})

test('a page does not confirm an account for a user whom it does not show', async () => {
  const page = await session.openSignedIn()
  const other = becomeAnotherUserBefore(page, 'ConfirmConnection')
  await connectButton(page, 'OpenAI (ChatGPT)').click()
  await connectFrame(page)
    .getByLabel(/api.?key/i)
    .fill('sk-emulated')
  await connectFrame(page).getByRole('button', { name: 'Connect' }).click()
  await expect(page.getByRole('banner').getByText(await other)).toAppear()
  await expectUntouched(page, await other)
})
