import { findApp } from '../catalogue/catalogue.ts'
import { REFRESH_KINDS } from './fault-kinds.ts'
import type { StoredAccount } from '../state/store.ts'
import { countRefreshes, REFRESH_EVERY_MS } from '../wire/account.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

const REFRESH_FAILED = 'The provider rejected the refresh token (invalid_grant).'

/**
 * Fails the refreshes that were due after `from` and no later than `to`, as far as a fault matches them. A successful
 * refresh only changes dates, which are computed from the clock, so there is nothing to do without such a fault.
 */
export function failRefreshes(
  context: EmulatorContext,
  { from, to }: { from: Date; to: Date },
): void {
  if (!context.faults.list().some(({ kind }) => kind === 'refresh-failed')) return
  for (const account of context.store.accounts.values()) {
    if (!account.healthy || findApp(account.slug)?.authType !== 'oauth') continue
    const first = countRefreshes(account, from) + 1
    const last = countRefreshes(account, to)
    let failed = false
    for (let number = first; number <= last && !failed; number += 1) {
      failed = fails(context, account, number)
    }
  }
}

function fails(context: EmulatorContext, account: StoredAccount, number: number): boolean {
  const fault = context.faults.take({
    kinds: REFRESH_KINDS,
    method: 'POST',
    path: `/_provider/${account.slug}/refresh/${account.id}`,
  })
  if (fault === undefined) return false
  const at = new Date(account.connectedAt.getTime() + number * REFRESH_EVERY_MS)
  const error = typeof fault.body === 'string' ? fault.body : REFRESH_FAILED
  context.store.accounts.set(account.id, { ...account, healthy: false, error, updatedAt: at })
  return true
}
