import type { ComponentCall } from '../components/component-call.ts'
import { findMissingProp } from '../components/find-missing-prop.ts'
import { findUsedAccounts } from '../components/find-used-accounts.ts'
import { wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** Throws where a trigger cannot work with its props: 400 for one that is missing, 500 for an account that is not there. */
export function checkTriggerProps(context: EmulatorContext, call: ComponentCall): void {
  // Observed for an account that does not exist. That anybody else's, or another app's, is answered alike is inferred.
  if (findUsedAccounts(context, call).includes(null)) throw wireError(500, 'Internal Server Error')
  const missing = findMissingProp(call)
  if (missing !== undefined) throw wireError(400, `${missing} is required in configured_props.`)
}
