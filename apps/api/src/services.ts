import type { PipedreamClient } from 'pipedream-client/server'
import { type AccountHealth, createAccountHealth } from './store/account-health.ts'
import type { Events } from './store/events.ts'
import { createFlows, type Flows } from './store/flows.ts'
import { createHeldAccounts, type HeldAccounts } from './store/held-accounts.ts'
import { createFlowWindows, type FlowWindows } from './store/flow-windows.ts'
import { createHeartbeat, type Heartbeat } from './store/heartbeat.ts'
import { createOnce, type Once } from './once.ts'
import type { Database } from './store/open-database.ts'
import { createRefusalLog, type RefusalLog } from './store/refusal-log.ts'
import { createReportedAccounts, type ReportedAccounts } from './store/reported-accounts.ts'
import { createUnsettledFlows, type UnsettledFlows } from './store/unsettled-flows.ts'

/** Dependencies that all requests and background jobs share. */
export interface Services {
  pipedream: PipedreamClient
  flows: Flows
  unsettled: UnsettledFlows
  reports: ReportedAccounts
  windows: FlowWindows
  heldAccounts: HeldAccounts
  health: AccountHealth
  events: Events
  refusals: RefusalLog
  heartbeat: Heartbeat
  /** Shares a settlement of a flow between concurrent requests. */
  once: Once
  now: () => Date
  /** Milliseconds on a clock that no one sets. */
  elapsedMs: () => number
}

interface ServicesParts {
  pipedream: PipedreamClient
  database: Database
  events: Events
  now: () => Date
  elapsedMs: () => number
}

export function createServices({
  pipedream,
  database,
  events,
  now,
  elapsedMs,
}: ServicesParts): Services {
  return {
    pipedream,
    events,
    refusals: createRefusalLog(events, now),
    flows: createFlows(database, now),
    unsettled: createUnsettledFlows(database),
    reports: createReportedAccounts(database, now),
    windows: createFlowWindows(database),
    heldAccounts: createHeldAccounts(database, now),
    health: createAccountHealth(database, now),
    heartbeat: createHeartbeat(database, now),
    once: createOnce(),
    now,
    elapsedMs,
  }
}
