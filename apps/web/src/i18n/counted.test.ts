import { expect, test } from 'vitest'
import { countedIn } from './counted.ts'

const FORMS = { one: '# app', other: '# apps' }

test('the form follows the number by the rules of the language', () => {
  const english = countedIn('en')
  expect([0, 1, 3000].map((count) => english(count, FORMS))).toEqual([
    '0 apps',
    '1 app',
    '3,000 apps',
  ])
  expect(countedIn('fr')(0, FORMS)).toBe('0 app')
  expect(countedIn('ja')(1, FORMS)).toBe('1 apps')
})
