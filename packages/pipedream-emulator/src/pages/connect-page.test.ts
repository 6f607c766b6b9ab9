import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import {
  type Browser,
  type BrowserContext,
  type FrameLocator,
  launchChromium,
  type Page,
} from 'chromium'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Emulator, Environment, Inferred, Seed } from '../index.ts'
import { listen } from '../server/listen.ts'

let browser: Browser
/** A customer's page on another origin, served on a port so that the browser can load it. */
let customer: Server
let customerUrl: string

beforeAll(async () => {
  browser = await launchChromium()
  customer = createServer((_, response) => {
    response.setHeader('content-type', 'text/html')
    response.end('<!doctype html><title>Customer</title>')
  }).listen(0, '127.0.0.1')
  await once(customer, 'listening')
  const address = customer.address()
  customerUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`
})

afterAll(async () => {
  await browser.close()
  customer.close()
})

interface Stage {
  url: string
  emulator: Emulator
  context: BrowserContext
  page: Page
  newToken: (body?: Record<string, unknown>, environment?: Environment) => Promise<string>
  /** Creates an override, and returns its id. */
  newOverride: (body: Record<string, unknown>) => Promise<string>
  /** Shows the hosted page in a frame, as a customer's page does. */
  openFrame: (query: Record<string, string>) => Promise<FrameLocator>
  /** The messages that the customer's page has received. */
  messages: () => Promise<unknown[]>
  listAccounts: () => Promise<Record<string, unknown>[]>
}

const receive = async () => ({ status: 200 })

async function setStage(seed: Seed = {}, inferred: Partial<Inferred> = {}): Promise<Stage> {
  const { url, emulator, close } = await listen({ port: 0, fetch: receive, inferred })
  emulator.seed(seed)
  const context = await browser.newContext()
  onTestFinished(async () => {
    await context.close()
    await close()
  })
  const page = await context.newPage()
  page.setDefaultTimeout(25_000)
  return { url, emulator, context, page, ...helpers({ url, page }) }
}

function helpers({ url, page }: { url: string; page: Page }) {
  const call = async (path: string, body?: object, headers = {}) => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    return (await fetch(url + path, { headers, ...init })).json()
  }
  const server = async (path: string, body?: object, environment = 'development') => {
    const { access_token } = await call('/v1/oauth/token', {
      grant_type: 'client_credentials',
      client_id: 'emulator-client',
      client_secret: 'emulator-secret',
    })
    const headers = {
      authorization: `Bearer ${access_token}`,
      'x-pd-environment': environment,
    }
    return call(`/v1/connect/proj_emulator${path}`, body, headers)
  }
  return {
    newToken: async (body = {}, environment?: Environment) =>
      (await server('/tokens', { external_user_id: 'ada', ...body }, environment)).token,
    newOverride: async (body: Record<string, unknown>) => (await server('/app_overrides', body)).id,
    listAccounts: async () => (await server('/accounts?include_credentials=true')).data,
    openFrame: async (query: Record<string, string>) => {
      await page.goto(customerUrl)
      await page.evaluate(embed, `${url}/_static/connect.html?${new URLSearchParams(query)}`)
      return page.frameLocator('iframe')
    },
    messages: () => page.evaluate(() => Reflect.get(window, 'messages')),
  }
}

// Runs in the customer's page, and handles messages as Pipedream's SDK does.
function embed(source: string): void {
  const messages: unknown[] = []
  Reflect.set(window, 'messages', messages)
  const frame = document.createElement('iframe')
  window.addEventListener('message', (event) => {
    messages.push(event.data)
    if (event.data.type === 'close') frame.remove()
  })
  frame.src = source
  frame.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;border:0'
  document.body.append(frame)
}

const button = (where: Page | FrameLocator, name: string) =>
  where.getByRole('button', { name, exact: true })

async function clickForPopup({ context }: Stage, where: Page | FrameLocator): Promise<Page> {
  const [popup] = await Promise.all([
    context.waitForEvent('page'),
    button(where, 'Continue').click(),
  ])
  return popup
}

const note = (frame: FrameLocator) => frame.getByRole('note').getByText('pipedream.com')
const focus = (where: Page | FrameLocator) => where.locator(':focus')

test('a click before the script has loaded is ignored instead of submitting a form', async () => {
  const stage = await setStage()
  const { page } = stage
  const requested = page.waitForRequest('**/_static/connect.js')
  const held = Promise.withResolvers<void>()
  await page.route('**/_static/connect.js', async (route) => {
    await held.promise
    await route.continue()
  })
  const frame = await stage.openFrame({ token: await stage.newToken(), app: 'google_sheets' })
  await requested
  await button(frame, 'Continue').click({ force: true })
  held.resolve()
  const popup = await clickForPopup(stage, frame)
  await button(popup, 'Allow').click()
  await expect.poll(stage.messages).toMatchObject([{ type: 'success' }])
})

test('signing in at the provider connects the chosen account', async () => {
  const stage = await setStage()
  const frame = await stage.openFrame({ token: await stage.newToken(), app: 'google_sheets' })
  const popup = await clickForPopup(stage, frame)
  await popup.getByLabel('grace@example.com').check()
  await button(popup, 'Allow').click()
  await button(frame, 'Close').click()
  const accounts = await stage.listAccounts()
  expect(accounts).toMatchObject([{ name: 'grace@example.com', external_id: 'ada' }])
  await expect
    .poll(stage.messages)
    .toEqual([{ type: 'success', authProvisionId: accounts[0]?.id }, { type: 'close' }])
  expect(popup.isClosed()).toBe(true)
})

test('a pop-up on a client’s other host connects, and the frame is notified', async () => {
  const stage = await setStage({}, { linkHost: 'another' })
  const token = await stage.newToken({ app_id: 'slack' })
  const frame = await stage.openFrame({ token, app: 'slack' })
  const popup = await clickForPopup(stage, frame)
  const { port } = new URL(stage.url)
  expect(new URL(popup.url()).host).toBe(`127.0.0.1:${port}`)
  await button(popup, 'Allow').click()
  await button(frame, 'Close').click()
  const [account] = await stage.listAccounts()
  await expect
    .poll(stage.messages)
    .toEqual([{ type: 'success', authProvisionId: account?.id }, { type: 'close' }])
})

test('a link on another host connects, and returns to the product', async () => {
  const stage = await setStage({}, { linkHost: 'another' })
  const token = await stage.newToken({ app_id: 'slack', success_redirect_uri: customerUrl })
  const link = new URL(`/_static/connect.html?token=${token}&connectLink=true`, stage.url)
  link.hostname = '127.0.0.1'
  link.searchParams.set('app', 'slack')
  await stage.page.goto(link.href)
  await button(await clickForPopup(stage, stage.page), 'Allow').click()
  await stage.page.waitForURL(customerUrl)
  expect(await stage.listAccounts()).toHaveLength(1)
})

test('after success the page closes automatically', async () => {
  const stage = await setStage()
  const frame = await stage.openFrame({ token: await stage.newToken(), app: 'slack' })
  const popup = await clickForPopup(stage, frame)
  await popup.getByLabel('Use another account').fill('margaret@example.com')
  await button(popup, 'Allow').click()
  await expect.poll(() => stage.page.locator('iframe').count()).toBe(0)
  expect(await stage.listAccounts()).toMatchObject([{ name: 'margaret@example.com' }])
})

test.each([
  ['Deny', 'Access was denied. No account was connected.'],
  ['Simulate a provider error', 'Connection failed. Please retry or contact support.'],
])('"%s" is shown, and the user can try again', async (choice, error) => {
  const stage = await setStage()
  const frame = await stage.openFrame({ token: await stage.newToken(), app: 'slack' })
  await button(await clickForPopup(stage, frame), choice).click()
  await frame.getByRole('alert').getByText(error).waitFor()
  expect(await stage.messages()).toEqual([{ type: 'error', error }])
  await button(frame, 'Try again').click()
  await button(await clickForPopup(stage, frame), 'Allow').click()
  await button(frame, 'Close').waitFor()
  expect(await stage.messages()).toMatchObject([{ type: 'error' }, { type: 'success' }])
})

test('a pop-up closed by the user is no error, and the user can try again', async () => {
  const stage = await setStage()
  const frame = await stage.openFrame({ token: await stage.newToken(), app: 'slack' })
  const popup = await clickForPopup(stage, frame)
  await button(popup, 'Allow').waitFor()
  await popup.close()
  await frame.getByRole('alert').getByText('closed').waitFor()
  expect(await stage.messages()).toEqual([])
  await button(frame, 'Try again').click()
  await button(frame, 'Continue').waitFor()
})

test('a blocked pop-up is explained, and the user can try again', async () => {
  const stage = await setStage()
  await stage.context.addInitScript(() => {
    window.open = () => null
  })
  const frame = await stage.openFrame({ token: await stage.newToken(), app: 'slack' })
  await button(frame, 'Continue').click()
  await frame.getByRole('alert').getByText('blocked').waitFor()
  await button(frame, 'Try again').click()
  await button(frame, 'Continue').waitFor()
  expect(await stage.messages()).toEqual([])
})

test('a blocked pop-up is reported to the customer’s page when the fault has a body', async () => {
  const stage = await setStage()
  const error = 'The window could not be opened.'
  stage.emulator.faults.add({ kind: 'popup-blocked', body: error })
  const frame = await stage.openFrame({ token: await stage.newToken(), app: 'slack' })
  await button(frame, 'Continue').click()
  await frame.getByRole('alert').getByText(error).waitFor()
  await button(frame, 'Close').click()
  await expect.poll(stage.messages).toEqual([{ type: 'error', error }, { type: 'close' }])
})

test('cancelling while the pop-up is open closes both', async () => {
  const stage = await setStage()
  const frame = await stage.openFrame({ token: await stage.newToken(), app: 'slack' })
  const popup = await clickForPopup(stage, frame)
  await button(popup, 'Allow').waitFor()
  await button(frame, 'Cancel').click()
  await expect.poll(stage.messages).toEqual([{ type: 'close' }])
  await expect.poll(() => popup.isClosed()).toBe(true)
  expect(await stage.listAccounts()).toEqual([])
})

test('messages from the customer’s page are ignored', async () => {
  const stage = await setStage()
  const frame = await stage.openFrame({ token: await stage.newToken(), app: 'slack' })
  const popup = await clickForPopup(stage, frame)
  await button(popup, 'Allow').waitFor()
  const asked: string[] = []
  stage.page.on('request', (request) => asked.push(request.url()))
  const body = frame.locator('body')
  await body.evaluate(() => {
    Reflect.set(
      window,
      'heard',
      new Promise((resolve) => window.addEventListener('message', resolve)),
    )
  })
  await stage.page.evaluate(() => {
    window.frames[0]?.postMessage({ type: 'pipedream-emulator:finished' }, '*')
  })
  await body.evaluate(async () => void (await Reflect.get(window, 'heard')))
  expect(asked).toEqual([])
  await button(popup, 'Deny').click()
  await frame.getByRole('alert').getByText('denied').waitFor()
  expect(asked).not.toEqual([])
})

test('a key connects an account after a wrong one was rejected', async () => {
  const stage = await setStage()
  const frame = await stage.openFrame({ token: await stage.newToken(), app: 'openai' })
  await frame.getByLabel('API Key').fill('invalid')
  await button(frame, 'Connect').click()
  const error = 'Test request failed. Please verify your credentials and try again.'
  await frame.getByRole('alert').getByText(error).waitFor()
  expect(await stage.messages()).toEqual([{ type: 'error', error }])
  await button(frame, 'Try again').click()
  await frame.getByLabel('API Key').fill('sk-example')
  await frame.getByLabel('Nickname').fill('Work key')
  await button(frame, 'Connect').click()
  await button(frame, 'Close').click()
  const accounts = await stage.listAccounts()
  expect(accounts).toMatchObject([{ name: 'Work key', app: { name_slug: 'openai' } }])
  await expect
    .poll(stage.messages)
    .toEqual([
      { type: 'error', error },
      { type: 'success', authProvisionId: accounts[0]?.id },
      { type: 'close' },
    ])
})

test('a key form requires its required fields', async () => {
  const stage = await setStage()
  const frame = await stage.openFrame({ token: await stage.newToken(), app: 'openai' })
  await button(frame, 'Connect').click()
  const missing = await frame.getByLabel('API Key').evaluate((input) => input.matches(':invalid'))
  expect(missing).toBe(true)
  expect(await stage.listAccounts()).toEqual([])
})

test('Cancel and Escape request to close the page, and leave the token unused', async () => {
  const stage = await setStage()
  const token = await stage.newToken()
  const frame = await stage.openFrame({ token, app: 'openai' })
  await button(frame, 'Cancel').click()
  await expect.poll(stage.messages).toEqual([{ type: 'close' }])
  const again = await stage.openFrame({ token, app: 'openai' })
  await again.getByLabel('API Key').press('Escape')
  await expect.poll(stage.messages).toEqual([{ type: 'close' }])
})

test('an unknown token and an unknown app have their own messages, and can be closed', async () => {
  const stage = await setStage()
  const queries = [
    { token: 'ctok_unknown', app: 'slack', text: /token is invalid/ },
    { token: await stage.newToken(), app: 'nope', text: /App not found/ },
  ]
  for (const { text, ...query } of queries) {
    const frame = await stage.openFrame(query)
    await frame.getByRole('alert').getByText(text).waitFor()
    expect(await button(frame, 'Try again').count()).toBe(0)
    await button(frame, 'Close').click()
    await expect
      .poll(stage.messages)
      .toEqual([{ type: 'error', error: expect.stringMatching(text) }, { type: 'close' }])
  }
})

test('hideClose hides the X, and no other button', async () => {
  const stage = await setStage()
  const query = { token: await stage.newToken(), app: 'slack' }
  const frame = await stage.openFrame({ ...query, hideClose: 'true' })
  await button(frame, 'Cancel').waitFor()
  expect(await button(frame, 'Close this page').count()).toBe(0)
  await clickForPopup(stage, frame)
  await button(frame, 'Show window').waitFor()
  expect(await button(frame, 'Close this page').count()).toBe(0)
  await button(frame, 'Cancel').click()
  await expect.poll(stage.messages).toEqual([{ type: 'close' }])
})

test('the X requests to close the page, also while a pop-up is open', async () => {
  const stage = await setStage()
  const query = { token: await stage.newToken(), app: 'slack' }
  await button(await stage.openFrame(query), 'Close this page').click()
  await expect.poll(stage.messages).toEqual([{ type: 'close' }])
  const again = await stage.openFrame(query)
  const popup = await clickForPopup(stage, again)
  await button(again, 'Close this page').click()
  await expect.poll(stage.messages).toEqual([{ type: 'close' }])
  await expect.poll(() => popup.isClosed()).toBe(true)
})

test('reconnecting makes the same account healthy again', async () => {
  const stage = await setStage({
    accounts: [
      { id: 'apn_old', externalUserId: 'ada', app: 'slack', name: 'old@example.com', dead: true },
    ],
  })
  const token = await stage.newToken()
  const frame = await stage.openFrame({ token, app: 'slack', accountId: 'apn_old' })
  await frame.getByText('old@example.com').waitFor()
  const popup = await clickForPopup(stage, frame)
  await button(popup, 'Allow').click()
  await button(frame, 'Close').waitFor()
  expect(await stage.listAccounts()).toMatchObject([
    { id: 'apn_old', name: 'old@example.com', healthy: true, dead: null },
  ])
  expect(await stage.messages()).toEqual([{ type: 'success', authProvisionId: 'apn_old' }])
})

test('an OAuth app’s own fields are requested before the sign-in', async () => {
  const stage = await setStage()
  const frame = await stage.openFrame({ token: await stage.newToken(), app: 'zendesk' })
  await frame.getByLabel('Subdomain').fill('acme')
  await button(await clickForPopup(stage, frame), 'Allow').click()
  await button(frame, 'Close').waitFor()
  expect(await stage.listAccounts()).toMatchObject([{ app: { name_slug: 'zendesk' } }])
})

test('a Connect Link continues to the success page or to the error page', async () => {
  const stage = await setStage()
  const redirects = {
    success_redirect_uri: `${customerUrl}ok`,
    error_redirect_uri: `${customerUrl}failed`,
  }
  const open = async () => {
    const token = await stage.newToken(redirects)
    await stage.page.goto(
      `${stage.url}/_static/connect.html?token=${token}&connectLink=true&app=slack`,
    )
  }
  await open()
  await button(await clickForPopup(stage, stage.page), 'Allow').click()
  await stage.page.waitForURL(`${customerUrl}ok`)
  await open()
  await button(await clickForPopup(stage, stage.page), 'Deny').click()
  await stage.page.waitForURL(`${customerUrl}failed`)
  await open()
  await button(stage.page, 'Cancel').click()
  await stage.page.waitForURL(`${customerUrl}failed`)
  expect(await stage.listAccounts()).toHaveLength(1)
})

test('a Connect Link without redirects ends on its own page', async () => {
  const stage = await setStage()
  const token = await stage.newToken()
  const link = `${stage.url}/_static/connect.html?token=${token}&connectLink=true&app=slack`
  await stage.page.goto(link)
  await button(await clickForPopup(stage, stage.page), 'Allow').click()
  await stage.page.getByRole('heading', { name: 'Slack is connected' }).waitFor()
  await stage.page.goto(link)
  await stage.page.getByText('This link has expired.').waitFor()
  expect(await button(stage.page, 'Continue').count()).toBe(0)
})

test('a Connect Link adds the account to its return address when configured', async () => {
  const stage = await setStage({}, { successRedirect: 'account-id' })
  const token = await stage.newToken({ success_redirect_uri: `${customerUrl}ok?flow=7` })
  await stage.page.goto(
    `${stage.url}/_static/connect.html?token=${token}&connectLink=true&app=slack`,
  )
  await button(await clickForPopup(stage, stage.page), 'Allow').click()
  await stage.page.waitForURL(`${customerUrl}ok?**`)
  const [account] = await stage.listAccounts()
  expect(stage.page.url()).toBe(`${customerUrl}ok?flow=7&account_id=${String(account?.id)}`)
})

test('the dialog and the provider show the product’s name', async () => {
  const stage = await setStage({ project: { appName: 'Widgets' } })
  const frame = await stage.openFrame({ token: await stage.newToken(), app: 'slack' })
  const sentence = 'Widgets is the name of the Pipedream emulator’s project.'
  await frame.getByText(sentence).waitFor()
  const popup = await clickForPopup(stage, frame)
  await popup.getByText(sentence).waitFor()
  expect(await popup.getByText('Acme').count()).toBe(0)
})

test('the pages run only their own files, and keep their opener', async () => {
  const { url } = await setStage()
  const { headers } = await fetch(`${url}/_static/connect.html`)
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self';/)
  expect(headers.get('content-security-policy')).not.toContain('frame-ancestors')
  expect(headers.get('cross-origin-opener-policy')).toBeNull()
  expect(headers.get('referrer-policy')).toBe('no-referrer')
})

test('values of an override are not requested, and connect with keys', async () => {
  const stage = await setStage()
  const cfmap = { accountSid: 'AC-acme' }
  const appOverrideId = await stage.newOverride({ app: 'twilio', name: 'acme', cfmap })
  const frame = await stage.openFrame({ token: await stage.newToken(), app: '', appOverrideId })
  await frame.getByRole('heading', { name: 'Connect Twilio' }).waitFor()
  expect(await frame.locator('[data-credential]').count()).toBe(1)
  await frame.locator('[data-credential]').fill('example')
  await button(frame, 'Connect').click()
  await button(frame, 'Close').waitFor()
  expect(await stage.listAccounts()).toMatchObject([
    { app: { name_slug: 'twilio' }, credentials: { accountSid: 'AC-acme', authToken: 'example' } },
  ])
})

test('an override’s values leave nothing to enter before the sign-in', async () => {
  const stage = await setStage()
  const cfmap = { subdomain: 'acme' }
  const appOverrideId = await stage.newOverride({ app: 'zendesk', name: 'acme', cfmap })
  const frame = await stage.openFrame({
    token: await stage.newToken(),
    app: 'zendesk',
    appOverrideId,
  })
  expect(await frame.locator('[data-credential]').count()).toBe(0)
  await button(await clickForPopup(stage, frame), 'Allow').click()
  await button(frame, 'Close').waitFor()
  expect(await stage.listAccounts()).toMatchObject([{ app: { name_slug: 'zendesk' } }])
})

test('the development environment mentions Pipedream’s extra sign-in, production does not', async () => {
  const stage = await setStage()
  const frame = await stage.openFrame({ token: await stage.newToken(), app: 'slack' })
  await note(frame).waitFor()
  const token = await stage.newToken({}, 'production')
  const other = await stage.openFrame({ token, app: 'slack' })
  await button(other, 'Continue').waitFor()
  expect(await note(other).count()).toBe(0)
})

test('users who are not signed in to pipedream.com are rejected in development only', async () => {
  const stage = await setStage()
  stage.emulator.faults.add({ kind: 'signed-out' })
  const frame = await stage.openFrame({ token: await stage.newToken(), app: 'slack' })
  await frame.getByRole('alert').getByText('Sign in to pipedream.com').waitFor()
  expect(await button(frame, 'Continue').count()).toBe(0)
  expect(await stage.messages()).toMatchObject([{ type: 'error' }])
  const token = await stage.newToken({}, 'production')
  await button(await stage.openFrame({ token, app: 'slack' }), 'Continue').waitFor()
})

test('the provider shows the scopes of the requested profile, and the user can withhold some', async () => {
  const stage = await setStage()
  const token = await stage.newToken({ allow_progressive_scopes: true })
  const frame = await stage.openFrame({ token, app: 'slack', oauthScopeProfile: 'read_only' })
  const popup = await clickForPopup(stage, frame)
  const scopes = popup.getByRole('group', { name: 'Acme will be able to access' })
  expect(await scopes.getByRole('checkbox').count()).toBe(2)
  await scopes.getByLabel('users:read').uncheck()
  await button(popup, 'Allow').click()
  await button(frame, 'Close').waitFor()
  expect(await stage.listAccounts()).toMatchObject([{ authorized_scopes: ['channels:read'] }])
})

test('customOauthClient asks the user for an OAuth client', async () => {
  const stage = await setStage()
  const query = { token: await stage.newToken(), app: 'slack', customOauthClient: 'true' }
  const frame = await stage.openFrame(query)
  await frame.getByLabel('Client ID').fill('their-client')
  await frame.getByLabel('Client Secret').fill('their-secret')
  const asked: string[] = []
  stage.context.on('request', (request) => asked.push(request.url()))
  await button(await clickForPopup(stage, frame), 'Allow').click()
  await button(frame, 'Close').waitFor()
  expect(await stage.listAccounts()).toMatchObject([
    { credentials: { oauth_client_id: 'their-client' } },
  ])
  expect(asked.join()).not.toContain('their-secret')
})

test('an account can be connected with the keyboard only', async () => {
  const stage = await setStage()
  const frame = await stage.openFrame({ token: await stage.newToken(), app: 'slack' })
  await expect.poll(() => focus(frame).textContent()).toBe('Continue')
  const opened = stage.context.waitForEvent('page')
  await focus(frame).press('Enter')
  const popup = await opened
  await button(popup, 'Allow').waitFor()
  await popup.getByLabel('ada@example.com').focus()
  await popup.keyboard.press('ArrowDown')
  await popup.keyboard.press('Enter')
  await frame.getByRole('heading', { name: 'Slack is connected' }).waitFor()
  await expect.poll(() => focus(frame).textContent()).toBe('Slack is connected')
  await focus(frame).press('Escape')
  await expect.poll(stage.messages).toMatchObject([{ type: 'success' }, { type: 'close' }])
  expect(await stage.listAccounts()).toMatchObject([{ name: 'grace@example.com' }])
})
