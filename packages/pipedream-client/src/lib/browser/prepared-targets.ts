import type { ConnectSettings } from './controller-options.ts'
import { type ConnectTarget, type CreatedConnectToken, readInstant } from './connect-tokens.ts'

/** The targets for which the server has prepared a token. */
export interface PreparedTargets {
  /** Has the server prepare a token, unless it did and keeps it. A failure is forgotten. */
  prepare(target: ConnectTarget): void
  /**
   * Forgets a target, because a token serves one flow. Resolves when the server has answered what a call for this target
   * has to wait for.
   */
  take(target: ConnectTarget): Promise<void>
}

/** Uses the latest `prepareConnectToken`. */
export function createPreparedTargets<Created extends CreatedConnectToken>(settings: {
  readonly current: Pick<ConnectSettings<Created>, 'prepareConnectToken' | 'user'>
}): PreparedTargets {
  const keptUntilMs = new Map<string, number>()
  const pending = new Map<string, Promise<void>>()
  /** The user whose cookie the browser has; null if it may have none. */
  let cookieOwner: string | null | undefined = null

  const keyOf = (target: ConnectTarget) => JSON.stringify([settings.current.user, target])
  const ask = async (target: ConnectTarget) => {
    const prepared = await settings.current.prepareConnectToken?.(target)
    return readInstant(prepared?.expiresAt ?? NaN)
  }
  return {
    prepare(target) {
      const key = keyOf(target)
      const { user } = settings.current
      if (pending.has(key) || (keptUntilMs.get(key) ?? 0) > Date.now()) return
      const settle = (untilMs: number) => {
        pending.delete(key)
        keptUntilMs.set(key, untilMs)
        if (untilMs && !pending.size) cookieOwner = user
      }
      pending.set(
        key,
        ask(target)
          .catch(() => 0)
          .then(settle),
      )
    },
    async take(target) {
      const key = keyOf(target)
      const { user } = settings.current
      // Each response to a browser without a cookie sets a new one. The flow is lost unless its response is the last.
      await (user === cookieOwner ? pending.get(key) : Promise.all(pending.values()))
      keptUntilMs.delete(key)
      if (user !== cookieOwner) cookieOwner = null
    },
  }
}
