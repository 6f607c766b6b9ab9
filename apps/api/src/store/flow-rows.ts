import type { Selectable } from 'kysely'
import { deadlineOf } from './flow-deadline.ts'
import type { Flow } from './flows.ts'
import type { FlowsTable } from './tables.ts'

/** The row of a new flow; the other columns belong to the reconciler's queue. */
export type FlowRow = Omit<
  Selectable<FlowsTable>,
  'attempts' | 'last_error' | 'cursor' | 'list_started_at'
>

// For SQL, and for an older version that runs during an upgrade, a flow with a challenge alone is bound to a browser that no
// cookie belongs to. An older version then holds its account and lets no one confirm it.
const NO_BROWSER = 'none'

export function toRow(flow: Flow, settleAfter: Date): FlowRow {
  return {
    id: flow.id,
    external_user_id: flow.externalUserId,
    // The column was created without null.
    app: flow.app ?? '',
    reconnects: flow.reconnects,
    status: flow.status,
    account_id: flow.accountId,
    browser_hash: flow.browserHash ?? (flow.codeChallenge === null ? null : NO_BROWSER),
    code_challenge: flow.codeChallenge,
    viewer_kind: flow.viewerKind,
    connect_token_hash: flow.connectTokenHash,
    secret_hash: flow.secretHash,
    error: flow.error,
    created_at: flow.createdAt.toISOString(),
    expires_at: flow.expiresAt.toISOString(),
    window_start: flow.window.start.toISOString(),
    window_end: flow.window.end.toISOString(),
    opened_at: flow.openedAt?.toISOString() ?? null,
    closed_at: flow.closedAt?.toISOString() ?? null,
    burned_at: flow.revokedAt?.toISOString() ?? null,
    revocation: flow.revocation,
    signed_out_at: flow.signedOutAt?.toISOString() ?? null,
    settle_after: settleAfter.toISOString(),
  }
}

export function fromRow(row: Selectable<FlowsTable>): Flow {
  return {
    id: row.id,
    externalUserId: row.external_user_id,
    app: row.app === '' ? null : row.app,
    reconnects: row.reconnects,
    status: row.status,
    accountId: row.account_id,
    browserHash: row.browser_hash === NO_BROWSER ? null : row.browser_hash,
    codeChallenge: row.code_challenge,
    viewerKind: row.viewer_kind,
    connectTokenHash: row.connect_token_hash,
    secretHash: row.secret_hash,
    error: row.error,
    createdAt: new Date(row.created_at),
    expiresAt: new Date(row.expires_at),
    window: windowOf(row),
    openedAt: toDate(row.opened_at),
    closedAt: toDate(row.closed_at),
    revokedAt: toDate(row.burned_at),
    revocation: row.revocation,
    signedOutAt: toDate(row.signed_out_at),
    isSettled: row.settle_after === null,
  }
}

/** What an event says about its flow. */
export function aboutFlow(row: Pick<FlowsTable, 'id' | 'external_user_id' | 'app'>) {
  return {
    flowId: row.id,
    externalUserId: row.external_user_id,
    app: row.app === '' ? null : row.app,
  }
}

// A replica of an older version, which may run during an upgrade, records no window.
function windowOf(row: Selectable<FlowsTable>): Flow['window'] {
  const end = toDate(row.window_end) ?? deadlineOf({ expiresAt: new Date(row.expires_at) })
  return { start: new Date(row.window_start ?? row.created_at), end }
}

function toDate(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
