import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer'
import type { SpanExporter } from '@opentelemetry/sdk-trace-node'
import { ExponentialBackoff, handleAll, retry } from 'cockatiel'
import type { OutgoingFetch } from '../pipedream/outgoing.ts'

/** Where to send traces. */
export interface TraceCollector {
  /** Base URL of the collector; `/v1/traces` is appended. */
  endpoint: string
  /** Sent with each request, such as the API key of a hosted collector. */
  headers: Readonly<Record<string, string>>
}

const TIMEOUT_MS = 10_000
const ATTEMPTS = 3

/** Sends spans to a collector as OTLP over HTTP. Retries without a response, and for 429, 502, 503 and 504. */
export function createTraceExporter(
  { endpoint, headers }: TraceCollector,
  fetch: OutgoingFetch,
): SpanExporter {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`
  const policy = retry(handleAll, { maxAttempts: ATTEMPTS - 1, backoff: new ExponentialBackoff() })

  async function send(body: Uint8Array | undefined, signal: AbortSignal): Promise<void> {
    const response = await policy.execute(async () => {
      const attempted = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: new TextDecoder().decode(body),
        signal,
      })
      if (RETRYABLE.has(attempted.status)) throw refusal(attempted)
      return attempted
    }, signal)
    if (!response.ok) throw refusal(response)
  }

  async function attempt(...[spans, done]: Parameters<SpanExporter['export']>): Promise<void> {
    let result: ExportResult = { code: ExportResultCode.SUCCESS }
    try {
      await send(JsonTraceSerializer.serializeRequest(spans), AbortSignal.timeout(TIMEOUT_MS))
    } catch (error) {
      const asError = error instanceof Error ? error : new Error(String(error))
      result = { code: ExportResultCode.FAILED, error: asError }
    }
    done(result)
  }

  return {
    export: (spans, done) => void attempt(spans, done),
    shutdown: () => Promise.resolve(),
  }
}

const RETRYABLE = new Set([429, 502, 503, 504])

function refusal({ status }: Response): Error {
  return new Error(`The trace collector responded with status ${status}.`)
}
