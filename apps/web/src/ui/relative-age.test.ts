import { describe, expect, test } from 'vitest'
import { relativeAge } from './relative-age.ts'

const NOW = new Date('2026-03-25T12:00:00Z')
const ago = (seconds: number, locale = 'en') =>
  relativeAge({ instant: new Date(NOW.getTime() - seconds * 1000), now: NOW, locale })

describe('relativeAge', () => {
  test.each([
    [0, undefined],
    [59, undefined],
    [60, '1 minute ago'],
    [5 * 60 + 59, '5 minutes ago'],
    [60 * 60, '1 hour ago'],
    [23 * 3600, '23 hours ago'],
    [24 * 3600, 'yesterday'],
    [6 * 86_400, '6 days ago'],
    [7 * 86_400, 'last week'],
    [31 * 86_400, 'last month'],
    [400 * 86_400, 'last year'],
    [800 * 86_400, '2 years ago'],
  ])('%i seconds read "%s"', (seconds, messages) => {
    expect(ago(seconds)).toBe(messages)
  })

  test('it is told in the person’s language', () => {
    expect(ago(24 * 3600, 'de')).toBe('gestern')
    expect(ago(5 * 60, 'ja')).toBe('5 分前')
  })

  test('an instant ahead of this clock counts as now', () => {
    expect(ago(-300)).toBe(undefined)
  })
})
