import type { Page } from 'chromium'
import { describe, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { useBrowserSession } from './browser-session.ts'
import { connectGoogleSheets, notices, signIn } from './stories.ts'

const session = useBrowserSession()

const VIEWPORTS = [
  ['a phone', { width: 390, height: 844 }],
  ['a desktop', { width: 1280, height: 800 }],
] as const

describe.each(VIEWPORTS)('from right to left, on %s', (_name, viewport) => {
  test('the sign-in page keeps its width, and axe has nothing to say', async () => {
    const page = await session.openPage({ viewport })
    await expect(page.getByRole('heading', { name: 'Sign in' })).toAppear()
    await expectFit(page)
  })

  test('so do the accounts page, its dialog, and the activity page', async () => {
    const page = await session.openPage({ viewport })
    await signIn(page)
    await connectGoogleSheets(page, 'ada@example.com')
    await expect(notices(page).getByText('connected as')).toAppear()
    await expectFit(page)

    await page.getByRole('button', { name: /^Disconnect ada/ }).click()
    await expect(page.getByRole('alertdialog')).toAppear()
    await expectFit(page)
    await page.getByRole('button', { name: 'Cancel' }).click()

    await page.getByRole('link', { name: 'Activity' }).click()
    await page.getByText('Steps').click()
    await expect(page.getByText('You started connecting Google Sheets.')).toAppear()
    await expectFit(page)
  })
})

test('the end of a line is on the left in right-to-left languages', async () => {
  const page = await session.openPage()
  await signIn(page)
  const signOut = page.getByRole('button', { name: 'Sign out' })
  const place = async () => (await signOut.boundingBox())?.x ?? Number.NaN
  const before = await place()
  await turn(page)
  expect(await place()).toBeLessThan(before / 2)
})

// None of the app's languages is written from right to left yet.
async function turn(page: Page): Promise<void> {
  await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
}

async function expectFit(page: Page): Promise<void> {
  await turn(page)
  const tooWide = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('dialog[open]')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ tagName }) => tagName),
  )
  expect(tooWide).toEqual([])
  expect(await violations(page)).toEqual([])
}
