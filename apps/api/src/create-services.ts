import type { PipedreamClient } from 'pipedream-client/server'
import type { Gateway } from './services.ts'
import { createAccountHealth } from './store/account-health.ts'
import type { Events } from './store/events.ts'
import { createFlows } from './store/flows.ts'
import { createHeldAccounts } from './store/held-accounts.ts'
import type { Database } from './store/open-database.ts'
import { createUnsettledFlows } from './store/unsettled-flows.ts'

interface GatewayParts {
  pipedream: PipedreamClient
  database: Database
  events: Events
  now: () => Date
}

export function createGateway({ pipedream, database, events, now }: GatewayParts): Gateway {
  return {
    pipedream,
    events,
    flows: createFlows(database, now),
    unsettled: createUnsettledFlows(database),
    heldAccounts: createHeldAccounts(database, now),
    health: createAccountHealth(database, now),
    now,
  }
}
