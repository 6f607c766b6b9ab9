import type { EmulatorContext } from '../state/emulator-context.ts'

/** A change to an account's health. */
export interface AccountHealth {
  /** False: the account must be reconnected, and its credentials are no longer refreshed. */
  healthy?: boolean
  /** True: the account can only be reconnected, and is unhealthy too. */
  dead?: boolean
  /**
   * The reason, such as `The refresh token was revoked.`; null for none. Default: unchanged while unhealthy, null once
   * healthy.
   */
  error?: string | null
}

/** Changes that Pipedream makes to accounts on its own. Everything else goes through the API. */
export interface EmulatorAccounts {
  /** Sets the health of an account. Throws a RangeError for an unknown id. Sends no webhook, like Pipedream. */
  update: (id: string, health: AccountHealth) => void
}

export function createAccounts({
  store,
  clock,
}: Pick<EmulatorContext, 'store' | 'clock'>): EmulatorAccounts {
  return {
    update(id, health) {
      const account = store.accounts.get(id)
      if (account === undefined) throw new RangeError(`Unknown account: "${id}".`)
      const dead = health.dead ?? (health.healthy === true ? false : account.dead)
      const healthy = !dead && (health.healthy ?? (health.dead === false || account.healthy))
      store.accounts.set(id, {
        ...account,
        healthy,
        dead,
        error: health.error === undefined ? (healthy ? null : account.error) : health.error,
        updatedAt: clock.now(),
      })
    },
  }
}
