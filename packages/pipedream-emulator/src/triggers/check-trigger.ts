import { wireError } from '../wire/errors.ts'
import { type ComponentCall, findMissingProp } from '../components/component-call.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { findUsedAccounts } from '../components/used-accounts.ts'

/**
 * Answers the address of a webhook, or throws 400 when it is none. Real Pipedream may want https; http is taken here,
 * because what listens on this machine has no certificate.
 */
export function checkWebhookUrl(key: string, url: string): string {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw wireError(400, `${key} must be an http or https URL.`)
  }
  return url
}

/** Throws where a trigger cannot work with its props: 400 for one that is missing, 500 for an account that is not there. */
export function checkTriggerProps(context: EmulatorContext, call: ComponentCall): void {
  // Observed for an account that does not exist. That anybody else's, or another app's, is answered alike is inferred.
  if (findUsedAccounts(context, call).includes(null)) throw wireError(500, 'Internal Server Error')
  const missing = findMissingProp(call)
  if (missing !== undefined) throw wireError(400, `${missing} is required in configured_props.`)
}

/** Answers ids of workflows, each once, or throws 400 when one of them is none. */
export function checkWorkflowIds(key: string, ids: readonly string[]): string[] {
  if (!ids.every((id) => /^p_[a-zA-Z0-9]+/.test(id))) {
    throw wireError(400, `${key} must be ids of workflows, which begin with p_.`)
  }
  return [...new Set(ids)]
}
