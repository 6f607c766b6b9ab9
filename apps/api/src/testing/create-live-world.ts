import type { ServerDeps } from '../server.ts'
import { createEvents } from '../store/events.ts'
import { openDatabase } from '../store/open-database.ts'
import { createWorld, type World } from './create-world.ts'

export interface LiveWorld extends World {
  /** Something happens to somebody's account. */
  happen: (externalUserId: string, accountId: string, reason?: string) => Promise<void>
  /** Lets one heartbeat pass, and looks whether everybody is still signed in. */
  tick: () => void
}

/** A world whose events a test makes, and whose clock it drives. */
export async function createLiveWorld(overrides: Partial<ServerDeps> = {}): Promise<LiveWorld> {
  const database = overrides.database ?? (await openDatabase(':memory:'))
  const events = createEvents(database, () => new Date())
  const runs = new Set<() => void>()
  const every = (_ms: number, run: () => void) => {
    runs.add(run)
    return () => void runs.delete(run)
  }
  const world = await createWorld({ database, ...overrides, live: { every, ...overrides.live } })
  return {
    ...world,
    happen: (externalUserId, accountId, reason) =>
      events.record({
        type: 'account_health_changed',
        externalUserId,
        accountId,
        app: 'openai',
        reason,
      }),
    tick() {
      for (const run of runs) run()
    },
  }
}
