import { describe, expect, test } from 'vitest'
import { violationsInBothSchemes } from './axe.ts'
import { useBrowserSession } from './browser-session.ts'
import {
  breakAccounts,
  connectButton,
  connectFrame,
  connectGoogleSheets,
  notices,
  openProvider,
  signIn,
} from './stories.ts'

const session = useBrowserSession()

describe('axe has nothing to say in light and in dark', () => {
  test('on the sign-in page, with and without an error', async () => {
    const page = await session.openPage()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toAppear()
    expect(await violationsInBothSchemes(page)).toEqual([])
    await page.getByLabel('Name').fill('')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('Enter a name')).toAppear()
    expect(await violationsInBothSchemes(page)).toEqual([])
  })

  test('on the accounts page: empty, with an account and a notice, and with its dialog open', async () => {
    const page = await session.openPage()
    await signIn(page)
    await expect(page.getByRole('button', { name: 'Show more apps' })).toAppear()
    await expect(page.getByText('No accounts yet')).toAppear()
    expect(await violationsInBothSchemes(page)).toEqual([])

    await connectGoogleSheets(page, 'ada@example.com')
    await expect(notices(page).getByText('connected as')).toAppear()
    expect(await violationsInBothSchemes(page)).toEqual([])

    await page.getByRole('button', { name: /^Disconnect ada/ }).click()
    await expect(page.getByRole('alertdialog')).toAppear()
    expect(await violationsInBothSchemes(page)).toEqual([])
  })

  test('on the accounts page with accounts of several apps that are dead, in another language', async () => {
    const { connect, open } = await session.createUser()
    await connect('ada@example.com')
    await connect('grace@example.com')
    await connect('ada@example.com', 'slack')
    const page = await open()
    await expect(page.getByRole('button', { name: /^Disconnect .* from Slack/ })).toAppear()
    await breakAccounts(page)
    await page.reload()
    await expect(page.getByText('Reconnect needed').nth(2)).toAppear()
    expect(await violationsInBothSchemes(page)).toEqual([])

    await page.getByLabel('Language').selectOption('Deutsch')
    await expect(page.getByRole('heading', { name: 'Ihre Konten' })).toAppear()
    expect(await violationsInBothSchemes(page)).toEqual([])
  })

  test('on the activity page: empty, and with what went well and what did not', async () => {
    const { connect, open } = await session.createUser()
    const page = await open('/activity')
    await expect(page.getByText('No activity yet')).toAppear()
    expect(await violationsInBothSchemes(page)).toEqual([])

    await connect('ada@example.com')
    await page.getByRole('link', { name: 'Accounts' }).click()
    await page.getByRole('button', { name: /^Disconnect ada/ }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click()
    await expect(page.getByText('No accounts yet')).toAppear()
    await connectButton(page, 'Google Sheets').click()
    await (await openProvider(page)).getByRole('button', { name: 'Deny' }).click()
    await connectFrame(page).getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('link', { name: 'Activity' }).click()
    await expect(page.getByText('Couldn’t connect Google Sheets.').first()).toAppear()
    await page.getByText('Steps').first().click()
    expect(await violationsInBothSchemes(page)).toEqual([])
  })

  test('on a phone, when nothing matches the search', async () => {
    const page = await session.openPage({ viewport: { width: 390, height: 844 } })
    await signIn(page)
    await page.getByRole('searchbox').fill('no such app')
    await expect(page.getByText('No apps match')).toAppear()
    expect(await violationsInBothSchemes(page)).toEqual([])
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)
  })
})
