/** How long after its expiry a connect token may still report an account: a user may finish in its last second. */
export const GRACE_MS = 5 * 60 * 1000

/** The last time at which a flow's account can be confirmed, by the gateway's clock. */
export function deadlineOf({ expiresAt }: { expiresAt: Date }): Date {
  return new Date(expiresAt.getTime() + GRACE_MS)
}
