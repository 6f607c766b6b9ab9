import type { Happening } from '../components/component.ts'
import { findComponent } from '../components/registry.ts'
import type { DeployedTrigger } from './deployed-trigger.ts'
import { emitEvent } from './emit-event.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { listUsedAccounts } from '../components/used-accounts.ts'

/**
 * Notifies every deployed trigger that waits for this, and each emits its own event. When the change belongs to no
 * account, the event's `triggerId` names the trigger; it is not part of the emitted event.
 */
export function notifyTriggers(context: EmulatorContext, happening: Happening): void {
  const { triggerId, event } = readEvent(happening)
  for (const trigger of context.store.deployedTriggers.values()) {
    const waits =
      happening.accountId === null
        ? trigger.id === triggerId && trigger.componentKey === happening.componentKey
        : waitsFor(trigger, happening)
    if (waits) emitEvent(context, trigger, { event, summary: happening.summary })
  }
}

function readEvent({ accountId, event }: Happening): { triggerId: unknown; event: unknown } {
  if (accountId !== null || typeof event !== 'object' || event === null) {
    return { triggerId: null, event }
  }
  const { triggerId, ...rest }: { triggerId?: unknown } = event
  return { triggerId, event: rest }
}

function waitsFor(trigger: DeployedTrigger, happening: Happening): boolean {
  const { componentKey, accountId, event } = happening
  if (trigger.componentKey !== componentKey || accountId === null) return false
  if (!listUsedAccounts(trigger).includes(accountId)) return false
  const component = findComponent(componentKey)
  if (component?.type !== 'trigger') return false
  return component.wants?.(trigger.configuredProps, event) ?? true
}
