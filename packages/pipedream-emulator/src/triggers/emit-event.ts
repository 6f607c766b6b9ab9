import type { DeployedTrigger } from './deployed-trigger.ts'
import { sendTriggerWebhooks } from './send-trigger-webhooks.ts'
import { spendCredit } from '../components/spend-credit.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** The number of events of a trigger that can be listed later. */
export const KEPT_EVENTS = 100

interface Emission {
  event: unknown
  summary: string
  /** Default: the clock's current time. */
  at?: Date
}

/**
 * Emits an event of a trigger: stores, counts and sends it. Returns the event's id, or null for an inactive trigger,
 * which emits nothing. Throws a TypeError for an event that JSON cannot represent.
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

// The time in milliseconds, and a counter of the events in the same millisecond.
function nextId({ events }: DeployedTrigger, ms: number): string {
  const before = events.find((event) => event.at.getTime() === ms)
  return `${ms}-${before === undefined ? 0 : Number(before.id.split('-')[1]) + 1}`
}

// Later changes by the caller must not affect the stored event.
function copyJson(event: unknown): unknown {
  const text: string | undefined = JSON.stringify(event)
  if (text === undefined) throw new TypeError('An event must be a JSON value.')
  return JSON.parse(text)
}

/** Events of deployed triggers. Everything else about triggers goes through the API. */
export interface EmulatorTriggers {
  /**
   * Emits an event of a deployed trigger, whatever the trigger waits for. The event is any JSON value; `summary` is its
   * line in the list of events, empty by default. Returns the event's id, or null for an inactive trigger, which emits
   * nothing. Throws a RangeError for an unknown trigger, and a TypeError for an event that JSON cannot represent.
   */
  emit: (
    triggerId: string,
    event: unknown,
    options?: {
      /** Short summary of the event. Default: an empty string. */
      summary?: string
    },
  ) => string | null
}

export function createTriggers(context: EmulatorContext): EmulatorTriggers {
  return {
    emit(triggerId, event, { summary = '' } = {}) {
      const trigger = context.store.deployedTriggers.get(triggerId)
      if (trigger === undefined) throw new RangeError(`Unknown trigger: "${triggerId}".`)
      return emitEvent(context, trigger, { event, summary })
    },
  }
}
