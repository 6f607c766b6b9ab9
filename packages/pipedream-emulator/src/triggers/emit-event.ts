import type { DeployedTrigger } from './deployed-trigger.ts'
import { sendTriggerWebhooks } from './send-trigger-webhooks.ts'
import { spendCredit } from '../components/spend-credit.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** How many events of a trigger can be listed afterwards. */
export const KEPT_EVENTS = 100

interface Emission {
  event: unknown
  summary: string
  /** Default: the clock's now. */
  at?: Date
}

/**
 * Makes a trigger emit: the event is kept, counted and sent. Answers the event's id, or null for an inactive trigger, which
 * emits nothing. Throws a TypeError on an event that is no JSON.
 */
export function emitEvent(
  context: EmulatorContext,
  trigger: DeployedTrigger,
  { event, summary, at = context.clock.now() }: Emission,
): string | null {
  if (!trigger.active) return null
  const copy = copyJson(event)
  const id = nextId(trigger, at.getTime())
  trigger.events = [{ id, event: copy, summary, at }, ...trigger.events].slice(0, KEPT_EVENTS)
  spendCredit(context, trigger.projectId, 'emittedEvents')
  sendTriggerWebhooks(context, trigger, copy)
  return id
}

// Milliseconds, and a count of the events within that one.
function nextId({ events }: DeployedTrigger, ms: number): string {
  const before = events.find((event) => event.at.getTime() === ms)
  return `${ms}-${before === undefined ? 0 : Number(before.id.split('-')[1]) + 1}`
}

// What whoever emitted it changes later must not change what is listed.
function copyJson(event: unknown): unknown {
  const text: string | undefined = JSON.stringify(event)
  if (text === undefined) throw new TypeError('An event is anything that JSON can hold.')
  return JSON.parse(text)
}

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
