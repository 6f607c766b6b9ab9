import { randomBytes } from 'node:crypto'
import { isSameSecret, sha256 } from '../store/secrets.ts'

// 32 letters and digits that cannot be confused with each other, so that each has five random bits.
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const GROUPS = 3
const GROUP_LENGTH = 4

/** Returns a random code with 60 bits for a user to type, such as `K7QM-2XVB-9RTD`. */
export function createStartCode(): string {
  const letters = [...randomBytes(GROUPS * GROUP_LENGTH)].map((byte) => LETTERS[byte % 32])
  return Array.from({ length: GROUPS }, (_, group) =>
    letters.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH).join(''),
  ).join('-')
}

const MOST_WRONG = 10
const WINDOW_MS = 60_000

/** How a given code compares; a number: wrong, like too many before it, and the milliseconds until these are forgotten. */
type Comparison = 'right' | 'wrong' | number

/**
 * Returns a function that compares codes with this one in constant time. The right code is always accepted, so that no one can
 * lock out its owner; of wrong ones, ten a minute are called wrong. With 60 bits, guessing is hopeless at any rate.
 */
export function createCodeCheck(code: string): (given: string, now: Date) => Comparison {
  const hash = sha256(bare(code))
  let wrong = { since: 0, count: 0 }

  return (given, now) => {
    if (isSameSecret(bare(given), hash)) return 'right'
    const time = now.getTime()
    // A clock that was set back must not extend the wait.
    const elapsed = Math.abs(time - wrong.since)
    if (elapsed >= WINDOW_MS) wrong = { since: time, count: 0 }
    else if (wrong.count >= MOST_WRONG) return WINDOW_MS - elapsed
    wrong.count += 1
    return 'wrong'
  }
}

// Users type it with or without the dashes, and in lower case.
function bare(code: string): string {
  return code.replaceAll(/[^a-z\d]/gi, '').toUpperCase()
}
