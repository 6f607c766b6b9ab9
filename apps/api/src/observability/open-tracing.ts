import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
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
      const parent = readTraceparent(traceparent) ?? contexts.getStore() ?? ROOT_CONTEXT
      const span = tracer.startSpan(
        name,
        { kind: KINDS[kind], attributes: attributes ?? {} },
        parent,
      )
      const running = {
        set: (more: Record<string, string | number>) => void span.setAttributes(more),
        traceparent: writeTraceparent(span),
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

const propagator = new W3CTraceContextPropagator()

/** Reads the caller's `traceparent`; undefined if it is missing or invalid. */
function readTraceparent(traceparent: string | null | undefined): Context | undefined {
  if (traceparent == null) return undefined
  const context = propagator.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter)
  return trace.getSpanContext(context) && context
}

function writeTraceparent(span: Span): string | undefined {
  const carrier: { traceparent?: string } = {}
  propagator.inject(trace.setSpan(ROOT_CONTEXT, span), carrier, defaultTextMapSetter)
  return carrier.traceparent
}
