import { expect, test } from 'vitest'
import { newId } from './new-id.ts'
import { readSupportCode, supportCodeOf } from './observability/support-code.ts'

const ids = Array.from({ length: 1000 }, newId)
const codes = ids.map((id) => id.slice(0, 8))

test('an ID is a UUID of version 8, and unique by far more than its start', () => {
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(readSupportCode(supportCodeOf(id))).toBe(id.slice(0, 8))
  }
  expect(new Set(ids.map((id) => id.slice(9))).size).toBe(ids.length)
})

test('IDs that are created together start alike, and no two of them by one digit', () => {
  const near = codes.flatMap((one, index) =>
    codes
      .slice(index + 1, index + 32)
      .filter((other) => distance(one, other) > 0 && distance(one, other) < 1000)
      .map((other) => countDifferences(one, other)),
  )
  expect(near.length).toBeGreaterThan(10_000)
  expect(Math.min(...near)).toBe(2)
})

function distance(one: string, other: string): number {
  return Number.parseInt(other, 16) - Number.parseInt(one, 16)
}

function countDifferences(one: string, other: string): number {
  return one.split('').filter((digit, index) => digit !== other[index]).length
}
