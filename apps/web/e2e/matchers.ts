import type { Locator } from 'chromium'
import { expect } from 'vitest'

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void>, T> {
    /** Waits until the locator finds something visible, and just one. */
    toAppear: () => T extends Locator ? Promise<void> : R
    /** Waits until the locator finds nothing. */
    toGoAway: () => T extends Locator ? Promise<void> : R
  }
}

expect.extend({
  async toAppear(locator: Locator) {
    return waitUntil(locator, 'visible')
  },
  async toGoAway(locator: Locator) {
    return waitUntil(locator, 'detached')
  },
})

async function waitUntil(locator: Locator, state: 'visible' | 'detached') {
  try {
    await locator.waitFor({ state })
    return { pass: true, message: () => `${String(locator)} is ${state}` }
  } catch (error) {
    return { pass: false, message: () => String(error) }
  }
}
