/** What lets a TLS handshake be cut short the next time, by origin. */
export interface TlsSessions {
  get(origin: string): Buffer | undefined
  set(origin: string, session: Buffer): void
  delete(origin: string): void
}

const MOST_SESSIONS = 100

/** Keeps the sessions of the origins that were used last. */
export function createTlsSessions(): TlsSessions {
  const sessions = new Map<string, Buffer>()
  return {
    get: (origin) => sessions.get(origin),
    set(origin, session) {
      // A map keeps the order in which keys came: the first is the one that was renewed longest ago.
      sessions.delete(origin)
      sessions.set(origin, session)
      const [oldest] = sessions.keys()
      if (sessions.size > MOST_SESSIONS && oldest !== undefined) sessions.delete(oldest)
    },
    delete: (origin) => sessions.delete(origin),
  }
}
