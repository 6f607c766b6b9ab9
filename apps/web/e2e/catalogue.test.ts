import { expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import {
  accountRow,
  allow,
  connectButton,
  failOnce,
  focused,
  recordOperation,
  signIn,
} from './stories.ts'

const session = useBrowserSession({ images: true })

test('search narrows the catalogue, and says when nothing matches', async () => {
  const page = await session.openPage()
  await signIn(page)
  const search = page.getByRole('searchbox', { name: 'Search apps' })
  await search.fill('slack')
  await expect(connectButton(page, 'Google Sheets')).toGoAway()
  await expect(connectButton(page, 'Slack')).toAppear()

  await search.fill('no such app')
  await expect(page.getByText('No apps match “no such app”')).toAppear()

  await search.fill('')
  await expect(connectButton(page, 'Google Sheets')).toAppear()
})

test('"Show more apps" loads the next page and moves the focus to it', async () => {
  const page = await session.openPage()
  await signIn(page)
  const apps = page.getByRole('list', { name: 'Apps', exact: true }).getByRole('heading')
  const more = page.getByRole('button', { name: 'Show more apps' })
  await expect(more).toAppear()
  const before = await apps.allTextContents()
  await more.focus()
  await page.keyboard.press('Enter')
  await expect.poll(async () => apps.count()).toBeGreaterThan(before.length)
  const after = await apps.allTextContents()
  expect(after.slice(0, before.length)).toEqual(before)
  expect(new Set(after).size).toBe(after.length)
  await expect.poll(async () => focused(page)).toBe(`Connect ${after[before.length]}`)
})

test('scrolling loads the next apps, and leaves the focus alone', async () => {
  const page = await session.openPage()
  await signIn(page)
  const apps = page.getByRole('list', { name: 'Apps', exact: true }).getByRole('heading')
  await expect(page.getByRole('button', { name: 'Show more apps' })).toAppear()
  const before = await apps.allTextContents()
  const search = page.getByRole('searchbox')
  await search.hover()
  await search.focus()
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 500)
      return apps.count()
    })
    .toBeGreaterThanOrEqual(3 * before.length)
  const after = await apps.allTextContents()
  expect(after.slice(0, before.length)).toEqual(before)
  expect(new Set(after).size).toBe(after.length)
  await expect.poll(async () => focused(page)).toBe('Search apps')
})

test('a search loads one page, however many apps were shown before', async () => {
  const page = await session.openPage()
  await signIn(page)
  const more = page.getByRole('button', { name: 'Show more apps' })
  const apps = page.getByRole('list', { name: 'Apps', exact: true }).getByRole('heading')
  await expect(more).toAppear()
  const before = await apps.count()
  await more.press('Enter')
  await expect(apps.nth(before)).toAppear()
  const asked = recordOperation(page, 'Apps')
  await page.getByRole('searchbox').fill('slack')
  await expect(connectButton(page, 'Google Sheets')).toGoAway()
  await expect(connectButton(page, 'Slack')).toAppear()
  const searches = asked.filter((variables) => JSON.stringify(variables).includes('slack'))
  expect(searches).toMatchObject([{ after: null }])
})

test('without scrolling, only the first page is loaded', async () => {
  const page = await session.openPage({ viewport: { width: 1280, height: 4000 } })
  const asked = recordOperation(page, 'Apps')
  await signIn(page)
  await expect(page.getByRole('button', { name: 'Show more apps' })).toAppear()
  await expect(connectButton(page, 'Google Sheets')).toAppear()
  expect(asked).toHaveLength(1)
})

test('a category narrows the catalogue, and a search within it narrows it further', async () => {
  const page = await session.openPage()
  await signIn(page)
  const category = page.getByLabel('Category')
  await expect(connectButton(page, 'Google Sheets')).toAppear()
  await category.selectOption('Communication')
  await expect(connectButton(page, 'Google Sheets')).toGoAway()
  await expect(connectButton(page, 'Slack')).toAppear()
  await expect(connectButton(page, 'Gmail')).toAppear()

  const search = page.getByRole('searchbox')
  await search.fill('slack')
  await expect(connectButton(page, 'Gmail')).toGoAway()
  await expect(connectButton(page, 'Slack')).toAppear()

  await search.fill('sheets')
  await expect(page.getByText('No apps match “sheets”')).toAppear()
  await category.selectOption({ index: 0 })
  await expect(connectButton(page, 'Google Sheets')).toAppear()
})

test('a list of accounts that fails leaves the catalogue alone, and can be tried again', async () => {
  const page = await session.openPage()
  await failOnce(page, 'Accounts')
  await signIn(page)
  await expect(connectButton(page, 'Google Sheets')).toAppear()
  const accounts = page.getByRole('region', { name: 'Your accounts' })
  await expect(accounts.getByText('We can’t reach the server')).toAppear()
  await accounts.getByRole('button', { name: 'Try again' }).click()
  await expect(accounts.getByText('No accounts yet')).toAppear()
})

test('a catalogue that fails leaves the accounts alone, and can be tried again', async () => {
  const page = await session.openPage()
  await failOnce(page, 'Apps')
  await signIn(page)
  const catalogue = page.getByRole('region', { name: 'Connect an app' })
  await expect(catalogue.getByText('We can’t reach the server')).toAppear()
  await expect(page.getByText('No accounts yet')).toAppear()
  await catalogue.getByRole('button', { name: 'Try again' }).click()
  await expect(connectButton(page, 'Google Sheets')).toAppear()
})

test.each(['reduce', 'no-preference'] as const)(
  'an account that was connected far below is brought into view (motion: %s)',
  async (reducedMotion) => {
    const page = await session.openPage({ reducedMotion, viewport: { width: 390, height: 700 } })
    await signIn(page)
    await connectButton(page, 'Zoom').scrollIntoViewIfNeeded()
    await connectButton(page, 'Zoom').click()
    await allow(page, 'ada@example.com')
    const row = accountRow(page, 'ada@example.com')
    await expect(row).toAppear()
    // On a slow machine smooth scrolling takes a while.
    await expect
      .poll(async () => (await row.boundingBox())?.y, { timeout: 15_000 })
      .toBeGreaterThanOrEqual(0)
    await expect.poll(async () => focused(page)).toBe('Connect Zoom')
  },
)
