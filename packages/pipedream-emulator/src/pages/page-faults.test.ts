import { type Browser, launchChromium, type Page } from 'chromium'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Emulator, FaultKind } from '../index.ts'
import { listen } from '../server/listen.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launchChromium()
})

afterAll(() => browser.close())

/** Opens the hosted page as a Connect Link for Slack, with this fault. */
async function openLink(kind: FaultKind): Promise<{ page: Page; emulator: Emulator }> {
  const { url, emulator, close } = await listen({ port: 0 })
  const context = await browser.newContext()
  onTestFinished(async () => {
    await context.close()
    await close()
  })
  emulator.faults.add({ kind })
  const page = await context.newPage()
  page.setDefaultTimeout(25_000)
  await page.goto(`${await newLink(emulator)}&app=slack`)
  return { page, emulator }

  async function newLink({ credentials, fetch }: Emulator): Promise<string> {
    const { clientId, clientSecret, projectId } = credentials
    const post = async (path: string, body: object, headers = {}) => {
      const init = { method: 'POST', headers, body: JSON.stringify(body) }
      return (await fetch(new Request(url + path, init))).json()
    }
    const grant = { grant_type: 'client_credentials', client_id: clientId }
    const { access_token } = await post('/v1/oauth/token', {
      ...grant,
      client_secret: clientSecret,
    })
    const headers = { authorization: `Bearer ${access_token}` }
    const user = { external_user_id: 'ada' }
    return (await post(`/v1/connect/${projectId}/tokens`, user, headers)).connect_link_url
  }
}

test('a blocked pop-up is explained, and opens once it is allowed', async () => {
  const { page, emulator } = await openLink('popup-blocked')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect.poll(() => page.textContent('body')).toContain('Your browser blocked the pop-up')
  emulator.faults.clear()
  await page.reload()
  const opened = page.waitForEvent('popup')
  await page.getByRole('button', { name: 'Continue' }).click()
  await (await opened).getByRole('button', { name: 'Allow' }).waitFor()
})

test('a severed opener looks like a closed window, although the account is connected', async () => {
  const { page, emulator } = await openLink('opener-severed')
  const opened = page.waitForEvent('popup')
  await page.getByRole('button', { name: 'Continue' }).click()
  const popup = await opened
  await page.getByText('The other window was closed before you finished').waitFor()
  await popup.getByRole('button', { name: 'Allow' }).click()
  await expect
    .poll(() => emulator.state.save())
    .toContain('"slug":"slack","name":"ada@example.com"')
})

test('a denied consent is a failure, and the user can try again', async () => {
  const { page } = await openLink('consent-denied')
  const opened = page.waitForEvent('popup')
  await page.getByRole('button', { name: 'Continue' }).click()
  await (await opened).getByRole('button', { name: 'Allow' }).click()
  await expect.poll(() => page.getByText('Access was denied').isVisible()).toBe(true)
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('button', { name: 'Continue' }).waitFor()
})
