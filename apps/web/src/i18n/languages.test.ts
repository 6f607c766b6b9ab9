import { expect, test } from 'vitest'
import { localeFor, preferredLanguage } from './languages.ts'

test.each([
  [['de-AT', 'en'], 'de'],
  [['pt-BR', 'fr-CA', 'en-US'], 'fr'],
  [['ja'], 'ja'],
  [['pt', 'nl'], 'en'],
  [['toString'], 'en'],
  [[], 'en'],
])('of %j the app speaks %s', (wanted, language) => {
  expect(preferredLanguage(wanted)).toBe(language)
})

test('dates are written as in the person’s region', () => {
  expect(localeFor('en', ['de-DE', 'en-GB', 'en-US'])).toBe('en-GB')
  expect(localeFor('fr', ['de-DE'])).toBe('fr')
  expect(localeFor('en', ['en-US@posix', 'en-GB'])).toBe('en-GB')
  expect(localeFor('en', ['en-US@posix'])).toBe('en')
})
