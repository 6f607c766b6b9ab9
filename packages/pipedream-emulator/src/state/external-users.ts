import type { ConnectToken, ExternalUser, Store } from './store.ts'
import type { EmulatorContext } from './emulator-context.ts'
import { randomAlphanumeric } from './random.ts'

/** Pipedream's own message, as observed. */
export const USER_LIMIT_REACHED =
  "You've hit your limit on the number of external users you can connect."

export type UserIdentity = Pick<ConnectToken, 'projectId' | 'environment' | 'externalUserId'>

/** The user's key in the store. The same external user id is another user in another project or environment. */
export function userKey({ projectId, environment, externalUserId }: UserIdentity): string {
  return `${projectId} ${environment} ${externalUserId}`
}

/** Records that this user has connected an account. A connect token alone does not create a user (inferred). */
export function recordUser(context: EmulatorContext, user: UserIdentity, at: Date): void {
  const key = userKey(user)
  const known = context.store.users.get(key)
  context.store.users.set(key, {
    id: known?.id ?? `exu_${randomAlphanumeric(7)}`,
    projectId: user.projectId,
    environment: user.environment,
    externalId: user.externalUserId,
    createdAt: known?.createdAt ?? at,
    updatedAt: at,
  })
}

/**
 * Returns true when there is no room for another user. Pipedream documents ten external users in `development` and no
 * limit in `production`.
 */
export function exceedsUserLimit(context: EmulatorContext, user: UserIdentity): boolean {
  if (user.environment !== 'development' || context.store.users.has(userKey(user))) return false
  const others = listUsers(context.store, user)
  return others.length >= context.developmentUserLimit
}

/** Returns the users of a project's environment, oldest first. */
export function listUsers(
  store: Store,
  { projectId, environment }: Omit<UserIdentity, 'externalUserId'>,
): ExternalUser[] {
  return [...store.users.values()].filter(
    (user) => user.projectId === projectId && user.environment === environment,
  )
}
