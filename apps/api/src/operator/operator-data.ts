import { createGatewayHealth, type GatewayHealth } from '../observability/health.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { UpstreamLatency } from '../observability/upstream-latency.ts'
import type { CircuitBreakerState } from '../pipedream/circuit-breaker.ts'
import { createFlowRecords, type FlowRecords } from '../store/flow-records.ts'
import { createFlowStatistics, type FlowStatistics } from '../store/flow-statistics.ts'
import { createHeldAccountRecords, type HeldAccountRecords } from '../store/held-account-records.ts'
import type { Database } from '../store/open-database.ts'

/** Data for operators, across all users. */
export interface OperatorData {
  records: FlowRecords
  heldAccounts: HeldAccountRecords
  statistics: FlowStatistics
  readHealth: () => Promise<GatewayHealth>
  /** Latencies of this process since it started. */
  readLatencies: () => Promise<UpstreamLatency[]>
  /** Live event streams of this process. */
  streams: { readonly size: number }
  database: { readonly waiting: number }
}

interface OperatorDataParts {
  database: Database
  breaker: { readonly state: CircuitBreakerState }
  metrics: Metrics
  streams: { readonly size: number }
  now: () => Date
}

export function createOperatorData(parts: OperatorDataParts): OperatorData {
  const { database, metrics, streams } = parts
  return {
    records: createFlowRecords(database),
    heldAccounts: createHeldAccountRecords(database, parts.now),
    statistics: createFlowStatistics(database),
    readHealth: createGatewayHealth(parts),
    readLatencies: () => metrics.readLatencies(),
    streams,
    database,
  }
}
