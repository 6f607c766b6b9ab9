import type { GatewayHealth } from '../observability/gateway-health.ts'
import type { FlowRecords } from '../store/flow-records.ts'
import type { FlowStatistics } from '../store/flow-statistics.ts'
import type { UpstreamLatency } from '../observability/upstream-latency.ts'

/** What operators look at, besides what everybody may of their own. */
export interface Operations {
  records: FlowRecords
  statistics: FlowStatistics
  readHealth: () => Promise<GatewayHealth>
  /** Of this process, since it began. */
  readLatencies: () => Promise<UpstreamLatency[]>
  /** Streams of live events of this process. */
  streams: { readonly size: number }
  database: { readonly waiting: number }
}
