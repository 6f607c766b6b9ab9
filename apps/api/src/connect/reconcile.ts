import type { Services } from '../services.ts'
import { removeProvenAccounts } from './remove-proven-accounts.ts'
import { settleDueFlows } from './settle-due-flows.ts'
import { sweepHealth } from './sweep-health.ts'

// What runs after a pass must not wait for lists without an end.
const PASS_MS = 120_000

/**
 * Runs one reconciliation pass: deletes what is proven to be unwanted, expires flows past their deadline, finds the accounts
 * that they created, and checks account health. Continues while more is due, for two minutes or until `signal` aborts. Safe to run on
 * several replicas concurrently. Calls `onError` for each error when it happens; what failed is retried in a later pass.
 */
export async function reconcile(
  services: Services,
  { onError, signal }: { onError: (error: unknown) => void; signal?: AbortSignal },
): Promise<void> {
  const endMs = services.elapsedMs() + PASS_MS
  // A pass may be the first thing that runs after a break.
  await services.heartbeat.beat()
  let found = 1
  // In portions. Deletions are part of each, so that they never wait for a long queue of flows.
  while (found > 0 && services.elapsedMs() < endMs) {
    const removal = await removeProvenAccounts(services)
    for (const error of removal.errors) onError(error)
    found = removal.found + (await settleDueFlows(services, onError))
    if (signal?.aborted) return
  }
  await sweepHealth(services, onError)
}
