import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Browser, launchChromium, type Page } from 'chromium'
import { addFault, allIsWell } from './emulator-control.ts'
import { startStack } from './start-stack.ts'
import {
  allow,
  breakAccounts,
  connectButton,
  connectFrame,
  connectGoogleSheets,
  signIn,
} from './stories.ts'

// Takes the screenshots of the README: `pnpm screenshots`.
const FOLDER = resolve(import.meta.dirname, '../../../docs/images')
const SCREEN = { width: 1120, height: 700 }
const PHONE = { width: 390, height: 700 }

const stack = await startStack()
const browser = await launchChromium()
try {
  await rm(FOLDER, { recursive: true, force: true })
  await mkdir(FOLDER, { recursive: true })
  await takeFlow(browser)
  await takeCatalogue(browser)
  await takeFullList(browser)
  await takeOperator(browser)
} finally {
  await browser.close()
  await stack.stop()
}

/** From an empty list to an account. */
async function takeFlow(browser: Browser): Promise<void> {
  const page = await openPage(browser, 'demo-user')
  await take(page, 'accounts-empty')
  await connectButton(page, 'Google Sheets').click()
  await connectFrame(page).getByRole('button', { name: 'Continue' }).waitFor()
  await take(page, 'connecting')
  await page.context().close()
}

async function takeCatalogue(browser: Browser): Promise<void> {
  const page = await openPage(browser, 'demo-user')
  await page.getByRole('searchbox').fill('goo')
  await connectButton(page, 'Google Drive').waitFor()
  await page.getByRole('heading', { name: 'Connect an app' }).evaluate((heading) => {
    heading.scrollIntoView()
  })
  await take(page, 'catalogue')
  await page.context().close()
}

/** Several accounts. */
async function takeFullList(browser: Browser): Promise<void> {
  const page = await openPage(browser, 'ada')
  await connectGoogleSheets(page, 'ada@example.com')
  await connectGoogleSheets(page, 'grace@example.com')
  await connectButton(page, 'Slack').click()
  await allow(page, 'ada@example.com')
  await page.getByRole('region', { name: 'Slack' }).waitFor()
  // Reloads to remove the notice.
  await page.reload()
  await page.getByRole('region', { name: 'Slack' }).waitFor()
  await take(page, 'accounts-full')
  await page.emulateMedia({ colorScheme: 'dark' })
  await take(page, 'dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(PHONE)
  await take(page, 'phone')
  await page.setViewportSize(SCREEN)
  await page.getByRole('button', { name: /^Disconnect grace/ }).click()
  await page.getByRole('alertdialog').waitFor()
  await take(page, 'dialog')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('link', { name: 'Activity' }).click()
  await page.getByText('You connected Slack.').first().waitFor()
  await take(page, 'activity')
  await breakAccounts(page)
  await page.getByRole('link', { name: 'Accounts' }).click()
  await page.reload()
  await page.getByText('Reconnect needed').first().waitFor()
  await take(page, 'accounts-unhealthy')
  await page.context().close()
}

/** The operator console after a flow that failed. */
async function takeOperator(browser: Browser): Promise<void> {
  const person = await openPage(browser, 'grace')
  await addFault(stack.emulatorUrl, { kind: 'consent-denied', path: '/_provider/slack/*' })
  await connectButton(person, 'Slack').click()
  await allow(person, 'grace@example.com')
  await connectFrame(person).getByRole('button', { name: 'Close', exact: true }).click()
  await allIsWell(stack.emulatorUrl)
  await connectGoogleSheets(person, 'grace@example.com')
  await person.context().close()

  const page = await openPage(browser, 'olga', { operator: true })
  await page.getByRole('link', { name: 'Operator' }).click()
  await page.setViewportSize({ ...SCREEN, height: 1100 })
  await page.locator('.line-chart svg').first().waitFor()
  await page.getByText('Timeline').nth(1).click()
  await take(page, 'operator')
  const figures = page.getByRole('region', { name: 'Metrics' })
  await figures.screenshot({ path: join(FOLDER, 'figures.png') })
  await page.context().close()
}

async function openPage(browser: Browser, name: string, { operator = false } = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: SCREEN,
    reducedMotion: 'reduce',
    locale: 'en-US',
  })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  await page.goto(`${stack.appUrl}/accounts`)
  if (operator) await page.getByLabel('Sign in as an operator').check()
  await signIn(page, name)
  await connectButton(page, 'Google Sheets').waitFor()
  return page
}

async function take(page: Page, name: string): Promise<void> {
  // Waits for the visible logos; the others load when they are scrolled near.
  await page.evaluate(
    `Promise.all(Array.from(document.images)
      .filter((logo) => logo.getBoundingClientRect().top < innerHeight)
      .map((logo) => logo.decode()))`,
  )
  await page.screenshot({ path: join(FOLDER, `${name}.png`) })
}
