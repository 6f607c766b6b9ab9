import type { ConnectSettings } from './controller-options.ts'
import { type ConnectTarget, type CreatedConnectToken, readInstant } from './connect-tokens.ts'

/** The targets for which the server has prepared a token. */
export interface PreparedTargets {
  /** Has the server prepare a token, unless it did and keeps it. A failure is forgotten. */
  prepare(target: ConnectTarget): void
  /** Forgets a target, because a token serves one flow. Resolves when the server has answered all it was asked. */
  take(target: ConnectTarget): Promise<unknown>
}

/** Uses the latest `prepareConnectToken`. */
export function createPreparedTargets<Created extends CreatedConnectToken>(settings: {
  readonly current: Pick<ConnectSettings<Created>, 'prepareConnectToken' | 'user'>
}): PreparedTargets {
  const entries = new Map<string, { keptUntilMs: number }>()
  let answered: Promise<unknown> = Promise.resolve()

  const keyOf = (target: ConnectTarget) => JSON.stringify([settings.current.user, target])
  const ask = async (target: ConnectTarget) => {
    const entry = { keptUntilMs: Infinity }
    entries.set(keyOf(target), entry)
    try {
      const prepared = await settings.current.prepareConnectToken?.(target)
      entry.keptUntilMs = readInstant(prepared?.expiresAt ?? NaN)
    } catch {
      entry.keptUntilMs = 0
    }
  }
  return {
    prepare(target) {
      const { keptUntilMs = 0 } = entries.get(keyOf(target)) ?? {}
      if (!(keptUntilMs > Date.now())) answered = Promise.all([answered, ask(target)])
    },
    take(target) {
      entries.delete(keyOf(target))
      return answered
    },
  }
}
