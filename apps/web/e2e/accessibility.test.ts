import { describe, expect, test } from 'vitest'
import { violations } from './axe.ts'
import { useBrowserSession } from './browser-session.ts'
import { connectGoogleSheets, notices, signIn } from './stories.ts'

const session = useBrowserSession()

describe.each(['light', 'dark'] as const)('axe has nothing to say in %s', (colorScheme) => {
  test('on the sign-in page, with and without an error', async () => {
    const page = await session.openPage({ colorScheme })
    await expect(page.getByRole('heading', { name: 'Sign in' })).toAppear()
    expect(await violations(page)).toEqual([])
    await page.getByLabel('Name').fill('')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('Type a name')).toAppear()
    expect(await violations(page)).toEqual([])
  })

  test('on the accounts page: empty, with an account and a notice, and with its dialog open', async () => {
    const page = await session.openPage({ colorScheme })
    await signIn(page)
    await expect(page.getByRole('button', { name: 'Show more apps' })).toAppear()
    await expect(page.getByText('No accounts yet')).toAppear()
    expect(await violations(page)).toEqual([])

    await connectGoogleSheets(page, 'ada@example.com')
    await expect(notices(page).getByText('connected as')).toAppear()
    expect(await violations(page)).toEqual([])

    await page.getByRole('button', { name: /^Disconnect ada/ }).click()
    await expect(page.getByRole('alertdialog')).toAppear()
    expect(await violations(page)).toEqual([])
  })

  test('on a phone, when nothing matches the search', async () => {
    const page = await session.openPage({ colorScheme, viewport: { width: 390, height: 844 } })
    await signIn(page)
    await page.getByRole('searchbox').fill('no such app')
    await expect(page.getByText('No app matches')).toAppear()
    expect(await violations(page)).toEqual([])
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)
  })
})
