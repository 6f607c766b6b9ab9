import type { Section } from '../report.ts'
import { growReplicas } from './grow-replicas.ts'
import { growStore } from './grow-store.ts'
import { growSubscribers } from './grow-subscribers.ts'
import type { Machinery } from './machinery.ts'
import { measureUpTo } from './measure-subscribers.ts'

const IDLE_COUNTS = [0, 2500, 5000, 7500, 10_000]

/** Measures how cost grows with the number of subscribers, of rows and of replicas. */
export async function measureGrowth(machinery: Machinery): Promise<Section[]> {
  return [
    await measureUpTo({ upstream: machinery.upstream, counts: IDLE_COUNTS }),
    await growSubscribers(machinery),
    await growStore(machinery),
    ...(await growReplicas(machinery)),
  ]
}
