import type { Frame, Page } from 'chromium'
import { describe, expect, test } from 'vitest'
import { violationsInBothSchemes } from './axe.ts'
import { useBrowserSession } from './browser-session.ts'
import { connectButton, connectFrame, openProvider, signIn } from './stories.ts'

const session = useBrowserSession({ images: true })

/** Opens the hosted page of an app, and waits for the heading. */
async function openHosted(page: Page, appName: string): Promise<Frame> {
  await signIn(page)
  await connectButton(page, appName).click()
  await expectHeading(page, `Connect ${appName}`)
  const frame = page.frames().find((frame) => frame.url().includes('/_static/connect.html'))
  if (!frame) throw new Error('The hosted page is in no frame.')
  return frame
}

async function expectHeading(page: Page, name: string): Promise<void> {
  await expect(connectFrame(page).getByRole('heading', { name })).toAppear()
}

describe('axe has nothing to say in light and in dark', () => {
  test('on the hosted page of an app that signs in, and on the provider’s page', async () => {
    const page = await session.openPage()
    const frame = await openHosted(page, 'Google Sheets')
    expect(await violationsInBothSchemes(page, frame)).toEqual([])

    const provider = await openProvider(page)
    await expect(provider.getByRole('heading', { name: 'Sign in to Google Sheets' })).toAppear()
    expect(await violationsInBothSchemes(provider)).toEqual([])
    expect(await violationsInBothSchemes(page, frame)).toEqual([])
  })

  test('on the hosted page without a frame, and when the account is connected', async () => {
    const page = await session.openPage()
    const frame = await openHosted(page, 'Google Sheets')
    await page.goto(frame.url())
    await expect(page.getByRole('button', { name: 'Continue' })).toAppear()
    expect(await violationsInBothSchemes(page)).toEqual([])

    const provider = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Continue' }).click()
    await (await provider).getByRole('button', { name: 'Allow' }).click()
    await expect(page.getByRole('heading', { name: 'Google Sheets is connected' })).toAppear()
    expect(await violationsInBothSchemes(page)).toEqual([])
  })

  test('on the form for keys, and when they are refused', async () => {
    const page = await session.openPage()
    const frame = await openHosted(page, 'OpenAI (ChatGPT)')
    expect(await violationsInBothSchemes(page, frame)).toEqual([])

    await connectFrame(page)
      .getByLabel(/api.?key/i)
      .fill('invalid')
    await connectFrame(page).getByRole('button', { name: 'Connect' }).click()
    await expectHeading(page, 'Something went wrong')
    expect(await violationsInBothSchemes(page, frame)).toEqual([])
  })

  test('when there is nothing to connect, and on the emulator’s own page', async () => {
    const page = await session.openPage()
    await page.goto(session.stack.emulatorUrl)
    await expect(page.getByRole('heading', { level: 1 })).toAppear()
    expect(await violationsInBothSchemes(page)).toEqual([])
    await page.goto(`${session.stack.emulatorUrl}/_static/connect.html`)
    await expect(page.getByRole('heading', { name: 'Something went wrong' })).toAppear()
    expect(await violationsInBothSchemes(page)).toEqual([])
  })
})
