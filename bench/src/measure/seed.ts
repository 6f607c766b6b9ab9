import { DatabaseSync } from 'node:sqlite'
import { openDatabase } from '../../../apps/api/src/store/open-database.ts'

export interface Seed {
  /** How many flows, and how many accounts; there are three events for each flow. */
  size: number
  /** How often `DUE_FLOWS` flows become due for the reconciler: a minute apart, the first a minute from now. */
  passes: number
}

/** How many flows become due together, each of another user. */
export const DUE_FLOWS = 64

/** Creates a database with the gateway's own migrations, and fills it with what thirty days have left. */
export async function seed(path: string, { size, passes }: Seed): Promise<void> {
  const database = await openDatabase(path)
  await database.close()
  const sqlite = new DatabaseSync(path)
  sqlite.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -500000; BEGIN')
  sqlite.prepare(FLOWS).run({ size })
  sqlite.exec(EVENTS)
  sqlite.prepare(ACCOUNTS).run({ size })
  sqlite.prepare(DUE).run({ passes, portion: DUE_FLOWS })
  sqlite.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)')
  sqlite.close()
}

/** The support code of one of the flows. */
export function supportCode(flow: number): string {
  const id = ((flow * MULTIPLIER) % 2 ** 32).toString(16).padStart(8, '0')
  return `${id.slice(0, 4)}-${id.slice(4)}`.toUpperCase()
}

// Odd, so that the IDs are distinct, and in no order.
const MULTIPLIER = 48_271
const FORMAT = "'%Y-%m-%dT%H:%M:%fZ'"
const COUNT = 'with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < :size)'
const CREATED = `strftime(${FORMAT}, 'now', '-' || (i * 2592000.0 / :size) || ' seconds')`
const STATUS = `case when i % 10 < 7 then 'succeeded' when i % 10 = 7 then 'failed' when i % 10 = 8 then 'cancelled' else 'expired' end`

const later = (time: string, difference: string) => `strftime(${FORMAT}, ${time}, '${difference}')`

// Ten flows for each user, on 200 apps.
const FLOWS = `${COUNT}, dated as (select i, ${CREATED} as at from n)
  insert into flows (id, external_user_id, app, status, account_id, browser_hash, secret_hash, viewer_kind, error,
    created_at, expires_at, opened_at, closed_at, window_start, window_end)
  select printf('%08x-0000-4000-8000-%012x', (i * ${MULTIPLIER}) % 4294967296, i), 'seed-' || (i / 10), 'app_' || (i % 200),
    ${STATUS}, case when i % 10 < 7 then 'apn_of' || i end, 'browser-' || (i / 10), 'secret-' || i, 'user',
    case when i % 10 = 7 then 'provider_denied' end, at, ${later('at', '+15 minutes')}, ${later('at', '+2 seconds')},
    ${later('at', '+40 seconds')}, at, ${later('at', '+20 minutes')} from dated`

const EVENTS = `insert into events (type, flow_id, external_user_id, app, viewer_kind, reason, request_id, at)
  select type, id, external_user_id, app, 'user', case when type = 'flow_failed' then error end, id || type, at from (
    select created_at as at, 'flow_created' as type, flows.* from flows
    union all select opened_at, 'flow_opened', flows.* from flows
    union all select closed_at, 'flow_' || status, flows.* from flows)
  order by at`

// Twenty for each user, with the IDs that the stub of Pipedream gives them. Half were not checked for six hours.
const ACCOUNTS = `${COUNT}
  insert into account_health (account_id, external_user_id, health, checked_at, first_seen_at)
  select 'apn_seed' || (i / 20) || 'x' || (i % 20), 'seed-' || (i / 20), 'healthy',
    strftime(${FORMAT}, 'now', '-' || ((i / 20) * 864000.0 / :size) || ' seconds'), '2026-01-01T00:00:00.000Z' from n`

const DUE = `with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < :passes * :portion)
  insert into flows (id, external_user_id, app, status, browser_hash, secret_hash, viewer_kind, created_at, expires_at,
    window_start, window_end, settle_after)
  select printf('%08x-0000-4000-9000-%012x', i, i), 'due-' || i, 'app_1', 'open', 'browser', 'due-' || i, 'user',
    ${later("'now'", '-60 minutes')}, ${later("'now'", '-45 minutes')}, ${later("'now'", '-60 minutes')},
    ${later("'now'", '-40 minutes')}, strftime(${FORMAT}, 'now', '+' || (1 + i / cast(:portion as integer)) || ' minutes') from n`
