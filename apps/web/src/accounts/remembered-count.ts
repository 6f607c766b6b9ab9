import { ownName } from '../ui/base-path.ts'

const key = () => ownName('account-count')
const MOST_SHOWN = 8

/**
 * How many accounts this browser showed last, from 0 to 8: that many places are held while the list loads, so that
 * the catalogue below does not move. It is a number and nothing else, because another person may sign in here next.
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
    // Storage may be full or forbidden; the page then moves a little when it loads.
  }
}

function readStored(): string | null {
  try {
    return localStorage.getItem(key())
  } catch {
    return null
  }
}
