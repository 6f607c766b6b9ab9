import { expect, test } from 'vitest'
import { dayName } from './days.ts'

const now = new Date(2026, 2, 10, 0, 5)

test.each([
  [new Date(2026, 2, 10, 0, 1), 'en', 'Today'],
  [new Date(2026, 2, 9, 23, 59), 'de', 'Gestern'],
  [new Date(2026, 2, 8, 23, 59), 'en-GB', 'Sunday 8 March 2026'],
])('%s is called in %s %s', (day, locale, name) => {
  expect(dayName({ day, now, locale }).replace(',', '')).toBe(name)
})
