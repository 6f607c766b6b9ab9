import type { PipedreamClient } from 'pipedream-client/server'
import type { AccountHealth } from './store/account-health.ts'
import type { Events } from './store/events.ts'
import type { Flows } from './store/flows.ts'
import type { HeldAccounts } from './store/held-accounts.ts'
import type { UnsettledFlows } from './store/unsettled-flows.ts'

/** What the gateway works with, whoever asks and also when nobody does. */
export interface Gateway {
  pipedream: PipedreamClient
  flows: Flows
  unsettled: UnsettledFlows
  heldAccounts: HeldAccounts
  health: AccountHealth
  events: Events
  now: () => Date
}
