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

/** How a given code compares; a number: too many were wrong, so this one is not compared for so many milliseconds. */
type Comparison = 'right' | 'wrong' | number

/** Returns a function that compares codes with this one in constant time, ten wrong ones a minute at most. */
export function createCodeCheck(code: string): (given: string, now: Date) => Comparison {
  const hash = sha256(bare(code))
  let wrong = { since: 0, count: 0 }

  return (given, now) => {
    const time = now.getTime()
    // A clock that was set back must not extend the wait.
    const elapsed = Math.abs(time - wrong.since)
    if (elapsed >= WINDOW_MS) wrong = { since: time, count: 0 }
    else if (wrong.count >= MOST_WRONG) return WINDOW_MS - elapsed
    if (isSameSecret(bare(given), hash)) return 'right'
    wrong.count += 1
    return 'wrong'
  }
}

// Users type it with or without the dashes, and in lower case.
function bare(code: string): string {
  return code.replaceAll(/[^a-z\d]/gi, '').toUpperCase()
}
