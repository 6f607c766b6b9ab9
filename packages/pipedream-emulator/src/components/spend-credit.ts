import type { Usage } from '../state/store.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

export type Spending = keyof Pick<Usage, 'actionRuns' | 'proxyCalls' | 'emittedEvents'>

/** Counts one credit for `GET /v1/connect/usage`. */
export function spendCredit(context: EmulatorContext, projectId: string, on: Spending): void {
  const nowMs = context.clock.now().getTime()
  const minute = new Date(nowMs - (nowMs % 60_000))
  const key = `${projectId} ${minute.toISOString()}`
  const usage = context.store.usage.get(key) ?? {
    projectId,
    minute,
    actionRuns: 0,
    proxyCalls: 0,
    emittedEvents: 0,
  }
  context.store.usage.set(key, { ...usage, [on]: usage[on] + 1 })
}
