import type { Page, Route } from 'chromium'
import { expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import {
  accountRow,
  allow,
  connectButton,
  connectFrame,
  failOnce,
  focused,
  notices,
} from './stories.ts'

const session = useBrowserSession()

async function openWithAccount() {
  const page = await session.openSignedIn({ accounts: ['ada@example.com'] })
  const ask = page.getByRole('button', { name: 'Disconnect ada@example.com from Google Sheets' })
  const dialog = page.getByRole('alertdialog')
  await ask.click()
  await expect(dialog).toAppear()
  return { page, dialog }
}

test('disconnects after a confirmation, and moves the focus to the list', async () => {
  const { page, dialog } = await openWithAccount()
  const said = await dialog.innerText()
  expect(said).toContain('will stop working')
  expect(said).toContain('To also revoke access at Google Sheets')
  expect(said).not.toContain('Pipedream')

  await dialog.getByRole('button', { name: 'Disconnect' }).click()
  await expect(page.getByText('No accounts yet')).toAppear()
  await expect(dialog).toGoAway()
  await expect.poll(async () => focused(page)).toBe('Your accounts')

  await page.reload()
  await expect(page.getByText('No accounts yet')).toAppear()
})

test('keeps the account when the dialog is canceled, and returns the focus', async () => {
  const { page, dialog } = await openWithAccount()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toGoAway()
  await expect.poll(async () => focused(page)).toMatch(/^Disconnect ada@example.com/)

  await page.reload()
  await expect(accountRow(page, 'ada@example.com')).toAppear()
})

test('the escape key cancels too', async () => {
  const { page, dialog } = await openWithAccount()
  await page.keyboard.press('Escape')
  await expect(dialog).toGoAway()
  await expect(accountRow(page, 'ada@example.com')).toAppear()
})

test('shows an error in the dialog, and works the second time', async () => {
  const { page, dialog } = await openWithAccount()
  await failOnce(page, 'DisconnectAccount')
  await dialog.getByRole('button', { name: 'Disconnect' }).click()
  await expect(dialog.getByText('We can’t reach the server')).toAppear()
  await dialog.getByRole('button', { name: 'Disconnect' }).click()
  await expect(page.getByText('No accounts yet')).toAppear()
})

test('offline, the list stays and says that it is outdated, until it is refreshed', async () => {
  const { page, dialog } = await openWithAccount()
  await page.context().setOffline(true)
  await dialog.getByRole('button', { name: 'Disconnect' }).click()
  await expect(dialog.getByText('You’re offline')).toAppear()
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  const accounts = page.getByRole('region', { name: 'Your accounts' })
  await expect(accounts.getByText('Couldn’t refresh this list. You’re offline.')).toAppear()
  await expect(accountRow(page, 'ada@example.com')).toAppear()
  await expect(page.getByText('1 connected')).toAppear()

  await page.context().setOffline(false)
  await accounts.getByRole('button', { name: 'Try again' }).click()
  await expect(accounts.getByText('Couldn’t refresh this list')).toGoAway()
  await expect(accountRow(page, 'ada@example.com')).toAppear()
})

test('a failure after the dialog was closed is shown as a notice', async () => {
  const { page, dialog } = await openWithAccount()
  const held = await holdDisconnect(page)
  await dialog.getByRole('button', { name: 'Disconnect' }).click()
  await held.arrived
  await page.keyboard.press('Escape')
  await expect(dialog).toGoAway()
  await held.abort()
  await expect(notices(page).getByText('ada@example.com wasn’t disconnected')).toAppear()
})

test('an app with a key: says that the key stays valid, and mentions no access to revoke', async () => {
  const page = await session.openSignedIn()
  await connectButton(page, 'OpenAI (ChatGPT)').click()
  await connectFrame(page)
    .getByLabel(/api.?key/i)
    .fill('sk-emulated')
  await connectFrame(page).getByRole('button', { name: 'Connect' }).click()
  await page.getByRole('button', { name: /^Disconnect .*OpenAI/ }).click()
  const said = await page.getByRole('alertdialog').innerText()
  expect(said).toContain('key stays valid at OpenAI')
  expect(said).not.toContain('revoke access')
})

test('two accounts with one name show when they were connected', async () => {
  const page = await session.openSignedIn({ accounts: ['ada@example.com'] })
  await connectButton(page, 'Google Sheets').click()
  await allow(page, 'ada@example.com')
  const confirmed = accountRow(page, 'ada@example.com').getByText('Healthy')
  await expect.poll(async () => confirmed.count()).toBe(2)

  const buttons = page.getByRole('button', { name: /^Disconnect ada/ })
  const names = await buttons.evaluateAll((all) => all.map((one) => one.ariaLabel ?? ''))
  expect(new Set(names).size).toBe(2)
  const rows = await accountRow(page, 'ada@example.com').allInnerTexts()
  const [, mark] = /, (connected .+)$/.exec(names[0] ?? '') ?? []
  expect(mark).toMatch(/\d+:\d\d:\d\d/)
  expect(rows[0]?.toLowerCase()).toContain(mark?.toLowerCase())

  await buttons.first().click()
  expect(await page.getByRole('alertdialog').innerText()).toContain(mark)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click()
  await expect(accountRow(page, 'ada@example.com').getByText('Connected just now')).toAppear()
})

/** Holds the next disconnection back before it reaches the gateway. */
async function holdDisconnect(page: Page) {
  const arrived = Promise.withResolvers<Route>()
  await page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes('DisconnectAccount')) return route.fallback()
    arrived.resolve(route)
  })
  return { arrived: arrived.promise, abort: async () => (await arrived.promise).abort() }
}
