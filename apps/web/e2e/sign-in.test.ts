import type { Page } from 'chromium'
import { describe, expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import { looksForeign, signIn } from './stories.ts'

const session = useBrowserSession()

describe('sign-in', () => {
  test('the default name signs in, and stays signed in after a reload', async () => {
    const page = await session.openPage()
    expect(await page.getByLabel('Name').inputValue()).toBe('demo-user')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { name: 'Your accounts' })).toAppear()
    await expect(page.getByRole('banner').getByText('demo-user')).toAppear()

    await page.reload()
    await expect(page.getByRole('banner').getByText('demo-user')).toAppear()
  })

  test('signing out removes all data of the user', async () => {
    const page = await session.openPage()
    const name = await signIn(page)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toAppear()
    expect(await page.getByText(name).count()).toBe(0)

    await page.reload()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toAppear()
  })

  test('an operator has a badge', async () => {
    const page = await session.openPage()
    await page.getByLabel('Sign in as an operator').check()
    await signIn(page)
    const bar = page.getByRole('banner')
    await expect(bar.getByRole('link', { name: 'Operator' })).toAppear()
    expect(await bar.getByText('Operator').count()).toBe(2)
  })

  test('/ redirects to /accounts, and an unknown path shows “Page not found”', async () => {
    const page = await session.openPage()
    await signIn(page)
    await page.goto(`${session.stack.appUrl}/`)
    await page.waitForURL('**/accounts')

    await page.goto(`${session.stack.appUrl}/no-such-page`)
    await page.getByRole('link', { name: 'Go to your accounts' }).click()
    await expect(page.getByRole('heading', { name: 'Your accounts' })).toAppear()
    await page.goBack()
    await expect(page.getByText('Page not found')).toAppear()
  })

  test('an unknown path shows “Page not found” to signed-out users, too', async () => {
    const page = await session.openPage()
    await page.goto(`${session.stack.appUrl}/no/such/page`)
    await page.getByRole('link', { name: 'Go to your accounts' }).click()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toAppear()
  })

  test('the header stays on one line on a phone, however long the name', async () => {
    const page = await session.openPage({ viewport: { width: 390, height: 844 } })
    await page.getByLabel('Sign in as an operator').check()
    await signIn(page, `${'a-very-long-name-'.repeat(8)}${Date.now()}`)
    const bar = page.getByRole('banner')
    await expect(bar.getByText('Connected Accounts')).toAppear()
    expect((await bar.boundingBox())?.height).toBeLessThan(64)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })
})

describe('a failed sign-in shows an error', () => {
  test('a blank name', async () => {
    const page = await session.openPage()
    await page.getByLabel('Name').fill('   ')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('Enter a name')).toAppear()
    expect(await page.getByLabel('Name').getAttribute('aria-invalid')).toBe('true')
    expect(await focusedLabel(page)).toBe('Name')
  })

  test('offline, and then works again', async () => {
    const page = await session.openPage()
    await expect(page.getByRole('heading', { name: 'Sign in' })).toAppear()
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('You’re offline')).toAppear()
    expect(await page.getByLabel('Name').getAttribute('aria-invalid')).toBe(null)

    await page.context().setOffline(false)
    await signIn(page)
  })

  test.each([
    [429, /wait a moment/i],
    [500, /something went wrong/i],
    [502, /can’t reach the server/i],
  ])('a response with status %i', async (status, sentence) => {
    const page = await session.openPage()
    await page.route('**/auth/demo', async (route) => route.fulfill({ status }))
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText(sentence)).toAppear()
  })

  test('rejected by the gateway: shows its message', async () => {
    const page = await session.openPage()
    await looksForeign(page, '/auth/demo')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('Origin not allowed.')).toAppear()
    expect(await page.getByLabel('Name').getAttribute('aria-invalid')).toBe(null)
  })

  test('the viewer query is rejected by the gateway: shows its message', async () => {
    const page = await session.openPage()
    await looksForeign(page, '/graphql')
    await page.reload()
    await expect(page.getByText('Origin not allowed.')).toAppear()
  })
})

async function focusedLabel(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement
    return element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined
  })
}
