/** What the person wants to connect. */
export interface ConnectTarget {
  /** The app's slug. */
  app: string
  appName: string
  /** Reconnect this account in place, instead of adding one. */
  accountId?: string | undefined
}

/** Tells one target from another. */
export function targetKey({ app, accountId }: Pick<ConnectTarget, 'app' | 'accountId'>): string {
  return accountId === undefined ? app : `${app} ${accountId}`
}
