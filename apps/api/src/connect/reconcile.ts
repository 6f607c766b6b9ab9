import type { Services } from '../services.ts'
import { removeProvenAccounts } from './remove-proven-accounts.ts'
import { settleDueFlows } from './settle-due-flows.ts'
import { sweepHealth } from './sweep-health.ts'

// What runs after a pass must not wait for lists without an end.
const PASS_MS = 120_000

/**
 * Runs one reconciliation pass: deletes what is proven to be unwanted, expires flows past their deadline, finds the accounts
 * that they created, and checks account health. Continues while more is due, for two minutes or until `signal` aborts. Safe to run on
 * several replicas concurrently. Returns the errors; what failed is retried in a later pass.
 */
export async function reconcile(services: Services, signal?: AbortSignal): Promise<unknown[]> {
  const errors: unknown[] = []
  // A pass may be the first thing that runs after a break.
  await services.heartbeat.beat()
  for await (const portion of workOff(services)) {
    errors.push(...portion)
    if (signal?.aborted) return errors
  }
  errors.push(...(await sweepHealth(services)))
  return errors
}

/** Works on what is due, in portions. Deletions are part of each portion, so that they never wait for a long queue of flows. */
async function* workOff(services: Services): AsyncGenerator<unknown[]> {
  const endMs = services.elapsedMs() + PASS_MS
  while (services.elapsedMs() < endMs) {
    const removal = await removeProvenAccounts(services)
    const settling = await settleDueFlows(services)
    yield [...removal.errors, ...settling.errors]
    if (removal.found + settling.found === 0) return
  }
}
