import type { Context } from 'hono'
import { type Access, foreignUser } from '../server/access.ts'
import type { DeployedTrigger } from './deployed-trigger.ts'
import { userKey } from '../state/external-users.ts'
import type { ConnectToken } from '../state/store.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** An external user of a project and environment. */
export type Owner = Pick<ConnectToken, 'projectId' | 'environment' | 'externalUserId'>

/**
 * Reads the owner of the requested triggers. Throws 400 without a user id, and 403 when the connect token belongs to
 * another user.
 */
export function readOwner(
  context: EmulatorContext,
  access: Access,
  externalUserId: string | undefined,
): Owner {
  if (!externalUserId) throw wireError(400, 'external_user_id is required.')
  if (access.externalUserId !== null && access.externalUserId !== externalUserId) {
    throw foreignUser(context)
  }
  return { projectId: access.projectId, environment: access.environment, externalUserId }
}

/** Returns the trigger in the path, if it belongs to the user in the query; throws 404 otherwise. */
export function requireTrigger(
  c: Context,
  context: EmulatorContext,
  access: Access,
): DeployedTrigger {
  const owner = readOwner(context, access, c.req.query('external_user_id'))
  const trigger = context.store.deployedTriggers.get(c.req.param('id') ?? '')
  if (trigger === undefined || userKey(trigger) !== userKey(owner)) throw recordNotFound()
  return trigger
}
