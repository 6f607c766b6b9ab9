import { ownName } from '../ui/base-path.ts'

const key = () => ownName('account-count')
const MOST_SHOWN = 8

/**
 * How many accounts this browser showed last, from 0 to 8. The list shows that many placeholders while it loads, so that the
 * catalogue below doesn't move. Only the number is stored, because another user may sign in next.
 */
export function rememberedCount(): number {
  const count = Number(readStored())
  return Number.isInteger(count) ? Math.min(Math.max(count, 0), MOST_SHOWN) : 0
}

/** Remembers how many accounts are shown. */
export function rememberCount(count: number): void {
  try {
    localStorage.setItem(key(), String(count))
  } catch {
    // Storage may be full or blocked. Then the page moves a little when it loads.
  }
}

function readStored(): string | null {
  try {
    return localStorage.getItem(key())
  } catch {
    return null
  }
}
