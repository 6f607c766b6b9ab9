import { expect, test } from 'vitest'
import { accountHealth } from './HealthBadge.tsx'

test.each([
  [{ healthy: true, dead: false, held: false }, 'healthy'],
  [{ healthy: false, dead: false, held: false }, 'needsAttention'],
  [{ healthy: false, dead: true, held: false }, 'reconnectNeeded'],
  [{ healthy: true, dead: true, held: false }, 'reconnectNeeded'],
  [{ healthy: true, dead: false, held: true }, 'waiting'],
] as const)('%o is %s', (flags, health) => {
  expect(accountHealth(flags, { connecting: false })).toBe(health)
})

test('a held account is being checked while this page is in a flow of its app', () => {
  const held = { healthy: true, dead: false, held: true }
  expect(accountHealth(held, { connecting: true })).toBe('checking')
})
