import { emitEvent } from './emit-event.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** Deployed triggers are made and changed as Pipedream's clients do, through the API; this makes something happen. */
export interface EmulatorTriggers {
  /**
   * Makes a deployed trigger emit an event, whatever it waits for: anything that JSON can hold. `summary` is the line about
   * it in the list of events, default empty. Answers the event's id, or null for an inactive trigger, which emits nothing.
   * Throws a RangeError when there is no trigger of this id, and a TypeError on an event that is no JSON.
   */
  emit: (triggerId: string, event: unknown, options?: { summary?: string }) => string | null
}

export function createTriggers(context: EmulatorContext): EmulatorTriggers {
  return {
    emit(triggerId, event, { summary = '' } = {}) {
      const trigger = context.store.deployedTriggers.get(triggerId)
      if (trigger === undefined) throw new RangeError(`There is no trigger "${triggerId}".`)
      return emitEvent(context, trigger, { event, summary })
    },
  }
}
