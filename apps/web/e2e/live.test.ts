import { expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import { listRequests } from './emulator-control.ts'
import {
  accountRow,
  connectButton,
  connectGoogleSheets,
  notices,
  openProvider,
  signIn,
} from './stories.ts'

const session = useBrowserSession()

test('a page shows what happened while another page was open', async () => {
  const first = await session.openSignedIn()
  const second = await session.openTab(first)
  await first.getByRole('link', { name: 'Activity' }).click()
  await connectGoogleSheets(second, 'ada@example.com')
  await first.getByRole('link', { name: 'Accounts' }).click()
  await expect(accountRow(first, 'ada@example.com')).toAppear()
})

test('a second tab shows connections and disconnections of the first by itself', async () => {
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

test('one connection makes an open page load its accounts once', async () => {
  const page = await session.openPage()
  const following = page.waitForResponse((response) =>
    (response.headers()['content-type'] ?? '').startsWith('text/event-stream'),
  )
  const name = await signIn(page)
  await expect(page.getByText('No accounts yet')).toAppear()
  await following
  const countLists = async () => countAccountLists(session.stack.emulatorUrl, name)
  const before = await countLists()

  await connectButton(page, 'Google Sheets').click()
  const provider = await openProvider(page)
  await provider.getByLabel('ada@example.com').check()
  // The page's timers stop: what it postpones does not happen until the connection is complete.
  await page.clock.install()
  await page.clock.pauseAt(Date.now() + 60_000)
  await provider.getByRole('button', { name: 'Allow' }).click()
  await expect(notices(page).getByText('Google Sheets')).toAppear()
  await page.clock.runFor(10_000)
  await expect(accountRow(page, 'ada@example.com').getByText('Healthy')).toAppear()
  await page.clock.runFor(10_000)
  expect(await countLists()).toBe(before + 1)
})

/** How often the gateway has listed all of a user's accounts at Pipedream, as it does for the page. */
async function countAccountLists(emulatorUrl: string, externalUserId: string): Promise<number> {
  const requests = await listRequests(emulatorUrl)
  return requests.filter(({ method, path }) => {
    const { pathname, searchParams } = new URL(path, emulatorUrl)
    const isOfUser = searchParams.get('external_user_id') === externalUserId
    return (
      method === 'GET' && pathname.endsWith('/accounts') && isOfUser && !searchParams.has('app')
    )
  }).length
}
