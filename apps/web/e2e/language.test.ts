import type { Page } from 'chromium'
import { expect, test } from 'vitest'
import { useBrowserSession } from './browser-session.ts'
import { signIn } from './stories.ts'

const session = useBrowserSession()

test('the chosen language applies immediately, on every page, and after a reload', async () => {
  const page = await session.openPage()
  await signIn(page)
  await expect(page.getByText('No accounts yet')).toAppear()
  await page.getByLabel('Language').selectOption('Deutsch')
  await expect(page.getByText('Noch keine Konten')).toAppear()
  expect(await languageOf(page)).toEqual(['de', 'ltr', 'Konten · Connected Accounts'])

  await page.reload()
  await expect(page.getByText('Noch keine Konten')).toAppear()
  expect(await languageOf(page)).toEqual(['de', 'ltr', 'Konten · Connected Accounts'])

  await page.getByRole('button', { name: 'Google Sheets verbinden' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Konto verbinden' })
  await expect(dialog.getByTitle('Konto verbinden')).toAppear()
  await dialog.getByRole('button', { name: 'Schließen' }).click()
  await expect(page.getByText('Google Sheets wurde nicht verbunden.')).toAppear()

  await page.getByRole('link', { name: 'Verlauf' }).click()
  await expect(page.getByRole('heading', { name: 'Verlauf' })).toAppear()
  await page.getByRole('button', { name: 'Abmelden' }).click()
  await expect(page.getByRole('heading', { name: 'Anmelden' })).toAppear()
  expect(await page.getByLabel('Sprache').inputValue()).toBe('de')
})

test('the default is the browser’s language', async () => {
  const page = await session.openPage({ locale: 'fr-CA' })
  await expect(page.getByRole('button', { name: 'Se connecter' })).toAppear()
  expect(await page.getByRole('combobox').inputValue()).toBe('fr')
})

test('choosing a language keeps the input and the focus', async () => {
  const page = await session.openPage()
  await page.getByLabel('Name').fill('ada')
  await page.getByLabel('Language').focus()
  await page.getByLabel('Language').selectOption('日本語')
  await page.locator('html[lang=ja]').waitFor()
  expect(await page.getByRole('textbox').inputValue()).toBe('ada')
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SELECT')
})

/** Returns the page's language, its writing direction and the title of the window. */
async function languageOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { lang, dir } = document.documentElement
    return [lang, dir, document.title]
  })
}
