import { expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import { connectButton, connectGoogleSheets, failOnce, signIn } from './stories.ts'

const session = useBrowserSession()

test('says in plain words what happened, as it happens', async () => {
  const accounts = await session.openPage()
  await signIn(accounts)
  const activity = await session.openTab(accounts)
  await activity.getByRole('link', { name: 'Activity' }).click()
  await expect(activity.getByText('No activity yet')).toAppear()

  await connectGoogleSheets(accounts, 'ada@example.com')
  const today = activity.getByRole('region', { name: 'Today' })
  await expect(today.getByText('You connected Google Sheets.').first()).toAppear()
  await today.getByText('Steps').click()
  await expect(today.getByText('You started connecting Google Sheets.')).toAppear()

  await activity.reload()
  await expect(today.getByText('You connected Google Sheets.').first()).toAppear()
})

test('a button that the pointer only rested on leaves no activity', async () => {
  const accounts = await session.openPage()
  await signIn(accounts)
  const activity = await session.openTab(accounts)
  await activity.getByRole('link', { name: 'Activity' }).click()
  await connectButton(accounts, 'Slack').hover()
  // When a second app is connected, any event of the first has arrived.
  await connectGoogleSheets(accounts, 'ada@example.com')
  await expect(activity.getByText('You connected Google Sheets.').first()).toAppear()
  expect(await activity.getByText('Slack').count()).toBe(0)
})

test('says why it could not be loaded, and tries again', async () => {
  const page = await session.openPage()
  await signIn(page)
  await failOnce(page, 'Activity')
  await page.getByRole('link', { name: 'Activity' }).click()
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('No activity yet')).toAppear()
})
