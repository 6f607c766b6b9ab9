import { expect, test } from 'vitest'
import { accountHealth } from './HealthBadge.tsx'

test.each([
  [{ healthy: true, dead: false }, 'healthy'],
  [{ healthy: false, dead: false }, 'needsAttention'],
  [{ healthy: false, dead: true }, 'reconnectNeeded'],
  [{ healthy: true, dead: true }, 'reconnectNeeded'],
] as const)('%o is %s', (flags, health) => {
  expect(accountHealth(flags)).toBe(health)
})
