import { randomHex } from './random-id.ts'
import type { Body } from '../server/read-body.ts'
import { wireError } from '../wire/errors.ts'

/**
 * The file stash that a run may use, as Pipedream documents `stash_id`: `"NEW"` or true for a new one, the id of one that
 * there is; null for none. Throws 400 for anything else.
 */
export function readStashId({ stash_id: value }: Body): string | null {
  if (value == null || value === '' || value === false) return null
  if (value === true || value === 'NEW') return randomHex(16)
  if (typeof value === 'string' && /^[0-9a-f]{32}$/.test(value)) return value
  throw wireError(400, 'stash_id must be "NEW", true, or an id that a run answered.')
}
