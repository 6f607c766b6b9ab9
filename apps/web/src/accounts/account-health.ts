/**
 * How an account is doing. Pipedream documents two flags: an unhealthy account failed its last refresh and is tried
 * again from time to time; a dead one is given up until its owner reconnects it. One that is waiting is held by our own
 * server until the browser that began to connect it confirms it.
 */
export type AccountHealth = 'healthy' | 'needsAttention' | 'reconnectNeeded' | 'waiting'

/** Reads an account's flags. Whoever has to wait can do nothing else; dead outweighs healthy, for it works for nobody. */
export function accountHealth(account: {
  healthy: boolean
  dead: boolean
  held: boolean
}): AccountHealth {
  if (account.held) return 'waiting'
  if (account.dead) return 'reconnectNeeded'
  return account.healthy ? 'healthy' : 'needsAttention'
}
