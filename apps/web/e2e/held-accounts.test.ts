import type { Locator, Page } from 'chromium'
import { afterEach, expect, test } from 'vitest'
import { violationsInBothSchemes } from './axe.ts'
import { useBrowserSession } from './browser-session.ts'
import { addFault, allIsWell } from './emulator-control.ts'
import { startStack } from './start-stack.ts'
import { accountRow, connectButton, connectFrame, focused, notices } from './stories.ts'

const session = useBrowserSession({ startStack })

afterEach(async () => allIsWell(session.stack.emulatorUrl))

/** A user's page after they canceled a dialog, and gave their consent in its pop-up nevertheless. */
async function openWithUnfinished() {
  const user = await session.createUser()
  const page = await user.open()
  await connectButton(page, 'Google Sheets').click()
  const token = await tokenOf(page)
  // Only an unused token tells it.
  const finishUrl = await finishUrlOf(token)
  await connectFrame(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(notices(page).getByText(/wasn’t connected/)).toAppear()
  await user.consent({ app: 'google_sheets', token }, 'ada@example.com')
  return { name: user.name, page, row: accountRow(page, 'ada@example.com'), finishUrl }
}

/** The same after another browser has finished the flow, without the webhook that would prove it. */
async function openWithFinishedElsewhere() {
  await addFault(session.stack.emulatorUrl, { kind: 'webhook-dropped' })
  const unfinished = await openWithUnfinished()
  await unfinished.page.reload()
  await expect(unfinished.row.getByText('Not finished')).toAppear()
  const stranger = await session.openPage()
  await stranger.goto(unfinished.finishUrl)
  await expect(stranger.getByRole('heading', { name: 'Connection canceled' })).toAppear()
  await expect(unfinished.row.getByText('Blocked')).toAppear()
  return unfinished
}

/** The connect token of the page's open dialog. */
async function tokenOf(page: Page): Promise<string> {
  await expect(connectFrame(page).getByRole('button', { name: 'Continue' })).toAppear()
  const url = (await page.locator('dialog iframe').getAttribute('src')) ?? ''
  return new URL(url).searchParams.get('token') ?? ''
}

/** Where the hosted page of a connect token returns to, as Pipedream reports it. */
async function finishUrlOf(token: string): Promise<string> {
  const { emulatorUrl } = session.stack
  const response = await fetch(
    `${emulatorUrl}/v1/connect/tokens/${token}/validate?app_id=google_sheets`,
  )
  return (await response.json()).success_redirect_uri
}

/** The rows of a user's held accounts in the console. */
async function openHeldOf(name: string): Promise<{ operator: Page; row: Locator }> {
  const { open } = await session.createUser({ role: 'operator' })
  const operator = await open('/operator')
  const section = operator.getByRole('region', { name: 'Held accounts', exact: true })
  // The list of all users may have this row too, until the list of this user replaces it.
  const found = operator.waitForResponse(
    (response) => response.request().postData()?.includes(name) ?? false,
  )
  await section.getByRole('searchbox').fill(name)
  await found
  const row = section.getByRole('listitem').filter({ hasText: name })
  return { operator, row }
}

async function buttonsOf(row: Locator): Promise<string[]> {
  return row.getByRole('button').allInnerTexts()
}

test('a user keeps an account whose dialog they canceled', async () => {
  const { page, row } = await openWithUnfinished()
  await expect(row.getByText('Not finished')).toAppear()
  expect(await buttonsOf(row)).toEqual(['Keep', 'Remove'])
  expect(await violationsInBothSchemes(page)).toEqual([])
  await row.getByRole('button', { name: 'Keep ada@example.com' }).press('Enter')
  await expect(row.getByText('Healthy')).toAppear()
  await expect(notices(page).getByText('You can now use ada@example.com.')).toAppear()
  expect(await focused(page)).toBe('Your accounts')
  await page.getByRole('link', { name: 'Activity' }).click()
  await expect(page.getByText('You kept your Google Sheets account.').first()).toAppear()
})

test('a user removes an account that they did not finish connecting', async () => {
  const { page, row } = await openWithUnfinished()
  await row.getByRole('button', { name: 'Remove ada@example.com' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Remove ada@example.com?' })
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('No accounts yet')).toAppear()
  expect(await focused(page)).toBe('Your accounts')
})

test('what another browser finished can only be removed, until an operator releases it', async () => {
  const { row, name } = await openWithFinishedElsewhere()
  expect(await buttonsOf(row)).toEqual(['Remove'])
  const [, code = ''] = /with code (\S+)\./.exec(await row.innerText()) ?? []

  const { operator, row: held } = await openHeldOf(name)
  await expect(held.getByText('Finished elsewhere')).toAppear()
  await expect(held.getByText(code)).toAppear()
  expect(await violationsInBothSchemes(operator)).toEqual([])
  await held.getByRole('button', { name: /^Release/ }).click()
  const dialog = operator.getByRole('alertdialog', { name: /^Release/ })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toGoAway()
  expect(await focused(operator)).toMatch(/^Release/)
  await operator.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Release' }).click()
  await expect(held).toGoAway()
  expect(await focused(operator)).toBe('Held accounts')
  await expect(row.getByText('Healthy')).toAppear()
})

test('an operator removes what another browser finished', async () => {
  const { page, name } = await openWithFinishedElsewhere()
  const { operator, row: held } = await openHeldOf(name)
  await held.getByRole('button', { name: /^Remove/ }).click()
  const dialog = operator.getByRole('alertdialog', { name: /^Remove/ })
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(held).toGoAway()
  await expect(page.getByText('No accounts yet')).toAppear()
})
