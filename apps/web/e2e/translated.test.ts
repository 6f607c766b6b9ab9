import type { Page } from 'chromium'
import { expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import {
  accountRow,
  allow,
  connectButton,
  connectFrame,
  connectGoogleSheets,
  notices,
  signIn,
} from './stories.ts'
import { translate, untranslatable } from './translation.ts'

// After each test the session checks that the page didn't throw.
const session = useBrowserSession()

async function openTranslated(): Promise<Page> {
  const page = await session.openPage()
  await translate(page, session.stack.appUrl)
  await page.reload()
  await expect(page.locator('h1 font font')).toAppear()
  return page
}

const isSound = (page: Page) => expect.poll(() => untranslatable(page)).toEqual([])

const part = (page: Page, name: string) =>
  page.getByRole('region', { name: new RegExp(`^«?${name}»?$`) })

test('a translated page connects, searches, disconnects and signs out', async () => {
  const page = await openTranslated()
  await page.getByLabel('Name').fill('')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toAppear()
  await isSound(page)
  await signIn(page)
  await expect(page.getByText('No accounts yet')).toAppear()
  await isSound(page)

  // The large button of the empty list has an icon and a label, and is removed with the first account.
  await page
    .getByRole('region', { name: 'Your accounts' })
    .getByRole('button', { name: 'Connect Google Sheets' })
    .click()
  await expect(connectFrame(page).getByRole('button', { name: 'Continue' })).toAppear()
  await isSound(page)
  await allow(page, 'ada@example.com')
  await expect(accountRow(page, 'ada@example.com').getByText('Healthy')).toAppear()
  await expect(notices(page).getByText('connected as ada@example.com')).toAppear()
  await isSound(page)
  await connectGoogleSheets(page, 'grace@example.com')
  await isSound(page)

  // A canceled flow.
  await connectButton(page, 'Slack').click()
  await connectFrame(page).getByRole('button', { name: 'Continue' }).waitFor()
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(notices(page).getByText('wasn’t connected.')).toAppear()
  await isSound(page)

  const search = page.getByRole('searchbox', { name: 'Search apps' })
  await search.fill('slack')
  await expect(connectButton(page, 'Google Sheets')).toGoAway()
  await isSound(page)
  await search.fill('no such app')
  await expect(page.getByText('No apps match')).toAppear()
  await search.fill('')
  await page.getByLabel('Category').selectOption({ index: 1 })
  await isSound(page)

  const ask = page.getByRole('button', { name: 'Disconnect ada@example.com from Google Sheets' })
  const dialog = page.getByRole('alertdialog')
  await ask.click()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toGoAway()
  await ask.click()
  await isSound(page)
  await dialog.getByRole('button', { name: 'Disconnect' }).click()
  await expect(accountRow(page, 'ada@example.com')).toGoAway()
  await isSound(page)

  await page.getByLabel('Language').selectOption('de')
  await expect(page.getByRole('heading', { name: '«Konten»', level: 1 })).toAppear()
  await isSound(page)
  await page.getByLabel('Sprache').selectOption('en')

  await page.getByRole('link', { name: 'Activity' }).click()
  await expect(page.getByText('You connected Google Sheets.').first()).toAppear()
  await page.getByText('Steps').first().click()
  await isSound(page)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: '«Sign in»' })).toAppear()
  await isSound(page)
})

test('a translated console shows attempts, metrics and tokens, and disconnects', async () => {
  const person = await session.openPage()
  const name = await signIn(person)
  const page = await openTranslated()
  await page.getByLabel('Sign in as an operator').check()
  await signIn(page)
  await page.getByRole('navigation').getByRole('link', { name: 'Operator' }).click()
  await expect(part(page, 'Health').getByText('Up').first()).toAppear()
  await isSound(page)

  const flows = part(page, 'Connection attempts')
  await flows.getByRole('searchbox').fill(name)
  await connectGoogleSheets(person, 'ada@example.com')
  const flow = flows.getByRole('listitem').filter({ hasText: 'Succeeded' })
  await expect(flow).toAppear()
  await flow.getByText('Timeline').click()
  await flow.getByRole('button', { name: /^Copy/ }).click()
  await isSound(page)
  await flows.getByLabel('Status').selectOption('FAILED')
  await expect(flows.getByText('No matching attempts')).toAppear()
  await flows.getByLabel('Status').selectOption({ index: 0 })
  await expect(flow).toAppear()

  await part(page, 'Metrics').getByText('Show as table').first().click()
  await part(page, 'Metrics').getByLabel('Period').selectOption('quarter')
  await isSound(page)

  const tokens = part(page, 'Token inspector')
  await tokens.getByRole('button', { name: 'Create access token' }).click()
  await tokens.getByRole('button', { name: 'Create connect token' }).click()
  await tokens.getByRole('button', { name: 'Reveal: Connect token' }).click()
  await expect(tokens.getByText('ctok_').first()).toAppear()
  await tokens.getByRole('button', { name: 'Hide: Connect token' }).click()
  await isSound(page)

  const killSwitch = part(page, 'Kill switch')
  await killSwitch.getByRole('button', { name: 'Preview' }).click()
  await expect(killSwitch.getByRole('alert').getByText('Enter a user ID')).toAppear()
  await killSwitch.getByLabel('User').fill(name)
  await killSwitch.getByRole('button', { name: 'Preview' }).click()
  await killSwitch.getByRole('button', { name: 'Disconnect 1 account' }).click()
  await expect(killSwitch.getByText('1 account disconnected.')).toAppear()
  await isSound(page)

  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^\W*Accounts/ })
    .click()
  await expect(page.getByText('No accounts yet')).toAppear()
  await isSound(page)
})
