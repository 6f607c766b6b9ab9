import { callUpstream } from '../upstreams/call-upstream.ts'
import type { ComponentCall } from './component-call.ts'
import type { ComponentContext, ConfiguredProps } from './component.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { findUsedAccounts } from './used-accounts.ts'

/** What a component is given to work with. It keeps no file, and nobody sees its log, unless `extras` say otherwise. */
export function createComponentContext(
  context: EmulatorContext,
  call: ComponentCall,
  extras: Partial<Pick<ComponentContext, 'log' | 'stash'>> = {},
): ComponentContext {
  return {
    configuredProps: pickKnown(call),
    async call(request) {
      const [account] = findUsedAccounts(context, call)
      if (account == null) throw new Error('There is no account to call with. Choose one first.')
      return callUpstream(context, account, request)
    },
    log: () => undefined,
    stash() {
      throw new Error('There is no file stash to write to. Ask for one by stash_id.')
    },
    ...extras,
  }
}

// Inferred: a component does not see what is none of its props. Those of a reload are its own by `dynamic_props_id` alone.
function pickKnown({ props, configuredProps }: ComponentCall): ConfiguredProps {
  const names = new Set(props.map(({ name }) => name))
  return Object.fromEntries(Object.entries(configuredProps).filter(([name]) => names.has(name)))
}
