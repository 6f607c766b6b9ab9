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
