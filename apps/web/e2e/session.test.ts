import type { Page } from 'chromium'
import { describe, expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import {
  accountRow,
  becomeAnotherUser,
  connectButton,
  connectFrame,
  connectGoogleSheets,
  endSession,
  endSessionBefore,
  failOnce,
  notices,
  returnTo,
  signIn,
} from './stories.ts'

const session = useBrowserSession()

function signOutButton(page: Page) {
  // The open dialog blocks clicks on the button behind it, but not a script.
  return page.getByRole('button', { name: 'Sign out', includeHidden: true })
}

async function expectSignInPage(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Sign in' })).toAppear()
  await expect(page.getByText('You’ve been signed out')).toAppear()
}

describe('every tab of a browser shows the same user', () => {
  test('signing in in one tab signs in the other', async () => {
    const first = await session.openPage()
    const second = await session.openTab(first)
    await expect(second.getByRole('heading', { name: 'Sign in' })).toAppear()
    const name = await signIn(first)
    await expect(second.getByRole('banner').getByText(name)).toAppear()
  })

  test('switching the user in one tab switches it in the other, with all accounts', async () => {
    const first = await session.openSignedIn({ accounts: ['ada@example.com'] })
    const second = await session.openTab(first)
    await expect(accountRow(second, 'ada@example.com')).toAppear()

    await signOutButton(second).click()
    await expectSignInPage(first)
    expect(await first.getByText('ada@example.com').count()).toBe(0)

    const name = await signIn(second)
    await expect(first.getByRole('banner').getByText(name)).toAppear()
    await expect(first.getByText('No accounts yet')).toAppear()
    expect(await notices(first).getByText('ada@example.com').count()).toBe(0)
  })

  test('an open connect flow is closed when the user changes', async () => {
    const first = await session.openSignedIn()
    const second = await session.openTab(first)
    await connectButton(first, 'Google Sheets').click()
    await expect(connectFrame(first).getByRole('button', { name: 'Continue' })).toAppear()
    await signOutButton(second).click()
    await expectSignInPage(first)
    expect(await first.locator('iframe').count()).toBe(0)
  })

  test('an open dialog about the previous user’s account is closed', async () => {
    const first = await session.openSignedIn({ accounts: ['ada@example.com'] })
    const second = await session.openTab(first)
    await first.getByRole('button', { name: /^Disconnect ada/ }).click()
    await expect(first.getByRole('alertdialog')).toAppear()
    await signOutButton(second).click()
    await signIn(second)
    await expect(first.getByText('No accounts yet')).toAppear()
    expect(await first.getByRole('alertdialog').count()).toBe(0)
  })
})

describe('coming back to a tab', () => {
  test('shows the user who is signed in now', async () => {
    const page = await session.openSignedIn()
    const name = await becomeAnotherUser(page)
    await returnTo(page)
    await expect(page.getByRole('banner').getByText(name)).toAppear()
  })

  test('shows the sign-in page when the user is signed out, and leaves it when a user is signed in', async () => {
    const page = await session.openSignedIn()
    await endSession(page)
    await returnTo(page)
    await expectSignInPage(page)
    const name = await becomeAnotherUser(page)
    await returnTo(page)
    await expect(page.getByRole('banner').getByText(name)).toAppear()
  })

  test('leaves the page unchanged when the gateway does not respond', async () => {
    const page = await session.openSignedIn()
    await expect(connectButton(page, 'Slack')).toAppear()
    await failOnce(page, 'WhoIsSignedIn')
    const failed = page.waitForEvent('requestfailed')
    await returnTo(page)
    await failed
    await connectButton(page, 'Slack').click()
    await expect(connectFrame(page).getByRole('button', { name: 'Continue' })).toAppear()
  })
})

describe('an ended session leads to the sign-in page', () => {
  test('when the user starts a flow', async () => {
    const page = await session.openSignedIn()
    await expect(connectButton(page, 'Slack')).toAppear()
    await endSessionBefore(page, 'CreateConnectToken')
    await connectButton(page, 'Slack').click()
    await expectSignInPage(page)
    await signIn(page)
    await expect(connectButton(page, 'Slack')).toAppear()
  })

  test('when the page confirms a connection', async () => {
    const page = await session.openSignedIn()
    await endSessionBefore(page, 'ConfirmConnection')
    await connectButton(page, 'OpenAI (ChatGPT)').click()
    await connectFrame(page)
      .getByLabel(/api.?key/i)
      .fill('sk-emulated')
    await connectFrame(page).getByRole('button', { name: 'Connect' }).click()
    await expectSignInPage(page)
    expect(await notices(page).getByText('OpenAI').count()).toBe(0)
  })

  test('when the user disconnects an account', async () => {
    const page = await session.openSignedIn({ accounts: ['ada@example.com'] })
    await endSessionBefore(page, 'DisconnectAccount')
    await page.getByRole('button', { name: /^Disconnect ada/ }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click()
    await expectSignInPage(page)
    expect(await page.getByRole('alertdialog').count()).toBe(0)
  })

  test('when the user searches the catalogue', async () => {
    const page = await session.openSignedIn()
    await expect(connectButton(page, 'Slack')).toAppear()
    await endSessionBefore(page, 'Apps')
    await page.getByRole('searchbox').fill('sheets')
    await expectSignInPage(page)
  })

  test('when the user loads more apps', async () => {
    const page = await session.openSignedIn()
    const more = page.getByRole('button', { name: 'Show more apps' })
    await expect(more).toAppear()
    // By keyboard: scrolling to the button would load the apps.
    await more.focus()
    await endSession(page)
    await page.keyboard.press('Enter')
    await expectSignInPage(page)
  })

  test('when the user loads more accounts', async () => {
    const page = await session.openSignedIn()
    await pretendMoreAccounts(page)
    await connectGoogleSheets(page, 'ada@example.com')
    const more = page.getByRole('button', { name: 'Show more accounts' })
    await expect(more).toAppear()
    // By keyboard: an event of the new account may reload the list, which would show the sign-in page before a click.
    await more.focus()
    await endSession(page)
    await page.keyboard.press('Enter')
    await expectSignInPage(page)
  })
})

/** Makes the list of accounts report another page. */
async function pretendMoreAccounts(page: Page): Promise<void> {
  await page.route('**/graphql', async (route) => {
    const response = await route.fetch()
    const body = await response.text()
    const more = '"pageInfo":{"endCursor":"cursor_1","hasNextPage":true}'
    const isAccounts = body.includes('"AccountConnection"')
    return route.fulfill({
      response,
      body: isAccounts ? body.replace(/"pageInfo":\{[^}]*\}/, more) : body,
    })
  })
}
