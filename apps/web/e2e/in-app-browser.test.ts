import { expect, test } from 'vitest'
import { violations } from './axe.ts'
import { useBrowserSession } from './browser-session.ts'
import { connectButton, signIn } from './stories.ts'

const session = useBrowserSession()

const INSTAGRAM =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 325.0.3.34.90 (iPhone14,5; iOS 17_4_1; en_US; en; scale=3.00; 1170x2532; 591234567)'

test('inside another app, the page asks the user to open it in a browser', async () => {
  const page = await session.openPage({
    userAgent: INSTAGRAM,
    viewport: { width: 390, height: 844 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const asked = page.getByRole('region', { name: 'Open this page in your browser' })
  await expect(asked).toAppear()
  expect(await violations(page)).toEqual([])
  const link = `${session.stack.appUrl}/accounts?connect=google_sheets`
  await page.goto(link)
  await signIn(page)
  await expect(connectButton(page, 'Google Sheets')).toAppear()
  await expect(asked).toAppear()
  // The link to connect an app starts no flow, which would fail, and can be copied.
  expect(await page.locator('dialog').count()).toBe(0)
  expect(await asked.getByRole('textbox').inputValue()).toBe(link)
  await asked.getByRole('button', { name: 'Copy link' }).click()
  await expect(asked.getByRole('button', { name: 'Link copied' })).toAppear()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link)
  expect(await violations(page)).toEqual([])

  await page.getByLabel('Language').selectOption('ja')
  await expect(page.getByText('このページをブラウザーで開いてください')).toAppear()
})

test('where scripts can’t copy, the link is selected', async () => {
  const page = await session.openPage({ userAgent: INSTAGRAM })
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  await page.getByRole('button', { name: 'Copy link' }).click()
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(page.url())
})

test('a real browser shows no notice', async () => {
  const page = await session.openSignedIn()
  expect(await page.getByText('Open this page in your browser').count()).toBe(0)
})
