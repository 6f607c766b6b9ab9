import { afterAll } from 'vitest'
import { logWatch } from './fixtures/log-watch.ts'

// Runs in every test file: whatever its gateways logged on whatever occasion, no line holds a secret that they used.
afterAll(() => {
  const leaks = logWatch.findLeaks()
  if (leaks.length > 0) throw new Error(`Lines of the log hold a secret:\n${leaks.join('\n')}`)
})
