import { describe, expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import {
  accountRow,
  allow,
  breakAccounts,
  connectButton,
  connectFrame,
  connectGoogleSheets,
  failOnce,
  focused,
  notices,
  openProvider,
  recordOperation,
} from './stories.ts'

const session = useBrowserSession()

describe('connecting', () => {
  test('an OAuth app: through the pop-up to the list, and the focus comes back', async () => {
    const page = await session.openSignedIn()
    await connectButton(page, 'Google Sheets').click()
    await allow(page, 'grace@example.com')

    const row = accountRow(page, 'grace@example.com')
    await expect(row.getByText('Healthy')).toAppear()
    await expect(row.getByText('Connected just now')).toAppear()
    await expect(notices(page).getByText('Google Sheets connected as grace@example.com')).toAppear()
    expect(await page.locator('iframe').count()).toBe(0)
    await expect.poll(async () => focused(page)).toBe('Connect Google Sheets')

    await page.reload()
    await expect(accountRow(page, 'grace@example.com')).toAppear()
  })

  test('several accounts of one app stand side by side', async () => {
    const page = await session.openSignedIn({ accounts: ['ada@example.com'] })
    await connectGoogleSheets(page, 'grace@example.com')
    await expect(accountRow(page, 'ada@example.com')).toAppear()
    await expect(page.getByText('2 connected')).toAppear()
  })

  test('an app that takes a key: through its form to the list', async () => {
    const page = await session.openSignedIn()
    await connectButton(page, 'OpenAI (ChatGPT)').click()
    await connectFrame(page)
      .getByLabel(/api.?key/i)
      .fill('sk-emulated')
    await connectFrame(page).getByRole('button', { name: 'Connect' }).click()
    await expect(
      page.getByRole('button', { name: 'Disconnect OpenAI (ChatGPT) account' }),
    ).toAppear()
    await notices(page)
      .getByText(/OpenAI .* connected/)
      .waitFor()
  })

  test('a first account from the empty list; its button goes, so the focus goes to the list', async () => {
    const page = await session.openSignedIn()
    await page
      .getByRole('list', { name: 'Popular apps' })
      .getByRole('button', { name: 'Google Sheets' })
      .click()
    await allow(page, 'ada@example.com')
    await expect(accountRow(page, 'ada@example.com')).toAppear()
    await expect.poll(async () => focused(page)).toBe('Your accounts')
  })
})

test('an account that went dead is reconnected in place, never doubled', async () => {
  const page = await session.openSignedIn({ accounts: ['ada@example.com'] })
  const heal = await breakAccounts(page)
  const confirmed = recordOperation(page, 'ConfirmConnection')
  await page.reload()
  const row = accountRow(page, 'ada@example.com')
  await expect(row.getByText('Reconnect needed')).toAppear()
  await expect(row.getByText('The permission was revoked.')).toAppear()

  await row.getByRole('button', { name: 'Reconnect ada@example.com to Google Sheets' }).click()
  const id = new URL((await page.locator('iframe').getAttribute('src')) ?? '').searchParams.get(
    'accountId',
  )
  heal()
  await allow(page, 'ada@example.com')
  await expect(row.getByText('Healthy')).toAppear()
  await expect.poll(async () => focused(page)).toBe('Your accounts')
  // The list may be reloaded, and the row healthy, before the confirmation.
  const confirmation = { input: { flowId: expect.any(String), accountId: id } }
  await expect.poll(() => confirmed).toEqual([confirmation])
})

describe('an attempt that fails', () => {
  test('canceled: a quiet notice, nothing listed, nothing confirmed', async () => {
    const page = await session.openSignedIn()
    const confirmed = recordOperation(page, 'ConfirmConnection')
    await connectButton(page, 'Google Sheets').click()
    await connectFrame(page).getByRole('button', { name: 'Cancel' }).click()

    await expect(notices(page).getByText(/wasn’t connected\.$/)).toAppear()
    expect(await page.locator('iframe').count()).toBe(0)
    await expect.poll(async () => focused(page)).toBe('Connect Google Sheets')
    await expect(page.getByText('No accounts yet')).toAppear()
    expect(confirmed).toEqual([])
  })

  test.each(['Deny', 'Simulate a provider error'])(
    'the provider’s "%s": its reason in words, and a new attempt that works',
    async (button) => {
      const page = await session.openSignedIn()
      await connectButton(page, 'Google Sheets').click()
      const provider = await openProvider(page)
      await provider.getByRole('button', { name: button }).click()
      const reason = connectFrame(page).getByRole('alert')
      await expect(reason).toAppear()
      const words = await reason.innerText()
      await connectFrame(page).getByRole('button', { name: 'Close', exact: true }).click()

      await expect(notices(page).getByText(words)).toAppear()
      await expect(page.getByText('No accounts yet')).toAppear()
      await notices(page).getByRole('button', { name: 'Try again' }).click()
      await allow(page, 'ada@example.com')
      await expect(accountRow(page, 'ada@example.com')).toAppear()
    },
  )

  test('no token: shows an error, and the next attempt works', async () => {
    const page = await session.openSignedIn()
    await failOnce(page, 'CreateConnectToken')
    await connectButton(page, 'Google Sheets').click()
    await expect(notices(page).getByText('We can’t reach the server')).toAppear()
    await notices(page).getByRole('button', { name: 'Try again' }).click()
    await allow(page, 'ada@example.com')
    await expect(accountRow(page, 'ada@example.com')).toAppear()
  })

  test('no confirmation: a retry confirms the same account, without a second frame', async () => {
    const page = await session.openSignedIn()
    const confirmed = recordOperation(page, 'ConfirmConnection')
    await failOnce(page, 'ConfirmConnection')
    await connectButton(page, 'Google Sheets').click()
    await allow(page, 'ada@example.com')
    await notices(page).getByRole('button', { name: 'Try again' }).click()
    // The row may appear earlier, while the account needs confirmation.
    await expect(accountRow(page, 'ada@example.com').getByText('Healthy')).toAppear()
    expect(confirmed).toHaveLength(2)
    expect(confirmed[1]).toEqual(confirmed[0])
  })

  test('signing out closes the open frame', async () => {
    const page = await session.openSignedIn()
    await connectButton(page, 'Google Sheets').click()
    await expect(connectFrame(page).getByRole('button', { name: 'Continue' })).toAppear()
    // The open dialog blocks clicks on the button behind it, but not a script.
    await page.getByRole('button', { name: 'Sign out', includeHidden: true }).dispatchEvent('click')
    await expect(page.getByRole('heading', { name: 'Sign in' })).toAppear()
    expect(await page.locator('iframe').count()).toBe(0)
  })
})
