import type { ComponentCall } from './component-call.ts'
import { userKey } from '../state/external-users.ts'
import { readAccountId } from './list-used-accounts.ts'
import type { StoredAccount } from '../state/store.ts'
import { wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/**
 * The accounts of the app props that are filled in. Null stands for one that is not there, is somebody else's or another
 * app's: nobody learns which. Throws 400 for a value that names no account.
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
