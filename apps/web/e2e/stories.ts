import { randomUUID } from 'node:crypto'
import type { FrameLocator, Locator, Page, Route } from 'chromium'

/** Signs in with a name that no other test uses. Returns the name. */
export async function signIn(page: Page, name = `user-${randomUUID()}`): Promise<string> {
  await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  return name
}

/** The hosted page, in its frame. */
export function connectFrame(page: Page): FrameLocator {
  return page.frameLocator('dialog iframe')
}

/** The catalogue's button that connects an app. */
export function connectButton(page: Page, appName: string): Locator {
  return page
    .getByRole('region', { name: 'Connect an app' })
    .getByRole('button', { name: `Connect ${appName}`, exact: true })
}

/** Opens the fake provider's pop-up from the frame. */
export async function openProvider(page: Page): Promise<Page> {
  const popup = page.waitForEvent('popup')
  await connectFrame(page).getByRole('button', { name: 'Continue' }).click()
  return popup
}

/** Completes the frame and the pop-up, as a user would. */
export async function allow(page: Page, accountName: string): Promise<void> {
  const provider = await openProvider(page)
  await provider.getByLabel(accountName).check()
  await provider.getByRole('button', { name: 'Allow' }).click()
}

/** Connects a Google Sheets account, and waits until it is listed as confirmed. */
export async function connectGoogleSheets(page: Page, accountName: string): Promise<void> {
  await connectButton(page, 'Google Sheets').click()
  await allow(page, accountName)
  await accountRow(page, accountName).getByText('Healthy').waitFor()
}

/** The listed account of this name. For a moment it may need confirmation. */
export function accountRow(page: Page, accountName: string): Locator {
  return page
    .getByRole('region', { name: 'Your accounts' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: accountName }) })
}

/** The page's notices. */
export function notices(page: Page): Locator {
  return page.getByRole('region', { name: 'Notifications' })
}

/** The label or text of the focused element. */
export async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
  })
}

/** Makes the next request of one GraphQL operation fail before it reaches the server. */
export async function failOnce(page: Page, operationName: string): Promise<void> {
  let failed = false
  await page.route('**/graphql', async (route) => {
    if (failed || !isRequestOf(route, operationName)) return route.fallback()
    failed = true
    return route.abort()
  })
}

/** Responds to every request of a GraphQL operation with `data`. */
export async function answerWith(page: Page, operationName: string, data: object): Promise<void> {
  await page.route('**/graphql', async (route) =>
    isRequestOf(route, operationName) ? route.fulfill({ json: { data } }) : route.fallback(),
  )
}

/** Makes requests to one path look as if from a foreign origin, which the gateway rejects with a message. */
export async function looksForeign(page: Page, path: string): Promise<void> {
  await page.route(`**${path}`, async (route) => {
    const response = await route.fetch({
      headers: { ...route.request().headers(), origin: 'https://elsewhere.example' },
    })
    await route.fulfill({ response })
  })
}

/** Ends the session of the page's browser without the page knowing, as an expired cookie does. */
export async function endSession(page: Page): Promise<void> {
  await page.context().request.post(new URL('/auth/sign-out', page.url()).href)
}

/** Ends the session just before a request of one GraphQL operation, so that no earlier request is affected. */
export async function endSessionBefore(page: Page, operationName: string): Promise<void> {
  await page.route('**/graphql', async (route) => {
    if (isRequestOf(route, operationName)) await endSession(page)
    return route.fallback()
  })
}

/** Switches the user of the page's browser without the page knowing. Returns the name. */
export async function becomeAnotherUser(page: Page): Promise<string> {
  const externalUserId = `user-${randomUUID()}`
  const url = new URL('/auth/demo', page.url()).href
  await page.context().request.post(url, { data: { externalUserId } })
  return externalUserId
}

/** Switches the user just before a request of one GraphQL operation. Returns the name. */
export async function becomeAnotherUserBefore(page: Page, operationName: string): Promise<string> {
  const name = Promise.withResolvers<string>()
  let hasSwitched = false
  await page.route('**/graphql', async (route) => {
    if (!hasSwitched && isRequestOf(route, operationName)) {
      hasSwitched = true
      name.resolve(await becomeAnotherUser(page))
    }
    return route.fallback()
  })
  return name.promise
}

/** Keeps the page's GraphQL requests from being sent, until the returned function is called. */
export async function holdRequests(page: Page): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  await page.route('**/graphql', async (route) => {
    await promise
    return route.fallback()
  })
  return resolve
}

/** Simulates a return to the page's tab: a headless browser never hides one. */
export async function returnTo(page: Page): Promise<void> {
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
}

/** Makes every listed account dead, until the returned function is called. */
export async function breakAccounts(page: Page): Promise<() => void> {
  let isBroken = true
  await page.route('**/graphql', async (route) => {
    if (!isBroken || !isRequestOf(route, 'Accounts')) return route.fallback()
    const response = await route.fetch()
    const body = (await response.text())
      .replaceAll('"healthy":true', '"healthy":false')
      .replaceAll('"dead":false', '"dead":true')
      .replaceAll('"error":null', '"error":"The permission was revoked."')
    return route.fulfill({ response, body })
  })
  // The route stays: removing the last one ends interception, and loses what another frame is loading.
  return () => {
    isBroken = false
  }
}

/** Records the variables of every request of one GraphQL operation from now on. */
export function recordOperation(page: Page, operationName: string): unknown[] {
  const seen: unknown[] = []
  page.on('request', (request) => {
    if (!request.url().endsWith('/graphql')) return
    const body: unknown = request.postDataJSON()
    if (isOperation(body) && body.operationName === operationName) seen.push(body.variables)
  })
  return seen
}

function isRequestOf(route: Route, operationName: string): boolean {
  const body: unknown = route.request().postDataJSON()
  return isOperation(body) && body.operationName === operationName
}

function isOperation(body: unknown): body is { operationName: unknown; variables: unknown } {
  return typeof body === 'object' && body !== null && 'operationName' in body && 'variables' in body
}

const FRAME_TIMEOUT_MS = 30_000

/** Starts a flow whose frame doesn't load, and waits until the page offers a link. */
export async function loseFrame(page: Page): Promise<void> {
  await page.clock.install()
  await page.route('**/_static/connect.html*', async (route) => {
    if (route.request().frame() === page.mainFrame()) await route.fallback()
  })
  await connectButton(page, 'Google Sheets').click()
  await page.locator('iframe').waitFor()
  await page.clock.fastForward(FRAME_TIMEOUT_MS)
}

/** Connects a Google Sheets account with the link that a notice offers after the frame failed. */
export async function continueInTab(page: Page): Promise<Page> {
  const opened = page.waitForEvent('popup')
  await notices(page).getByRole('button', { name: 'Continue in a new tab' }).click()
  const tab = await opened
  const provider = tab.waitForEvent('popup')
  await tab.getByRole('button', { name: 'Continue' }).click()
  await (await provider).getByLabel('ada@example.com').check()
  await (await provider).getByRole('button', { name: 'Allow' }).click()
  return tab
}
