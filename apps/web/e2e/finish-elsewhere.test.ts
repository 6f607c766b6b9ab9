import { expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import { loseFrame, notices } from './stories.ts'

const session = useBrowserSession()

test('a link that another browser finishes cancels itself', async () => {
  const page = await session.openSignedIn()
  await loseFrame(page)
  const opened = page.waitForEvent('popup')
  await notices(page).getByRole('button', { name: 'Continue in a new tab' }).click()
  const tab = await opened
  await tab.getByRole('button', { name: 'Continue' }).waitFor()
  const link = tab.url()
  await tab.close()

  const stranger = await session.openPage()
  await stranger.goto(link)
  const provider = stranger.waitForEvent('popup')
  await stranger.getByRole('button', { name: 'Continue' }).click()
  await (await provider).getByLabel('ada@example.com').check()
  await (await provider).getByRole('button', { name: 'Allow' }).click()
  await expect(stranger.getByRole('heading', { name: 'Connection canceled' })).toAppear()
  expect(new URL(stranger.url()).pathname).toMatch(/^\/connect\/finish\//)
  // The button is on the page that posts itself only.
  expect(await stranger.getByRole('button').count()).toBe(0)
})
