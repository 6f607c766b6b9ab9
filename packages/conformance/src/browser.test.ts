import { type Browser, launchChromium } from 'chromium'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CONNECT, openClientsPage } from './clients-page.ts'
import { all } from './case.ts'
import type { OfficialOptions } from './clients-page.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

const flow = { app: 'slack' }
const connectToken = 'ctok_test'

test('the hosted page is opened by the same URL, but without a second close button', async () => {
  await using page = await openClientsPage(browser)
  const official = await page.openOfficial({ ...flow, hideClose: true })
  const ours = await page.openOurs({ ...flow, connectToken })
  expect(ours.src).toBe(`${CONNECT}/_static/connect.html?token=ctok_test&app=slack&hideClose=true`)
  expect(ours.src).toBe(official.src)
})

test('the close button of the page can be enabled', async () => {
  await using page = await openClientsPage(browser)
  const official = await page.openOfficial(flow)
  const ours = await page.openOurs({ ...flow, connectToken, hideClose: false })
  expect(ours.src).toBe(`${CONNECT}/_static/connect.html?token=ctok_test&app=slack`)
  expect(ours.src).toBe(official.src)
})

test('all options have the same names and order', async () => {
  await using page = await openClientsPage(browser)
  const options = {
    app: 'a pp/é',
    accountId: 'apn_1',
    oauthAppId: 'oa_1',
    appOverrideId: 'ao_1',
    hideClose: true,
    oauthScopeProfile: 'read_only',
    customOauthClient: true,
  } as const
  const official = await page.openOfficial(
    all<OfficialOptions>({ ...options, token: connectToken }),
  )
  const ours = await page.openOurs({ ...options, connectToken })
  expect(ours.src).toContain('customOauthClient=true')
  expect(ours.src).toBe(official.src)
})

test('both receive the messages of the hosted page', async () => {
  await using page = await openClientsPage(browser)
  const official = await page.openOfficial(flow)
  await official.post({ type: 'success', authProvisionId: 'apn_1' })
  await expect.poll(page.received).toEqual({ official: ['apn_1'], ours: [] })
  const ours = await page.openOurs({ ...flow, connectToken })
  await ours.post({ type: 'success', authProvisionId: 'apn_2' })
  await expect.poll(page.received).toEqual({ official: ['apn_1', 'apn_2'], ours: ['apn_2'] })
})

test('ours ignores a forged message, which the official client accepts', async () => {
  await using page = await openClientsPage(browser)
  await page.openOfficial(flow)
  const ours = await page.openOurs({ ...flow, connectToken })
  await page.forge({ type: 'success', authProvisionId: 'apn_forged' })
  await expect.poll(page.received).toEqual({ official: ['apn_forged'], ours: [] })
  // Our client is still waiting, and accepts the message of its own frame.
  await ours.post({ type: 'success', authProvisionId: 'apn_own' })
  await expect.poll(page.received).toMatchObject({ ours: ['apn_own'] })
})
