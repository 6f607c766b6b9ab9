import { listen } from 'pipedream-emulator/listen'
import { expect, test } from 'vitest'
import { violations } from './axe.ts'
import { useBrowserSession } from './browser-session.ts'
import { startStack, type Stack } from './start-stack.ts'

const session = useBrowserSession({ startStack: startWithProject })

/** A gateway with a project, which is an emulator in this process. */
async function startWithProject(): Promise<Stack> {
  const { url, emulator, close } = await listen({ port: 0 })
  const { clientId, clientSecret, projectId } = emulator.credentials
  const stack = await startStack({
    PIPEDREAM_CLIENT_ID: clientId,
    PIPEDREAM_CLIENT_SECRET: clientSecret,
    PIPEDREAM_PROJECT_ID: projectId,
    PIPEDREAM_PROJECT_ENVIRONMENT: 'development',
    PIPEDREAM_BASE_URL: url,
    PIPEDREAM_CONNECT_URL: `${url}/_static/connect.html`,
    DEMO_SIGN_IN: 'on',
  })
  const stop = async () => {
    await stack.stop()
    await close()
  }
  return { ...stack, stop }
}

test('with a project, signing in needs the code of the start', async () => {
  const page = await session.openPage()
  await expect(page.getByLabel('Start code')).toAppear()
  expect(await page.getByLabel('Sign in as an operator').count()).toBe(0)
  expect(await violations(page)).toEqual([])
  await page.getByLabel('Start code').fill('WRONG')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert').getByText('Wrong start code')).toAppear()

  await page.getByLabel('Start code').fill(session.stack.startCode.toLowerCase())
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Your accounts' })).toAppear()
})

test('the link in the banner fills the code in, and it does not stay in the address', async () => {
  const page = await session.openPage()
  await page.goto('about:blank')
  await page.goto(`${session.stack.appUrl}/accounts#code=${session.stack.startCode}`)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Your accounts' })).toAppear()
  expect(page.url()).toBe(`${session.stack.appUrl}/accounts`)
})
