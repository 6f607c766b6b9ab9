import type { TriggerWebhook } from './deployed-trigger.ts'
import { randomAlphanumeric, randomHex } from '../state/random-id.ts'

/** A webhook with a key of its own. */
export function newTriggerWebhook(url: string, now: Date): TriggerWebhook {
  return {
    // Pipedream's prefix is unknown.
    id: `wh_${randomAlphanumeric(7)}`,
    url,
    signingKey: randomHex(32),
    createdAt: now,
    updatedAt: now,
  }
}
