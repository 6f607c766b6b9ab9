import type { Context } from 'hono'
import { type Access, foreignUser } from '../server/access.ts'
import type { DeployedTrigger } from './deployed-trigger.ts'
import { userKey } from '../state/external-users.ts'
import type { ConnectToken } from '../state/store.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** One external user of one project and environment. */
export type Owner = Pick<ConnectToken, 'projectId' | 'environment' | 'externalUserId'>

/** Whose triggers are asked for: throws 400 without a name, and 403 when a connect token is somebody else's. */
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

/** The path's trigger of the query's user; throws 404 when there is none. */
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
