import { randomUUID } from 'node:crypto'

const RUN = 32

// With this step, no two IDs of a run differ at their start by one digit, or by two neighbours that changed places: a user who misreads a
// support code does not name another flow.
const STEP = 17

let start = 0
let left = 0

/**
 * Returns a UUID with 90 random bits. Its first 32 bits, the support code, are random for 32 IDs together: what is written at the
 * same time then changes a few pages of the database's indexes, and not one for each ID. Their number says little about how many
 * there are.
 */
export function newId(): string {
  const random = randomUUID()
  if (left === 0) {
    start = Number.parseInt(random.slice(0, 8), 16)
    left = RUN
  }
  left -= 1
  start = (start + STEP) % 2 ** 32
  // Version 8 of RFC 9562: not all of the bits are random.
  return `${start.toString(16).padStart(8, '0')}${random.slice(8, 14)}8${random.slice(15)}`
}
