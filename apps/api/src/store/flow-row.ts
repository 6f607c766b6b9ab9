import type { Selectable } from 'kysely'
import type { FlowsTable, FlowStatus, ViewerKind } from './tables.ts'

/** The error of a flow that expired although nobody had begun to connect with it: nothing went wrong. */
export const NOT_OPENED = 'not_opened'

/** One attempt to connect. */
export interface Flow {
  id: string
  externalUserId: string
  app: string
  /** The account to reconnect; null when the flow makes a new one. */
  reconnects: string | null
  status: FlowStatus
  /** The account that the flow made or mended, once it is confirmed. */
  accountId: string | null
  /** Hash of the cookie of the browser that started the flow; null when a service did. */
  browserHash: string | null
  /** Who started it. */
  viewerKind: ViewerKind
  /** Hash of its connect token. */
  connectTokenHash: string | null
  /** Hash of the secret in its webhook and finish addresses; null when it has none. */
  secretHash: string | null
  /** Why it did not succeed. */
  error: string | null
  createdAt: Date
  expiresAt: Date
  /** When somebody began to connect with it; null: it is no more than a connect token that was handed out. */
  openedAt: Date | null
  /** When it ended; null while it is open. */
  closedAt: Date | null
  /** When somebody else than who started it tried to finish it; null: nobody did. */
  revokedAt: Date | null
}

export function toRow(flow: Flow): Omit<FlowsTable, 'settle_after'> {
  return {
    id: flow.id,
    external_user_id: flow.externalUserId,
    app: flow.app,
    reconnects: flow.reconnects,
    status: flow.status,
    account_id: flow.accountId,
    browser_hash: flow.browserHash,
    viewer_kind: flow.viewerKind,
    connect_token_hash: flow.connectTokenHash,
    secret_hash: flow.secretHash,
    error: flow.error,
    created_at: flow.createdAt.toISOString(),
    expires_at: flow.expiresAt.toISOString(),
    opened_at: flow.openedAt?.toISOString() ?? null,
    closed_at: flow.closedAt?.toISOString() ?? null,
    burned_at: flow.revokedAt?.toISOString() ?? null,
  }
}

export function fromRow(row: Selectable<FlowsTable>): Flow {
  return {
    id: row.id,
    externalUserId: row.external_user_id,
    app: row.app,
    reconnects: row.reconnects,
    status: row.status,
    accountId: row.account_id,
    browserHash: row.browser_hash,
    viewerKind: row.viewer_kind,
    connectTokenHash: row.connect_token_hash,
    secretHash: row.secret_hash,
    error: row.error,
    createdAt: new Date(row.created_at),
    expiresAt: new Date(row.expires_at),
    openedAt: toDate(row.opened_at),
    closedAt: toDate(row.closed_at),
    revokedAt: toDate(row.burned_at),
  }
}

function toDate(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
