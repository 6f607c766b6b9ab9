import { expect, test } from 'vitest'
import { defineCatalogue } from './define-catalogue.ts'

const german = { greeting: 'Hallo' }
const missing = async () => Promise.reject(new TypeError('Failed to fetch'))

test('English is there immediately, and another language is the same promise whenever it is read', async () => {
  const catalogue = defineCatalogue(
    { greeting: 'Hello' },
    { de: async () => ({ messages: german }), es: missing, fr: missing, ja: missing },
  )
  expect(catalogue.read('en')).toEqual({ greeting: 'Hello' })
  const loading = catalogue.read('de')
  expect(loading).toBeInstanceOf(Promise)
  expect(catalogue.read('de')).toBe(loading)
  expect(await loading).toBe(german)
  expect(catalogue.read('de')).toBe(loading)
})

test('a language that cannot be loaded gives way to English', async () => {
  const catalogue = defineCatalogue(
    { greeting: 'Hello' },
    { de: missing, es: missing, fr: missing, ja: missing },
  )
  expect(await catalogue.read('fr')).toEqual({ greeting: 'Hello' })
})
