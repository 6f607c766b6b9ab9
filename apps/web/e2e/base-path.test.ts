import { afterEach, describe, expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import { type Product, startProduct } from './start-product.ts'
import { startStack, type Stack } from './start-stack.ts'
import {
  accountRow,
  connectButton,
  connectGoogleSheets,
  continueInTab,
  loseFrame,
  signIn,
} from './stories.ts'

// The two kinds of proxy differ for the gateway only, whose tests cover both. Here the second kind runs in the matrix.
const strips = process.env.TEST_MATRIX !== '1'

describe(`below a path of the product’s origin, behind a proxy that ${strips ? 'strips it' : 'passes it on'}`, () => {
  let product: Product | undefined
  const session = useBrowserSession({ startStack: startBelow, images: true })

  async function startBelow(): Promise<Stack> {
    const started = await startProduct({ path: '/connections', strips })
    product = started
    const stack = await startStack({ PUBLIC_URL: started.url })
    started.leadTo(stack.port)
    const stop = async () => {
      await stack.stop()
      await started.stop()
    }
    return { ...stack, stop }
  }

  // Requests outside the path reach the product.
  afterEach(() => {
    const asked = product?.asked.splice(0) ?? []
    if (asked.length > 0) throw new Error(`The product was asked for ${asked.join(', ')}.`)
  })

  const at = (path: string) => `${session.stack.appUrl}${path}`

  test('an account is connected, and the page is the same after a reload', async () => {
    const page = await session.openSignedIn()
    await connectGoogleSheets(page, 'ada@example.com')
    await expect(accountRow(page, 'ada@example.com').getByText('Healthy')).toAppear()
    await page.reload()
    await expect(accountRow(page, 'ada@example.com').getByText('Healthy')).toAppear()
    expect(page.url()).toBe(at('/accounts'))
  })

  test('another tab hears of an account, and of a sign-out', async () => {
    const page = await session.openSignedIn()
    const other = await session.openTab(page)
    await expect(connectButton(other, 'Google Sheets')).toAppear()
    await connectGoogleSheets(page, 'ada@example.com')
    await expect(accountRow(other, 'ada@example.com')).toAppear()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(other.getByRole('heading', { name: 'Sign in' })).toAppear()
  })

  test('a hosted link leads back to the accounts', async () => {
    const page = await session.openSignedIn()
    await loseFrame(page)
    const tab = await continueInTab(page)
    await tab.waitForURL(at('/accounts'))
    await expect(accountRow(tab, 'ada@example.com').getByText('Healthy')).toAppear()
    const row = accountRow(page, 'ada@example.com')
    await expect(row.getByText('Healthy')).toAppear()
    expect(await row.getByRole('button', { name: 'Confirm' }).count()).toBe(0)
  })

  test('a deep link opens its page, and links stay below the path', async () => {
    const page = await session.openPage()
    await page.getByLabel('Sign in as an operator').check()
    await signIn(page)
    await page.goto(at('/operator?search=unknown'))
    await expect(page.getByRole('heading', { name: 'Connection attempts' })).toAppear()
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Connection attempts' })).toAppear()
    expect(page.url()).toBe(at('/operator?search=unknown'))
    await page.getByRole('link', { name: 'Activity' }).click()
    await expect(page.getByRole('heading', { name: 'Activity', level: 1 })).toAppear()
    expect(page.url()).toBe(at('/activity'))
    await page.goBack()
    await expect(page.getByRole('heading', { name: 'Connection attempts' })).toAppear()
  })

  test.each(['', '/', '/accounts/'])('“%s” behind the path leads to the accounts', async (path) => {
    const page = await session.openSignedIn()
    await page.goto(at(path))
    await expect(connectButton(page, 'Google Sheets')).toAppear()
  })

  test('an unknown address offers the way', async () => {
    const page = await session.openSignedIn()
    await page.goto(at('/no/such/page'))
    await page.getByRole('link', { name: 'accounts' }).click()
    await expect(connectButton(page, 'Google Sheets')).toAppear()
    expect(page.url()).toBe(at('/accounts'))
  })

  test('GraphiQL asks below the path', async () => {
    const page = await session.openSignedIn()
    const asked = page.waitForRequest(
      (request) => request.method() === 'POST' && request.postData()?.includes('__schema') === true,
    )
    await page.goto(at('/graphql'))
    expect((await asked).url()).toBe(at('/graphql'))
  })
})
