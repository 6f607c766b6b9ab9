import { expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import { accountRow, connectGoogleSheets, signIn } from './stories.ts'

const session = useBrowserSession()

test('what happened while another page was shown is there on coming back', async () => {
  const first = await session.openSignedIn()
  const second = await session.openTab(first)
  await first.getByRole('link', { name: 'Activity' }).click()
  await connectGoogleSheets(second, 'ada@example.com')
  await first.getByRole('link', { name: 'Accounts' }).click()
  await expect(accountRow(first, 'ada@example.com')).toAppear()
})

test('a second tab shows what is connected and disconnected in the first, without being touched', async () => {
  const first = await session.openPage()
  await signIn(first)
  const second = await session.openTab(first)
  await expect(second.getByText('No accounts yet')).toAppear()

  await connectGoogleSheets(first, 'ada@example.com')
  await expect(accountRow(second, 'ada@example.com')).toAppear()

  await first.getByRole('button', { name: 'Disconnect ada@example.com from Google Sheets' }).click()
  await first.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click()
  await expect(second.getByText('No accounts yet')).toAppear()
})
