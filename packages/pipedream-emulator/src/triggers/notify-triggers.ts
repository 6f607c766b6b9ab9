import type { SourceEvent } from '../components/component.ts'
import { findComponent } from '../components/registry.ts'
import type { DeployedTrigger } from './deployed-trigger.ts'
import { emitEvent } from './emit-event.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { listUsedAccounts } from '../components/used-accounts.ts'

/**
 * Notifies every deployed trigger that waits for this, and each emits its own event. When the change belongs to no
 * account, the event's `triggerId` names the trigger; it is not part of the emitted event.
 */
export function notifyTriggers(context: EmulatorContext, sourceEvent: SourceEvent): void {
  const { triggerId, event } = readEvent(sourceEvent)
  for (const trigger of context.store.deployedTriggers.values()) {
    const waits =
      sourceEvent.accountId === null
        ? trigger.id === triggerId && trigger.componentKey === sourceEvent.componentKey
        : waitsFor(trigger, sourceEvent)
    if (waits) emitEvent(context, trigger, { event, summary: sourceEvent.summary })
  }
}

function readEvent({ accountId, event }: SourceEvent): { triggerId: unknown; event: unknown } {
  if (accountId !== null || typeof event !== 'object' || event === null) {
    return { triggerId: null, event }
  }
  const { triggerId, ...rest }: { triggerId?: unknown } = event
  return { triggerId, event: rest }
}

function waitsFor(trigger: DeployedTrigger, sourceEvent: SourceEvent): boolean {
  const { componentKey, accountId, event } = sourceEvent
  if (trigger.componentKey !== componentKey || accountId === null) return false
  if (!listUsedAccounts(trigger).includes(accountId)) return false
  const component = findComponent(componentKey)
  if (component?.type !== 'trigger') return false
  return component.matches?.(trigger.configuredProps, event) ?? true
}
