import { callUpstream } from '../upstreams/call-upstream.ts'
import type { ComponentCall } from './component-call.ts'
import type { ComponentContext, ConfiguredProps } from './component.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { findUsedAccounts } from './used-accounts.ts'

/** Creates the context of a component's run. Without `extras` there is no file stash, and the log is discarded. */
export function createComponentContext(
  context: EmulatorContext,
  call: ComponentCall,
  extras: Partial<Pick<ComponentContext, 'log' | 'stash'>> = {},
): ComponentContext {
  return {
    configuredProps: pickKnown(call),
    async call(request) {
      const [account] = findUsedAccounts(context, call)
      if (account == null) throw new Error('No account is chosen. Choose one first.')
      return callUpstream(context, account, request)
    },
    log: () => undefined,
    stash() {
      throw new Error('This run has no file stash. Request one with stash_id.')
    },
    ...extras,
  }
}

// Inferred: a component only receives its own props. The props of a reload count when the call has their
// `dynamic_props_id`.
function pickKnown({ props, configuredProps }: ComponentCall): ConfiguredProps {
  const names = new Set(props.map(({ name }) => name))
  return Object.fromEntries(Object.entries(configuredProps).filter(([name]) => names.has(name)))
}
