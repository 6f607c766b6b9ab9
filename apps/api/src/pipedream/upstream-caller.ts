import { AsyncLocalStorage } from 'node:async_hooks'
import type { Viewer } from '../auth/viewer.ts'

/** For whom Pipedream is called. */
export interface UpstreamCaller {
  /** The user whose budget the calls use; null: a server of the product, which has only the budget of the project. */
  externalUserId: string | null
  share: UpstreamShare
}

/** The part of Pipedream's limits that calls use: confirmations and removals are urgent, and webhooks have a part of their own. */
export type UpstreamShare = 'general' | 'urgent' | 'webhook'

const callers = new AsyncLocalStorage<UpstreamCaller | undefined>()

/** Who calls Pipedream; undefined: the gateway itself, such as the reconciler. */
export function currentCaller(): UpstreamCaller | undefined {
  return callers.getStore()
}

/** Runs a function whose calls to Pipedream use the budget of a user, or of the project. */
export function callAs<Result>(caller: UpstreamCaller, run: () => Result): Result {
  return callers.run(caller, run)
}

/** Runs a function whose calls to Pipedream use the budget of a viewer. An anonymous request calls Pipedream for no one. */
export function callAsViewer<Result>(viewer: Viewer | undefined, run: () => Result): Result {
  const externalUserId = viewer && viewer.kind !== 'service' ? viewer.externalUserId : null
  return callAs({ externalUserId, share: 'general' }, run)
}

/** Runs a confirmation or a removal of the current caller. */
export function callUrgently<Result>(run: () => Result): Result {
  const caller = currentCaller()
  return caller ? callAs({ ...caller, share: 'urgent' }, run) : run()
}

/** Runs work of the gateway or an operator, which has no budget. */
export function callAsGateway<Result>(run: () => Result): Result {
  return callers.run(undefined, run)
}
