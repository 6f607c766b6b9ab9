/** How long after its expiry a connect token may still report an account: a user may finish in its last second. */
export const GRACE_MS = 5 * 60 * 1000

/** The longest life that Pipedream grants a connect token. */
export const LONGEST_LIFETIME_MS = 4 * 60 * 60 * 1000

/** How long after its expiry a flow can still be revoked: the browser of a victim may come back late. */
export const REVOCABLE_MS = 60 * 60 * 1000

export function isRevocable({ expiresAt }: { expiresAt: Date }, now: Date): boolean {
  return now.getTime() <= expiresAt.getTime() + REVOCABLE_MS
}

/** The last time at which a flow's account can be confirmed, by the gateway's clock. */
export function deadlineOf({ expiresAt }: { expiresAt: Date }): Date {
  return new Date(expiresAt.getTime() + GRACE_MS)
}
