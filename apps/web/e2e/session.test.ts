import type { Page } from 'chromium'
import { describe, expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import {
  accountRow,
  becomeSomebodyElse,
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
  // The open connect dialog keeps the button behind it from being pressed; a script is not kept.
  return page.getByRole('button', { name: 'Sign out', includeHidden: true })
}

async function expectSignInPage(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Sign in' })).toAppear()
  await expect(page.getByText('You’ve been signed out')).toAppear()
}

describe('every tab of a browser shows the same person', () => {
  test('signing in in one tab signs in the other', async () => {
    const first = await session.openPage()
    const second = await session.openTab(first)
    await expect(second.getByRole('heading', { name: 'Sign in' })).toAppear()
    const name = await signIn(first)
    await expect(second.getByRole('banner').getByText(name)).toAppear()
  })

  test('changing the person in one tab changes it in the other, down to the last account', async () => {
    const first = await session.openSignedIn()
    await connectGoogleSheets(first, 'ada@example.com')
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

  test('a connect flow that is open when the person changes is closed', async () => {
    const first = await session.openSignedIn()
    const second = await session.openTab(first)
    await connectButton(first, 'Google Sheets').click()
    await expect(connectFrame(first).getByRole('button', { name: 'Continue' })).toAppear()
    await signOutButton(second).click()
    await expectSignInPage(first)
    expect(await first.locator('iframe').count()).toBe(0)
  })

  test('an open question about the former person’s account goes with them', async () => {
    const first = await session.openSignedIn()
    await connectGoogleSheets(first, 'ada@example.com')
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
  test('shows who is signed in by now', async () => {
    const page = await session.openSignedIn()
    const name = await becomeSomebodyElse(page)
    await returnTo(page)
    await expect(page.getByRole('banner').getByText(name)).toAppear()
  })

  test('leads to the sign-in page when nobody is, and away from it when somebody is', async () => {
    const page = await session.openSignedIn()
    await endSession(page)
    await returnTo(page)
    await expectSignInPage(page)
    const name = await becomeSomebodyElse(page)
    await returnTo(page)
    await expect(page.getByRole('banner').getByText(name)).toAppear()
  })

  test('leaves the page as it is when the server does not answer', async () => {
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

describe('a session that has ended leads to the sign-in page', () => {
  test('when a flow is to be started', async () => {
    const page = await session.openSignedIn()
    await expect(connectButton(page, 'Slack')).toAppear()
    await endSession(page)
    await connectButton(page, 'Slack').click()
    await expectSignInPage(page)
    await signIn(page)
    await expect(connectButton(page, 'Slack')).toAppear()
  })

  test('when a connection is to be confirmed', async () => {
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

  test('when an account is to be disconnected', async () => {
    const page = await session.openSignedIn()
    await connectGoogleSheets(page, 'ada@example.com')
    await endSessionBefore(page, 'DisconnectAccount')
    await page.getByRole('button', { name: /^Disconnect ada/ }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click()
    await expectSignInPage(page)
    expect(await page.getByRole('alertdialog').count()).toBe(0)
  })

  test('when the catalogue is searched', async () => {
    const page = await session.openSignedIn()
    await expect(connectButton(page, 'Slack')).toAppear()
    await endSession(page)
    await page.getByRole('searchbox').fill('sheets')
    await expectSignInPage(page)
  })

  test('when more apps are asked for', async () => {
    const page = await session.openSignedIn()
    const more = page.getByRole('button', { name: 'Show more apps' })
    await expect(more).toAppear()
    // By keyboard: the button presses itself when it is scrolled to.
    await more.focus()
    await endSession(page)
    await page.keyboard.press('Enter')
    await expectSignInPage(page)
  })

  test('when more accounts are asked for', async () => {
    const page = await session.openSignedIn()
    await pretendMoreAccounts(page)
    await connectGoogleSheets(page, 'ada@example.com')
    const more = page.getByRole('button', { name: 'Show more accounts' })
    await expect(more).toAppear()
    // By keyboard: an event of the new account may reload the list, which leads to the sign-in page before a click does.
    await more.focus()
    await endSession(page)
    await page.keyboard.press('Enter')
    await expectSignInPage(page)
  })
})

/** Makes the list of accounts end in "there is more". */
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
