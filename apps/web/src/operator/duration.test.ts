import { expect, test } from 'vitest'
import { formatDuration } from './duration.ts'

test.each([
  [0, '0 ms'],
  [849.6, '850 ms'],
  [4230, '4.2 sec'],
  [59_999, '60 sec'],
  [195_000, '3.3 min'],
])('%d ms is %s', (ms, words) => {
  expect(formatDuration(ms, 'en')).toBe(words)
})

test('is formatted for the locale', () => {
  expect(formatDuration(4230, 'de')).toBe('4,2 Sek.')
})
