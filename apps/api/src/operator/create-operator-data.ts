import type { CircuitBreakerState } from '../pipedream/circuit-breaker.ts'
import type { EventStreams } from '../events/event-streams.ts'
import { createGatewayHealth } from '../observability/gateway-health.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { Operations } from './operator-data.ts'
import { createFlowRecords } from '../store/flow-records.ts'
import { createFlowStatistics } from '../store/flow-statistics.ts'
import type { Database } from '../store/open-database.ts'

interface OperationsParts {
  database: Database
  breaker: { readonly state: CircuitBreakerState }
  metrics: Metrics
  streams: EventStreams
  now: () => Date
}

export function createOperations(parts: OperationsParts): Operations {
  const { database, metrics, streams } = parts
  return {
    records: createFlowRecords(database),
    statistics: createFlowStatistics(database),
    readHealth: createGatewayHealth(parts),
    readLatencies: () => metrics.readLatencies(),
    streams,
    database,
  }
}
