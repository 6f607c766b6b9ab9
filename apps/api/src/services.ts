import type { PipedreamClient } from 'pipedream-client/server'
import { type AccountHealth, createAccountHealth } from './store/account-health.ts'
import type { Events } from './store/events.ts'
import { createFlows, type Flows } from './store/flows.ts'
import { createHeldAccounts, type HeldAccounts } from './store/held-accounts.ts'
import type { Database } from './store/open-database.ts'
import { createRefusalLog, type RefusalLog } from './store/refusal-log.ts'
import { createUnsettledFlows, type UnsettledFlows } from './store/unsettled-flows.ts'

/** Dependencies that all requests and background jobs share. */
export interface Services {
  pipedream: PipedreamClient
  flows: Flows
  unsettled: UnsettledFlows
  heldAccounts: HeldAccounts
  health: AccountHealth
  events: Events
  refusals: RefusalLog
  now: () => Date
}

interface ServicesParts {
  pipedream: PipedreamClient
  database: Database
  events: Events
  now: () => Date
}

export function createServices({ pipedream, database, events, now }: ServicesParts): Services {
  return {
    pipedream,
    events,
    refusals: createRefusalLog(events, now),
    flows: createFlows(database, now),
    unsettled: createUnsettledFlows(database),
    heldAccounts: createHeldAccounts(database, now),
    health: createAccountHealth(database, now),
    now,
  }
}
