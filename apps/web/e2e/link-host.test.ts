import type { Page } from 'chromium'
import { listen } from 'pipedream-emulator/listen'
import { expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import { startStack, type Stack } from './start-stack.ts'
import {
  accountRow,
  connectButton,
  connectFrame,
  loseFrame,
  notices,
  openProvider,
} from './stories.ts'

const session = useBrowserSession({ startStack: startWithTwoHosts })

/** Serves Pipedream's frames on localhost, and its links and pop-ups on 127.0.0.1, which is another site to browsers. */
async function startWithTwoHosts(): Promise<Stack> {
  const { url, emulator, close } = await listen({ port: 0, inferred: { linkHost: 'another' } })
  const { clientId, clientSecret, projectId } = emulator.credentials
  const stack = await startStack({
    PIPEDREAM_CLIENT_ID: clientId,
    PIPEDREAM_CLIENT_SECRET: clientSecret,
    PIPEDREAM_PROJECT_ID: projectId,
    PIPEDREAM_PROJECT_ENVIRONMENT: 'development',
    PIPEDREAM_BASE_URL: url,
    DEMO_SIGN_IN: 'on',
    PIPEDREAM_CONNECT_URL: `${url}/_static/connect.html`,
  })
  const stop = async () => {
    await stack.stop()
    await close()
  }
  return { ...stack, stop }
}

async function expectConnected(page: Page): Promise<void> {
  const row = accountRow(page, 'ada@example.com')
  await expect(row.getByText('Healthy')).toAppear()
  // No confirmation is needed: this browser started the flow, whatever the hosts in between.
  expect(await row.getByRole('button', { name: 'Confirm' }).count()).toBe(0)
}

test('a frame whose pop-up is on another host connects the account', async () => {
  const page = await session.openSignedIn()
  await connectButton(page, 'Google Sheets').click()
  await expect(connectFrame(page).getByRole('button', { name: 'Continue' })).toAppear()
  const provider = await openProvider(page)
  expect(new URL(provider.url()).hostname).toBe('127.0.0.1')
  expect(new URL(session.stack.emulatorUrl).hostname).toBe('localhost')
  await provider.getByLabel('ada@example.com').check()
  await provider.getByRole('button', { name: 'Allow' }).click()
  await expectConnected(page)
  expect(await page.locator('iframe').count()).toBe(0)
})

test('a link on another host connects the account, and returns to the product', async () => {
  const page = await session.openSignedIn()
  await loseFrame(page)
  const opened = page.waitForEvent('popup')
  await notices(page).getByRole('button', { name: 'Continue in a new tab' }).click()
  const tab = await opened
  await tab.getByRole('button', { name: 'Continue' }).waitFor()
  expect(new URL(tab.url()).hostname).toBe('127.0.0.1')
  const provider = tab.waitForEvent('popup')
  await tab.getByRole('button', { name: 'Continue' }).click()
  await (await provider).getByLabel('ada@example.com').check()
  await (await provider).getByRole('button', { name: 'Allow' }).click()
  await expectConnected(page)
  await tab.waitForURL((url) => url.origin === session.stack.appUrl)
})
