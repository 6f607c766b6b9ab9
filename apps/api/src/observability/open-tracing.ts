import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-node'
import type { OutgoingFetch } from '../pipedream/outgoing.ts'
import { createTraceExporter, type TraceCollector } from './trace-exporter.ts'
import type { Tracing } from './observe.ts'

// This module is loaded only if a trace collector is configured.

/** Sends spans to a collector, as OTLP over HTTP. */
export function openTracing(collector: TraceCollector, fetch: OutgoingFetch): Tracing {
  return createTracing(new BatchSpanProcessor(createTraceExporter(collector, fetch)))
}

const KINDS = {
  server: SpanKind.SERVER,
  internal: SpanKind.INTERNAL,
  client: SpanKind.CLIENT,
}

/** Creates a tracing with its own provider and context. */
function createTracing(processor: SpanProcessor): Tracing {
  const provider = new NodeTracerProvider({ spanProcessors: [processor] })
  // Not registered globally, because several servers in one process would share it.
  const tracer = provider.getTracer('gateway')
  const contexts = new AsyncLocalStorage<Context>()
  return {
    async within({ name, kind, attributes, traceparent }, run) {
      const parent = parseTraceparent(traceparent) ?? contexts.getStore() ?? ROOT_CONTEXT
      const span = tracer.startSpan(
        name,
        { kind: KINDS[kind], attributes: attributes ?? {} },
        parent,
      )
      const running = {
        set: (more: Record<string, string | number>) => void span.setAttributes(more),
        traceparent: formatTraceparent(span),
      }
      try {
        return await contexts.run(trace.setSpan(parent, span), () => run(running))
      } catch (error) {
        // Only the class name, because the message may contain anything.
        const type = error instanceof Error ? error.constructor.name : 'unknown'
        span.setAttribute('error.type', type).setStatus({ code: SpanStatusCode.ERROR })
        throw error
      } finally {
        span.end()
      }
    },
    close: () => provider.shutdown(),
  }
}

/** Reads W3C's `traceparent`; undefined if it is invalid. */
function parseTraceparent(text: string | null | undefined): Context | undefined {
  const [, traceId = '', spanId = '', flags = ''] =
    /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(text ?? '') ?? []
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true }
  return isSpanContextValid(context) ? trace.setSpanContext(ROOT_CONTEXT, context) : undefined
}

function formatTraceparent(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext()
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
}
