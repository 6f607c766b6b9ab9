import { type Browser, type Page, launchChromium } from 'chromium'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundlePage } from './connect-react/bundle-page.ts'
import { openProduct } from './connect-react/open-product.ts'

let browser: Browser
let script: string
beforeAll(async () => {
  ;[browser, script] = await Promise.all([launchChromium(), bundlePage()])
})
afterAll(() => browser.close())

const ADA = {
  externalUserId: 'ada',
  app: 'google_sheets',
  id: 'apn_AdaSheets',
  name: 'ada@example.com',
}
const SHEET1 = 'https://sheets.googleapis.com/v4/spreadsheets/contacts-apn_AdaSheets/values/Sheet1'

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('option').getByText(name, { exact: true }).click()
}

/** The form of "Add Single Row" with ada's account selected. The first picker selects the account and has no name. */
async function openForm(page: Page) {
  await region(page, 'Choose an app').getByRole('combobox').fill('Google Sheets')
  await choose(page, 'Google Sheets')
  await region(page, 'Choose an action').getByRole('combobox').click()
  await choose(page, 'Add Single Row')
  const form = region(page, 'Action')
  await form.getByRole('combobox').first().click()
  await choose(page, 'ada@example.com')
  return form
}

test('a row that is entered column by column arrives in the spreadsheet', async () => {
  await using product = await openProduct(browser, { script, seed: { accounts: [ADA] } })
  const { page, pipedream } = product
  const form = await openForm(page)
  await form.getByRole('combobox', { name: 'Spreadsheet' }).click()
  await choose(page, 'Contacts')
  await form.getByRole('combobox', { name: 'Worksheet' }).click()
  await choose(page, 'Sheet1')
  await form.getByRole('checkbox', { name: 'Does the first row' }).check()
  // The columns come from the dynamic props; an optional one is hidden until it is selected.
  await form.getByRole('button', { name: 'Name' }).click()
  await form.getByRole('textbox', { name: 'Name' }).fill('Ada')
  await form.getByRole('button', { name: 'Email' }).click()
  await form.getByRole('textbox', { name: 'Email' }).fill('ada@example.com')
  await form.getByRole('button', { name: 'Submit' }).click()
  await form.getByRole('status').getByText('contacts-apn_AdaSheets').waitFor()
  const read = await pipedream.proxy.get({
    url: SHEET1,
    externalUserId: 'ada',
    accountId: 'apn_AdaSheets',
  })
  expect(read).toMatchObject({
    values: [
      ['Name', 'Email', 'Phone'],
      ['Ada', 'ada@example.com'],
    ],
  })
  expect(product.complaints).toEqual([])
})

test('the form says why there are no options', async () => {
  const seed = { accounts: [{ ...ADA, dead: true }] }
  await using product = await openProduct(browser, { script, seed })
  const form = await openForm(product.page)
  await form.getByText('invalid authentication credentials').waitFor()
  expect(await form.getByRole('button', { name: 'Submit' }).isDisabled()).toBe(true)
  expect(product.complaints).toEqual([])
})

/**
 * The optional props of the form in order, with the value to select or enter where it has no value. The data store is left out,
 * because the official forms throw at its type. A prop's options are requested after the props above it are set.
 */
const OPTIONAL: readonly [name: string, chosen?: string | undefined, typed?: string][] = [
  ['View', 'Grid view'],
  ['Field', 'Status'],
  ['Discord Channel', '#announcements'],
  ['Discord Channels', '#general'],
  ['Secret', undefined, 'example'],
  ['File', undefined, 'https://files.example.com/a.txt'],
  ['Choice', 'Nested'],
  ['Remote Text', '#general'],
  ['Texts'],
  ['Remote Texts', '#general'],
  ['Remote Integer', 'Two'],
  ['Integers'],
  ['Remote Integers', 'Two'],
  ['Flag'],
  ['Object'],
  ['Anything', 'Seven'],
  ['SQL'],
  ['HTTP Request'],
]

test('a form with a prop of every type renders, can be filled in, and is submitted', async () => {
  const apps = ['airtable_oauth', 'discord']
  const seed = {
    accounts: apps.map((app) => ({ externalUserId: 'ada', name: 'ada@example.com', app })),
  }
  await using product = await openProduct(browser, { script, seed })
  const { page } = product
  await region(page, 'Choose an app').getByRole('combobox').fill('Airtable')
  await choose(page, 'Airtable')
  await region(page, 'Choose an action').getByRole('combobox').click()
  await choose(page, 'Every Prop Type')
  const form = region(page, 'Action')
  const show = (name: string) =>
    form.getByRole('button', { name: `+ ${name}`, exact: true }).click()
  const select = async (name: string, value: string) => {
    await form.getByRole('combobox', { name, exact: true }).click()
    await choose(page, value)
  }
  await form.getByText('Every prop type is here').waitFor()
  await form.getByRole('combobox').first().click()
  await choose(page, 'ada@example.com')
  await show('discord')
  await form.getByRole('combobox').nth(1).click()
  await choose(page, 'ada@example.com')
  await select('Base', 'Sales CRM')
  await select('Table', 'Features')
  for (const [name, chosen, typed] of OPTIONAL) {
    await show(name)
    if (chosen !== undefined) await select(name, chosen)
    if (typed !== undefined) await form.getByRole('textbox', { name, exact: true }).fill(typed)
  }
  await form.getByRole('button', { name: 'Submit' }).click()
  await form.getByRole('status').getByText('Received').waitFor()
  expect(product.complaints).toEqual([])
})
