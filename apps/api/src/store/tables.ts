import type { ColumnType } from 'kysely'

/** The tables, as Kysely sees them. Instants are ISO 8601 texts in UTC, which sort as they read. */
export interface Tables {
  events: EventsTable
  flows: FlowsTable
  held_accounts: HeldAccountsTable
  account_health: AccountHealthTable
  sessions: SessionsTable
  access_tokens: AccessTokensTable
  kysely_migration: MigrationsTable
}

export type FlowStatus = 'open' | 'succeeded' | 'failed' | 'cancelled' | 'expired'

/** Who did something; null where it is written: nobody asked, the gateway did it by itself. */
export type ViewerKind = 'user' | 'operator' | 'service'

/** What happened. */
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

/** How a type is written in the log, where no row ever changes: a revoked flow still has its former name there. */
export type StoredEventType = Exclude<EventType, 'flow_revoked'> | 'flow_burned'

/** Append-only: the database itself refuses to change or delete a row. */
export interface EventsTable {
  /** Grows in the order in which events become visible. PostgreSQL gives it as a text. */
  id: ColumnType<number | string, never, never>
  type: StoredEventType
  flow_id: string | null
  account_id: string | null
  external_user_id: string | null
  app: string | null
  viewer_kind: ViewerKind | null
  /** The operator who did it to somebody else's accounts. */
  actor_id: string | null
  reason: string | null
  request_id: string | null
  at: string
}

export interface FlowsTable {
  id: string
  external_user_id: string
  app: string
  /** The account to reconnect; null when the flow makes a new one. */
  reconnects: string | null
  status: FlowStatus
  /** The account that the flow made or mended, once it is confirmed. */
  account_id: string | null
  /** Hash of the cookie of the browser that started the flow; null when a service did. */
  browser_hash: string | null
  viewer_kind: ViewerKind
  connect_token_hash: string | null
  /** Hash of the secret in the flow's webhook and finish addresses. */
  secret_hash: string | null
  /** Why the flow did not succeed. */
  error: string | null
  created_at: string
  expires_at: string
  /** When the browser opened it; null: it has not said so. */
  opened_at: string | null
  closed_at: string | null
  /** When somebody else than who started it tried to finish it. */
  burned_at: string | null
  /** When to look at Pipedream for what it made; null when nothing more can come of it. */
  settle_after: string | null
}

export interface HeldAccountsTable {
  account_id: string
  flow_id: string
  external_user_id: string
  since: string
  deadline: string
  /** When it was deleted at Pipedream; such an account is never held or confirmed again. */
  removed_at: string | null
}

export type Health = 'healthy' | 'unhealthy' | 'dead'

interface AccountHealthTable {
  account_id: string
  external_user_id: string
  /** How it was when it was last seen. */
  health: Health
  /** When the sweep last looked. */
  checked_at: string
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

/** Kysely's own: which migrations were run. */
interface MigrationsTable {
  name: string
}
