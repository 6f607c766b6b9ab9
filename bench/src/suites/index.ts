import type { Section } from '../report.ts'
import { compareClients } from './compare-clients.ts'
import { compareServers } from './compare-servers.ts'
import type { Machinery } from './machinery.ts'
import { measureGrowth } from './measure-growth.ts'
import { measureLatency } from './measure-latency.ts'
import { measureOverload } from './measure-overload.ts'
import { measureSearch } from './measure-search.ts'
import { measureStarts } from './measure-start.ts'
import { measureSubscribers } from './measure-subscribers.ts'

interface Suite {
  /** Its name for readers. */
  title: string
  run: (machinery: Machinery) => Promise<Section[]>
}

/** All suites, in the order of the report. */
export const SUITES = {
  servers: { title: 'Servers', run: compareServers },
  clients: { title: 'Clients', run: compareClients },
  latency: { title: 'Added latency', run: measureLatency },
  search: { title: 'Catalogue search', run: measureSearch },
  start: { title: 'Start', run: measureStarts },
  overload: { title: 'Overload', run: measureOverload },
  subscribers: { title: 'Live subscribers', run: measureSubscribers },
  growth: { title: 'Growth', run: measureGrowth },
} satisfies Record<string, Suite>

export type SuiteName = keyof typeof SUITES

/** What runs unless the arguments name suites. */
export const DEFAULT_SUITES: readonly SuiteName[] = [
  'servers',
  'clients',
  'latency',
  'search',
  'start',
  'overload',
  'subscribers',
]
