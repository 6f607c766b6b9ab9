import { bulkhead } from 'cockatiel'
import type { Account } from 'pipedream-client/server'
import type { Services } from '../services.ts'
import { deadlineOf } from '../store/flow-deadline.ts'
import type { Flow } from '../store/flows.ts'
import type { Checked, DueFlow } from '../store/unsettled-flows.ts'
import { isOpen } from './account-hold.ts'
import { isBound } from './flow-binding.ts'
import { readPages } from './read-pages.ts'
import { recordHealth } from './record-health.ts'
import { codeOf, retryTime } from './retry-time.ts'
import { settleAccounts } from './settle-accounts.ts'
import { isNewOf } from './settle-flow.ts'

const CLAIM_MS = 60_000
// Half of it, because the last page may take long.
const READ_MS = 30_000
const PAUSE_MS = 1000
const USERS = 64
const CONCURRENCY = 8

/** Settles a portion of the due flows, by user: one list of accounts settles all due flows of its user. Returns how many were due. */
export async function settleDueFlows(
  services: Services,
  onError: (error: unknown) => void,
): Promise<number> {
  const now = services.now()
  const claimedUntil = new Date(now.getTime() + CLAIM_MS)
  const claim = { claimedUntil, untilMs: services.elapsedMs() + READ_MS }
  const due = await services.unsettled.claim({ now, retryAt: claimedUntil, users: USERS })
  const groups = Map.groupBy(due, (flow) => JSON.stringify([flow.externalUserId, flow.cursor]))
  const pool = bulkhead(CONCURRENCY, groups.size)
  await Promise.all(
    Array.from(groups.values(), (flows) =>
      pool.execute(() =>
        settleGroup(flows, services, claim).catch(async (error: unknown) => {
          onError(error)
          await retryLater(flows, services, { claimedUntil, error: codeOf(error) })
        }),
      ),
    ),
  )
  return due.length
}

interface Claim {
  claimedUntil: Date
  /** Until when pages may be read, as `elapsedMs`. */
  untilMs: number
}

/** Settles flows of one user, which continue at the same cursor. */
async function settleGroup(
  flows: readonly DueFlow[],
  services: Services,
  { claimedUntil, untilMs }: Claim,
): Promise<void> {
  // Others took too long. The claim expires, and then the flows are due again.
  if (services.elapsedMs() >= untilMs) return
  const startedAt = services.now()
  const cursor = await readAccounts(flows, services, untilMs)
  // In a later portion, because a list without an end must not keep this one busy.
  const afterPause = new Date(services.now().getTime() + PAUSE_MS)
  await Promise.all(
    flows.map(async (flow) => {
      const listStartedAt = flow.cursor === null ? startedAt : flow.listStartedAt
      if (cursor !== null) {
        // Nothing is decided until the whole list was read.
        const rest = { next: afterPause, cursor, listStartedAt }
        return services.unsettled.release([flow.id], { claimedUntil, ...rest })
      }
      // A list that was started earlier may lack what the token created in its last moments.
      const isOver = listStartedAt !== null && listStartedAt >= deadlineOf(flow)
      const next = isOver ? await findLaterDeadline(flow, services) : deadlineOf(flow)
      // All go into one commit, in this order.
      await Promise.all([
        next === null && services.flows.expire(flow.id),
        services.unsettled.release([flow.id], { claimedUntil, next }),
        next === null && services.reports.forget(flow.id),
      ])
    }),
  )
}

/** When the last dialog ends whose browser may still confirm an account that this flow would else own; null if there is no such dialog. */
async function findLaterDeadline(flow: Flow, { windows, now }: Services): Promise<Date | null> {
  if (isBound(flow) || flow.status !== 'open') return null
  const { externalUserId, app, window } = flow
  const instants = [window.start, window.end]
  const known = { sightings: [], flowIds: [] }
  const rivals = (await windows.list({ externalUserId, instants, ...known })).filter(
    (other) => isBound(other) && isOpen(other, now()) && (app === null || other.app === app),
  )
  const last = Math.max(...rivals.map((other) => deadlineOf(other).getTime()))
  // The dialog is over only after its deadline.
  return rivals.length > 0 ? new Date(last + 1) : null
}

async function readAccounts(
  flows: readonly DueFlow[],
  services: Services,
  untilMs: number,
): Promise<string | null> {
  const [flow] = flows
  if (!flow) return null
  const { externalUserId, cursor } = flow
  const query = { externalUserId, after: cursor ?? undefined, untilMs }
  const read = await readPages(query, services, async (accounts) => {
    await recordHealth(accounts, services)
    await proveWaiting(flows, accounts, services)
    await settleAccounts({ accounts, externalUserId, hintedFlowId: flow.id }, services)
  })
  return read.cursor
}

/** Proves what webhooks named that had to wait: in few commits, because each flow of a user may name each account. */
async function proveWaiting(
  flows: readonly Flow[],
  accounts: readonly Account[],
  services: Services,
): Promise<void> {
  const flowOf = new Map(flows.map((flow) => [flow.id, flow]))
  const accountOf = new Map(accounts.map((account) => [account.id, account]))
  const reported = await services.reports.list({
    flowIds: [...flowOf.keys()],
    accountIds: [...accountOf.keys()],
  })
  await services.flows.proveAll(
    reported.filter(({ flowId, accountId }) => {
      const flow = flowOf.get(flowId)
      const account = accountOf.get(accountId)
      return flow !== undefined && account !== undefined && isNewOf(flow, account)
    }),
  )
}

// From the start of the list, because Pipedream may have rejected the cursor.
async function retryLater(
  flows: readonly DueFlow[],
  services: Services,
  { claimedUntil, error }: { claimedUntil: Date; error: string },
): Promise<void> {
  const now = services.now()
  const byAttempts = Map.groupBy(flows, ({ attempts }) => attempts)
  await Promise.all(
    Array.from(byAttempts, ([attempts, group]) => {
      const failed: Checked = { next: retryTime(now, attempts), error }
      return services.unsettled.release(
        group.map(({ id }) => id),
        { ...failed, claimedUntil },
      )
    }),
  )
}
