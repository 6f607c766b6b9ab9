import { wireError } from '../wire/errors.ts'
import { type ComponentCall, findMissingProp } from '../components/component-call.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { findUsedAccounts } from '../components/used-accounts.ts'

/**
 * Returns the URL of a webhook; throws 400 for an invalid one. Pipedream may require https. The emulator accepts http,
 * because local receivers have no certificate.
 */
export function checkWebhookUrl(key: string, url: string): string {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw wireError(400, `${key} must be an http or https URL.`)
  }
  return url
}

/** Throws when a trigger cannot work with its props: 400 for a missing prop, 500 for an unknown account. */
export function checkTriggerProps(context: EmulatorContext, call: ComponentCall): void {
  // Observed for an account that does not exist. The same response for accounts of other users and apps is inferred.
  if (findUsedAccounts(context, call).includes(null)) throw wireError(500, 'Internal Server Error')
  const missing = findMissingProp(call)
  if (missing !== undefined) throw wireError(400, `${missing} is required in configured_props.`)
}

/** Returns workflow ids without duplicates; throws 400 when one is invalid. */
export function checkWorkflowIds(key: string, ids: readonly string[]): string[] {
  if (!ids.every((id) => /^p_[a-zA-Z0-9]+/.test(id))) {
    throw wireError(400, `${key} must contain workflow ids, which start with p_.`)
  }
  return [...new Set(ids)]
}
