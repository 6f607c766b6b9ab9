/** One line of a Prometheus histogram. */
export interface HistogramValue {
  labels: Readonly<Partial<Record<string, string | number>>>
  metricName?: string | undefined
  value: number
}

/** Latency of one Pipedream operation. */
export interface UpstreamLatency {
  /** Method and path without IDs, such as `GET /v1/connect/:id/accounts`. */
  operation: string
  /** Calls since this process started. */
  count: number
  /** Failed calls: status 500 or more, 408, 429, or no response. */
  failed: number
  /** Estimated from histogram buckets; null: above the last bound. */
  p50Ms: number | null
  p90Ms: number | null
  p99Ms: number | null
}

/** Computes the latency of each operation from a histogram labelled by operation and status; most calls first. */
export function readLatencies(values: readonly HistogramValue[]): UpstreamLatency[] {
  return [...Map.groupBy(values, ({ labels }) => String(labels['operation']))]
    .map(([operation, of]) => {
      const counts = of.filter(({ metricName }) => metricName?.endsWith('_count'))
      const buckets = addBuckets(of)
      return {
        operation,
        count: total(counts),
        failed: total(counts.filter(({ labels }) => isFailure(String(labels['status'])))),
        p50Ms: quantile(0.5, buckets),
        p90Ms: quantile(0.9, buckets),
        p99Ms: quantile(0.99, buckets),
      }
    })
    .toSorted((one, other) => other.count - one.count)
}

interface Bucket {
  /** In seconds. */
  bound: number
  /** Calls that took at most this long. */
  count: number
}

function addBuckets(values: readonly HistogramValue[]): Bucket[] {
  const buckets = values.filter(({ metricName }) => metricName?.endsWith('_bucket'))
  return [...Map.groupBy(buckets, ({ labels }) => toBound(labels['le']))]
    .map(([bound, of]) => ({ bound, count: total(of) }))
    .toSorted((one, other) => one.bound - other.bound)
}

function toBound(le: string | number | undefined): number {
  return le === '+Inf' ? Infinity : Number(le)
}

// Like Prometheus' histogram_quantile, assumes that calls are spread evenly within a bucket.
function quantile(part: number, buckets: readonly Bucket[]): number | null {
  const rank = part * (buckets.at(-1)?.count ?? 0)
  const index = buckets.findIndex(({ count }) => count >= rank && count > 0)
  const found = buckets[index]
  if (!found || found.bound === Infinity) return null
  const below = buckets[index - 1] ?? { bound: 0, count: 0 }
  const within = (rank - below.count) / (found.count - below.count)
  return (below.bound + (found.bound - below.bound) * within) * 1000
}

function total(values: readonly HistogramValue[]): number {
  return values.reduce((sum, { value }) => sum + value, 0)
}

function isFailure(status: string): boolean {
  return status === 'none' || status === '408' || status === '429' || Number(status) >= 500
}
