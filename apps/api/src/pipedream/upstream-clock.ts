import { CLOCK_SKEW_LIMIT_MS, type FetchLike, measureClockSkew } from 'pipedream-client/node'
import type { Logger } from '../observability/log.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { ProjectWarning } from './watch-project.ts'

/** Compares this machine's clock with Pipedream's. */
export interface UpstreamClock {
  /** Like the wrapped `fetch`; measures the clocks with each response. */
  fetch: FetchLike
  /** A warning while the clocks differ by more than a minute, for `/health/ready`. */
  warnings(): readonly ProjectWarning[]
}

export interface UpstreamClockOptions {
  log: Logger
  metrics: Pick<Metrics, 'clockMeasured'>
  /** Default: this machine's clock. */
  now?: (() => Date) | undefined
}

// Lower than the limit, so that a difference near the limit does not cause a log line with every response.
const AGREES_MS = CLOCK_SKEW_LIMIT_MS / 2

/**
 * Measures how far this machine's clock is from Pipedream's, with every response that Pipedream writes itself. Logs when the
 * difference exceeds a minute, and when it is gone. No decision of the gateway depends on the result.
 */
export function createUpstreamClock(
  fetch: FetchLike,
  options: UpstreamClockOptions,
): UpstreamClock {
  const { log, metrics, now = () => new Date() } = options
  let aheadMs = 0
  let isWrong = false

  function take(measuredMs: number): void {
    const wasWrong = isWrong
    aheadMs = measuredMs
    isWrong = Math.abs(aheadMs) > (wasWrong ? AGREES_MS : CLOCK_SKEW_LIMIT_MS)
    const aheadSeconds = aheadMs / 1000
    metrics.clockMeasured({ aheadSeconds })
    if (isWrong && !wasWrong) log.warn({ aheadSeconds }, describe(aheadMs))
    if (wasWrong && !isWrong) log.info({ aheadSeconds }, 'The clocks agree again')
  }

  return {
    async fetch(url, init) {
      const sentAt = now()
      const response = await fetch(url, init)
      const { status, headers } = response
      const measured = measureClockSkew({ headers, sentAt, receivedAt: now() })
      if (measured !== undefined && isFromPipedream(url, status)) take(measured)
      return response
    },
    warnings: () => (isWrong ? [{ check: 'clock', message: describe(aheadMs) }] : []),
  }
}

// The connect proxy passes on headers of any provider, and a server in between may write a 5xx.
function isFromPipedream(url: string, status: number): boolean {
  return status < 500 && !new URL(url).pathname.includes('/proxy/')
}

function describe(aheadMs: number): string {
  const seconds = Math.round(Math.abs(aheadMs) / 1000)
  const where = aheadMs > 0 ? 'ahead of' : 'behind'
  return `This server’s clock is ${seconds} s ${where} Pipedream’s. Let the operating system set the time from the network (NTP).`
}
