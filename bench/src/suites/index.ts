import type { Section } from '../report.ts'
import { compareClients } from './compare-clients.ts'
import { compareServers } from './compare-servers.ts'
import type { Machinery } from './machinery.ts'
import { measureLatency } from './measure-latency.ts'

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
} satisfies Record<string, Suite>

export type SuiteName = keyof typeof SUITES

/** What runs unless the arguments name suites. */
export const DEFAULT_SUITES: readonly SuiteName[] = ['servers', 'clients', 'latency']
