import type { EmulatorContext } from '../state/emulator-context.ts'

/** What an account can turn into while nobody looks. */
export interface AccountHealth {
  /** False: it needs to be reconnected, and its credentials are not refreshed any more. */
  healthy?: boolean
  /** True: given up for good, and so unhealthy too. */
  dead?: boolean
  /** Why, such as `The refresh token was revoked.`; null for no reason. */
  error?: string | null
}

/** The accounts themselves are changed as Pipedream's clients do, through the API. */
export interface EmulatorAccounts {
  /** Makes an account well or ill from now on. Throws when there is none of this id. Pipedream sends no webhook then. */
  update: (id: string, health: AccountHealth) => void
}

export function createAccounts({
  store,
  clock,
}: Pick<EmulatorContext, 'store' | 'clock'>): EmulatorAccounts {
  return {
    update(id, health) {
      const account = store.accounts.get(id)
      if (account === undefined) throw new RangeError(`There is no account "${id}".`)
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
