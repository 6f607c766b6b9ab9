import type { Locator, Page } from 'chromium'
import { afterEach, describe, expect, test } from 'vitest'
import { violationsInBothSchemes } from './axe.ts'
import { type SessionUser, useBrowserSession } from './browser-session.ts'
import { addFault, allIsWell } from './emulator-control.ts'
import { startStack } from './start-stack.ts'
import { allow, answerWith, connectButton, connectFrame, failOnce, notices } from './stories.ts'

const session = useBrowserSession({ startStack })

type ContextOptions = Parameters<typeof session.createUser>[0]

afterEach(async () => allIsWell(session.stack.emulatorUrl))

/** Opens the console as an operator. */
async function openConsole(options?: ContextOptions): Promise<Page> {
  const operator = await session.createUser({ role: 'operator', ...options })
  const page = await operator.open('/operator')
  await expect(page.getByRole('heading', { name: 'Operator', level: 1 })).toAppear()
  return page
}

/** Opens the accounts page as a new user, in a browser of their own. */
async function openPerson(): Promise<{ page: Page; name: string }> {
  const { name, open } = await session.createUser()
  const page = await open()
  await expect(connectButton(page, 'Google Sheets')).toAppear()
  return { page, name }
}

/** A new user with an account. */
async function createConnected(): Promise<SessionUser> {
  const user = await session.createUser()
  await user.connect('ada@example.com')
  return user
}

function part(page: Page, name: string): Locator {
  return page.getByRole('region', { name, exact: true })
}

/** The flows of one user in the console. */
function flowsOf(operator: Page, name: string): Locator {
  return part(operator, 'Connection attempts').getByRole('listitem').filter({ hasText: name })
}

/** Opens the kill switch with the preview for one user. */
async function planFor(operator: Page, name: string): Promise<Locator> {
  const killSwitch = part(operator, 'Kill switch')
  await killSwitch.getByLabel('User', { exact: true }).fill(name)
  await killSwitch.getByRole('button', { name: 'Preview' }).click()
  await expect(killSwitch.getByRole('row', { name: /Google Sheets/ })).toAppear()
  return killSwitch
}

describe('the flows', () => {
  test('appear live, with their timelines', async () => {
    const operator = await openConsole()
    const { page, name } = await openPerson()
    await connectButton(page, 'Google Sheets').click()
    await expect(flowsOf(operator, name).getByText('In progress', { exact: true })).toAppear()
    await allow(page, 'ada@example.com')
    const flow = flowsOf(operator, name)
    await expect(flow.getByText('Succeeded')).toAppear()
    await flow.getByText('Timeline').click()
    for (const step of ['Connect token issued', 'Connect page opened', 'Account connected']) {
      await expect(flow.getByText(step)).toAppear()
    }
  })

  test('are found by the user’s support code, with the step that failed', async () => {
    await addFault(session.stack.emulatorUrl, {
      kind: 'consent-denied',
      path: '/_provider/google_sheets/*',
    })
    const { page, name } = await openPerson()
    await connectButton(page, 'Google Sheets').click()
    await allow(page, 'ada@example.com')
    await connectFrame(page).getByRole('button', { name: 'Close', exact: true }).click()
    const told = await notices(page)
      .getByText(/with code \S+/)
      .innerText()
    const code = /with code (\S+)\./.exec(told)?.[1] ?? ''

    await allIsWell(session.stack.emulatorUrl)
    const operator = await openConsole()
    const { name: otherName } = await createConnected()
    await expect(flowsOf(operator, otherName)).toAppear()
    await part(operator, 'Connection attempts').getByRole('searchbox').fill(code)
    await expect(flowsOf(operator, otherName)).toGoAway()
    const flow = flowsOf(operator, name)
    await expect(flow.getByText('Ended in the connect page')).toAppear()
    await expect(flow.getByText('Failed', { exact: true })).toAppear()

    await operator.reload()
    await expect(flowsOf(operator, name)).toAppear()
    await expect(flowsOf(operator, otherName)).toGoAway()
  })

  test('are found by user, app and status', async () => {
    const { name } = await createConnected()
    const operator = await openConsole()
    const search = part(operator, 'Connection attempts').getByRole('searchbox')
    await search.fill(name)
    await expect(flowsOf(operator, name)).toAppear()
    await part(operator, 'Connection attempts').getByLabel('Status').selectOption('Failed')
    await expect(part(operator, 'Connection attempts').getByText('No matching attempts')).toAppear()
    await part(operator, 'Connection attempts').getByLabel('Status').selectOption('Succeeded')
    await expect(flowsOf(operator, name)).toAppear()
    await search.fill('slack')
    await expect(flowsOf(operator, name)).toGoAway()
  })
})

test('the metrics count the attempts, and the charts have tables', async () => {
  await createConnected()
  const operator = await openConsole()
  const figures = part(operator, 'Metrics')
  await expect(figures.getByText('100%').first()).toAppear()
  await figures.getByText('Show as table').first().click()
  await expect(figures.getByRole('table', { name: /^Success rate/ })).toAppear()
  await expect(figures.getByText('POST /v1/connect/:id/tokens')).toAppear()
  await figures.getByLabel('Period').selectOption('Last 90 days')
  await expect(figures.getByText('Attempts started')).toAppear()
})

describe('the health', () => {
  test('of the gateway’s dependencies is shown as text', async () => {
    const operator = await openConsole()
    await expect(part(operator, 'Health').getByText('Up', { exact: true }).first()).toAppear()
    await expect(part(operator, 'Health').getByText('Up', { exact: true }).nth(1)).toAppear()
    await expect(part(operator, 'Health').getByText('Live connections')).toAppear()
  })

  test('names what is down', async () => {
    const operator = await session.createUser({ role: 'operator' })
    const page = await operator.open()
    const health = {
      upstream: { state: 'DOWN' },
      database: { isUp: false, isMigrated: false, writesWaiting: 7 },
      subscriptions: { open: 1 },
    }
    await answerWith(page, 'Health', { operator: { __typename: 'Operator', health } })
    await page.getByRole('link', { name: 'Operator' }).click()
    await expect(part(page, 'Health').getByText('Down (requests paused)')).toAppear()
    await expect(part(page, 'Health').getByText('Unreachable')).toAppear()
    await expect(part(page, 'Health').getByText('7 queued writes')).toAppear()
  })
})

describe('the token inspector', () => {
  test('masks tokens until they are revealed', async () => {
    const operator = await openConsole()
    const tokens = part(operator, 'Token inspector')
    await tokens.getByRole('button', { name: 'Create access token' }).click()
    await expect(tokens.getByText('Bearer')).toAppear()
    await tokens.getByRole('button', { name: 'Create connect token' }).click()
    await expect(tokens.getByText('Connect Link')).toAppear()
    expect(await operator.content()).not.toMatch(/ctok_\w|eyJ\w/)

    await tokens.getByRole('button', { name: 'Reveal: Connect token' }).click()
    await expect(tokens.getByText(/^ctok_/)).toAppear()
    await tokens.getByRole('button', { name: 'Hide: Connect token' }).click()
    await expect(tokens.getByText(/^ctok_/)).toGoAway()
  })

  test('shows why a token could not be created', async () => {
    const operator = await openConsole()
    const tokens = part(operator, 'Token inspector')
    await tokens.getByLabel('App').fill('no_such_app')
    await tokens.getByRole('button', { name: 'Create connect token' }).click()
    await expect(tokens.getByText('no longer available')).toAppear()
  })
})

describe('the kill switch', () => {
  test('shows a preview, disconnects the accounts, and shows the result', async () => {
    const { name, open } = await createConnected()
    const page = await open()
    await expect(page.getByText('1 connected')).toAppear()
    const operator = await openConsole()
    const killSwitch = await planFor(operator, name)
    await killSwitch.getByRole('button', { name: 'Disconnect 1 account' }).click()
    await expect(killSwitch.getByText('1 account disconnected.')).toAppear()
    await expect(page.getByText('No accounts yet')).toAppear()
    await expect(
      part(operator, 'Other events')
        .getByText(/by operator/)
        .first(),
    ).toAppear()
  })

  test('disconnects nothing when the list has changed since the preview', async () => {
    const { name, connect } = await createConnected()
    const operator = await openConsole()
    const killSwitch = await planFor(operator, name)

    await connect('grace@example.com')
    await killSwitch.getByRole('button', { name: 'Disconnect 1 account' }).click()
    await expect(killSwitch.getByText('The list has changed')).toAppear()
    expect(await killSwitch.getByRole('button', { name: /^Disconnect/ }).count()).toBe(0)
  })

  test('requires a user or an app, and drops the preview when the input changes', async () => {
    const { name } = await createConnected()
    const operator = await openConsole()
    const killSwitch = part(operator, 'Kill switch')
    await killSwitch.getByRole('button', { name: 'Preview' }).click()
    await expect(killSwitch.getByText('Enter a user ID or an app slug.')).toAppear()
    await killSwitch.getByLabel('User', { exact: true }).fill(name)
    await killSwitch.getByRole('button', { name: 'Preview' }).click()
    await expect(killSwitch.getByRole('button', { name: 'Disconnect 1 account' })).toAppear()
    await killSwitch.getByLabel('User', { exact: true }).fill(`${name}-another`)
    await expect(killSwitch.getByRole('button', { name: 'Disconnect 1 account' })).toGoAway()
  })
})

test('a section that fails to load shows an error and can be retried; the others work', async () => {
  const operator = await session.createUser({ role: 'operator' })
  const page = await operator.open()
  await failOnce(page, 'Health')
  await page.getByRole('link', { name: 'Operator' }).click()
  await part(page, 'Health').getByRole('button', { name: 'Try again' }).click()
  await expect(part(page, 'Health').getByText('Up', { exact: true }).first()).toAppear()
  await expect(part(page, 'Metrics').getByText('Attempts started')).toAppear()
})

test('other users see no link to the console, and “Page not found” at its path', async () => {
  const { page } = await openPerson()
  expect(await page.getByRole('link', { name: 'Operator' }).count()).toBe(0)
  await page.goto(`${session.stack.appUrl}/operator`)
  await expect(page.getByText('Page not found')).toAppear()
})

test.each([
  ['a screen', { width: 1280, height: 720 }],
  ['a phone', { width: 390, height: 844 }],
])('axe has nothing to say on %s, in light and in dark', async (_name, viewport) => {
  const operator = await openConsole({ viewport })
  const { name } = await createConnected()
  await flowsOf(operator, name).getByText('Timeline').click()
  await operator.getByRole('button', { name: 'Create access token' }).click()
  await expect(operator.getByText('Bearer')).toAppear()
  await operator.getByLabel('User', { exact: true }).fill(name)
  await operator.getByRole('button', { name: 'Preview' }).click()
  await expect(operator.getByRole('button', { name: 'Disconnect 1 account' })).toAppear()
  expect(await violationsInBothSchemes(operator)).toEqual([])
  const overflow = await operator.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBeLessThanOrEqual(0)
})
