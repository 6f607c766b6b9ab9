import type { ComponentCall } from './component-call.ts'
import { userKey } from '../state/external-users.ts'
import type { StoredAccount } from '../state/store.ts'
import { wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import type { ConfigurableProp, ConfiguredProps } from './component.ts'

/**
 * Returns the accounts of the app props that are set. Null stands for an account that does not exist or belongs to
 * another user or app, without telling which. Throws 400 for a value that names no account.
 */
export function findUsedAccounts(
  { store }: EmulatorContext,
  call: ComponentCall,
): (StoredAccount | null)[] {
  return call.props
    .filter(({ name, type }) => type === 'app' && call.configuredProps[name] != null)
    .map(({ name, app }) => {
      const id = readAccountId(call.configuredProps[name])
      if (id === null) {
        throw wireError(400, `${name} must be like { "authProvisionId": "apn_..." }.`)
      }
      const account = store.accounts.get(id)
      const fits = account?.slug === app && account !== undefined
      return fits && userKey(account) === userKey(call) ? account : null
    })
}

interface Configured {
  props: readonly ConfigurableProp[]
  configuredProps: ConfiguredProps
}

/** Returns the ids of the accounts in app props. */
export function listUsedAccounts({ props, configuredProps }: Configured): string[] {
  return props
    .filter(({ type }) => type === 'app')
    .flatMap(({ name }) => readAccountId(configuredProps[name]) ?? [])
}

/** Reads the account id of an app prop's value, `{ authProvisionId: 'apn_...' }`; null for anything else. */
function readAccountId(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('authProvisionId' in value)) return null
  return typeof value.authProvisionId === 'string' ? value.authProvisionId : null
}
