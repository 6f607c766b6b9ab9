import type { ConnectToken, ExternalUser, Store } from './store.ts'
import type { EmulatorContext } from './emulator-context.ts'
import { randomAlphanumeric } from './random.ts'

/** Pipedream's own message, as observed. */
export const USER_LIMIT_REACHED =
  "You've hit your limit on the number of external users you can connect."

export type Whose = Pick<ConnectToken, 'projectId' | 'environment' | 'externalUserId'>

/** The user's key in the store. The same external user id is another user in another project or environment. */
export function userKey({ projectId, environment, externalUserId }: Whose): string {
  return `${projectId} ${environment} ${externalUserId}`
}

/** Records that this user has connected an account. A connect token alone does not create a user (inferred). */
export function rememberUser(context: EmulatorContext, whose: Whose, at: Date): void {
  const key = userKey(whose)
  const known = context.store.users.get(key)
  context.store.users.set(key, {
    id: known?.id ?? `exu_${randomAlphanumeric(7)}`,
    projectId: whose.projectId,
    environment: whose.environment,
    externalId: whose.externalUserId,
    createdAt: known?.createdAt ?? at,
    updatedAt: at,
  })
}

/**
 * Returns true when there is no room for another user. Pipedream documents ten external users in `development` and no
 * limit in `production`.
 */
export function exceedsUserLimit(context: EmulatorContext, whose: Whose): boolean {
  if (whose.environment !== 'development' || context.store.users.has(userKey(whose))) return false
  const others = listUsers(context.store, whose)
  return others.length >= context.developmentUserLimit
}

/** Returns the users of a project's environment, oldest first. */
export function listUsers(
  store: Store,
  { projectId, environment }: Omit<Whose, 'externalUserId'>,
): ExternalUser[] {
  return [...store.users.values()].filter(
    (user) => user.projectId === projectId && user.environment === environment,
  )
}
