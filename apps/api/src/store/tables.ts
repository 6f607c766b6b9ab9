import type { ColumnType, Generated } from 'kysely'

/** The tables, as Kysely sees them. Timestamps are ISO 8601 strings in UTC, so they sort by time. */
export interface Tables {
  events: EventsTable
  flows: FlowsTable
  proofs: ProofsTable
  reported_accounts: ReportedAccountsTable
  held_accounts: HeldAccountsTable
  account_health: AccountHealthTable
  sessions: SessionsTable
  access_tokens: AccessTokensTable
  write_tests: WriteTestsTable
  heartbeat: HeartbeatTable
  kysely_migration: MigrationsTable
}

export type FlowStatus = 'open' | 'succeeded' | 'failed' | 'cancelled' | 'expired'

/** Who did something; null in a row: the gateway itself. */
export type ViewerKind = 'user' | 'operator' | 'service'

/** The types of events. */
export type EventType =
  | 'flow_created'
  | 'flow_opened'
  | 'flow_refused'
  | 'flow_succeeded'
  | 'flow_failed'
  | 'flow_cancelled'
  | 'flow_expired'
  | 'flow_revoked'
  | 'confirmation_refused'
  | 'account_held'
  | 'account_released'
  | 'account_removed'
  | 'account_disconnected'
  | 'disconnection_ordered'
  | 'disconnection_refused'
  | 'account_health_changed'
  | 'connect_token_created'
  | 'access_token_created'
  | 'access_token_refused'

/** An event type as stored in the append-only log, where a revoked flow still has its former name. */
export type StoredEventType = Exclude<EventType, 'flow_revoked'> | 'flow_burned'

/** Append-only: the database itself rejects changes, and deletions by anything but the retention job. */
export interface EventsTable {
  /** Grows in the order of visibility. PostgreSQL returns it as a string. */
  id: ColumnType<number | string, never, never>
  type: StoredEventType
  flow_id: string | null
  account_id: string | null
  external_user_id: string | null
  app: string | null
  viewer_kind: ViewerKind | null
  /** The operator who acted on another user's accounts. */
  actor_id: string | null
  reason: string | null
  request_id: string | null
  /** How often it happened; null: once. */
  occurrences: number | null
  at: string
}

export interface FlowsTable {
  id: string
  external_user_id: string
  /** Slug; empty: the page that uses the connect token chooses the app. */
  app: string
  /** The account to reconnect; null if the flow creates a new one. */
  reconnects: string | null
  status: FlowStatus
  /** The account that the flow created or reconnected, once confirmed. */
  account_id: string | null
  /** Hash of the cookie of the browser that started the flow; null if the flow is bound to nothing. */
  browser_hash: string | null
  /** Base64url of the SHA-256 hash of the verifier with which the flow may be confirmed without that browser. */
  code_challenge: string | null
  viewer_kind: ViewerKind
  connect_token_hash: string | null
  /** Hash of the secret in the flow's webhook and finish URLs. */
  secret_hash: string | null
  /** Why the flow did not succeed. */
  error: string | null
  created_at: string
  expires_at: string
  /** When the browser opened the flow; null: not reported. */
  opened_at: string | null
  closed_at: string | null
  /** When another browser or user tried to finish the flow. */
  burned_at: string | null
  /** The position of its revocation among those of its user, from 1 and in the order of commits. */
  revocation: number | null
  /** From when to when its connect token can create accounts, by Pipedream's clock; null: recorded by an older version. */
  window_start: string | null
  window_end: string | null
  /** When the user signed out of the browser that started the flow. */
  signed_out_at: string | null
  /** When to check Pipedream for what the flow's token created; null: it was checked after the flow's time. */
  settle_after: string | null
  /** How many checks have failed in a row. */
  attempts: Generated<number>
  /** Why the last check failed, as a short code. */
  last_error: string | null
  /** Where to continue a list of accounts that was too long for one check. */
  cursor: string | null
  /** When that list was started; null: unknown, or there is no such list. */
  list_started_at: string | null
}

/** That Pipedream's webhook named a new account as created by a flow, and Pipedream confirmed it. */
interface ProofsTable {
  flow_id: string
  account_id: string
  /** When the webhook came. */
  proven_at: string
  /** Since when it may no longer delete the account; null: it may. */
  expired_at: Generated<string | null>
}

/** That a webhook with a flow's token named an account, which could not be read then. */
interface ReportedAccountsTable {
  flow_id: string
  account_id: string
}

export interface HeldAccountsTable {
  account_id: string
  flow_id: string
  external_user_id: string
  /** Slug of the account's app; null: unknown. */
  app: string | null
  since: string
  /** By Pipedream's clock; null: unknown. */
  account_created_at: string | null
  /** Why it is held, as last seen. */
  reason: string | null
  /** When to try to delete it at Pipedream; a year in the far future without a proof. */
  deadline: string
  /** When it was deleted at Pipedream; a removed account is never confirmed. */
  removed_at: string | null
  /** When its owner kept it, or an operator released it: it is no longer held. */
  released_at: string | null
  /** The last revocation of its user before that: a later one holds it again. */
  released_after: number | null
  /** When its deletion at Pipedream started; it can be neither confirmed nor released until the outcome is known. */
  removing_at: string | null
  /** How many deletions have failed in a row. */
  attempts: Generated<number>
  /** Why the last deletion failed, as a short code. */
  last_error: string | null
}

export type Health = 'healthy' | 'unhealthy' | 'dead'

interface AccountHealthTable {
  account_id: string
  external_user_id: string
  /** The last known health. */
  health: Health
  /** When the sweep last checked it. */
  checked_at: string
  /** When the gateway first read it; null: before this was recorded. */
  first_seen_at: string | null
}

interface SessionsTable {
  session_hash: string
  external_user_id: string
  role: 'user' | 'operator'
  expires_at: string
}

interface AccessTokensTable {
  token_hash: string
  expires_at: string
}

/** One row, which the readiness check changes. */
interface WriteTestsTable {
  count: number
}

/** When each replica last showed that it runs, by its own clock. */
interface HeartbeatTable {
  id: string
  at: string
}

/** Kysely's table of completed migrations. */
interface MigrationsTable {
  name: string
}
