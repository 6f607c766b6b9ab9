/**
 * How an account is doing. Pipedream documents two flags: an unhealthy account failed its last refresh and is tried
 * again from time to time; a dead one is given up until its owner reconnects it. Our own server holds a new one until the
 * browser that began to connect it confirms it: which this page is about to do, or another browser has to.
 */
export type AccountHealth =
  | 'healthy'
  | 'needsAttention'
  | 'reconnectNeeded'
  | 'checking'
  | 'waiting'

/** Reads an account's flags. Whoever has to wait can do nothing else; dead outweighs healthy, for it works for nobody. */
export function accountHealth(
  account: { healthy: boolean; dead: boolean; held: boolean },
  { connecting }: { /** This page is in a flow of the same app. */ connecting: boolean },
): AccountHealth {
  if (account.held) return connecting ? 'checking' : 'waiting'
  if (account.dead) return 'reconnectNeeded'
  return account.healthy ? 'healthy' : 'needsAttention'
}
