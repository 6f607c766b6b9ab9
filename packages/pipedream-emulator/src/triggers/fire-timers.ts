import { emitEvent, KEPT_EVENTS } from './emit-event.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** Emits an event for every interval that has passed, for every timer that is due. */
export function fireTimers(context: EmulatorContext): void {
  const now = context.clock.now()
  for (const trigger of context.store.deployedTriggers.values()) {
    const { schedule, active } = trigger
    if (schedule === null || !active || schedule.nextAt > now) continue
    const everyMs = schedule.intervalSeconds * 1000
    const missed = Math.floor((now.getTime() - schedule.nextAt.getTime()) / everyMs) + 1
    const nextAt = new Date(schedule.nextAt.getTime() + missed * everyMs)
    trigger.schedule = { ...schedule, nextAt }
    // Older events would be dropped immediately.
    for (let back = Math.min(missed, KEPT_EVENTS); back > 0; back -= 1) {
      const at = new Date(nextAt.getTime() - back * everyMs)
      emitEvent(context, trigger, {
        event: {
          timestamp: Math.floor(at.getTime() / 1000),
          interval_seconds: schedule.intervalSeconds,
          cron: null,
        },
        summary: at.toISOString(),
        at,
      })
    }
  }
}
