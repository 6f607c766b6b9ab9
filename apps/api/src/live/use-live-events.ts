import type { ExecutionResult } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context } from '../context.ts'
import { refuse, sentence } from '../http/responses.ts'
import { EventResults } from './event-results.ts'
import type { EventStreams } from './event-streams.ts'
import { createSharedExecution } from './shared-execution.ts'
import type { SseWriter } from './sse-writer.ts'

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  // Without it, nginx buffers events.
  'x-accel-buffering': 'no',
}

/** The results of a subscription on their way through yoga. */
interface Subscribed extends ExecutionResult {
  results: EventResults
}

/**
 * Serves subscriptions with an `SseWriter`; `context` is what all requests share. Yoga parses, validates and executes
 * subscriptions like other operations, but does not see their results as an async iterable: it would wrap them for each
 * subscriber, and keep each request in memory. See docs/decisions/0008-live-writer.md.
 */
export function useLiveEvents(streams: EventStreams, context: object): Plugin<Context, Context> {
  const subscribe = createSharedExecution(context)

  return {
    onSubscribe: ({ args, setSubscribeFn }) =>
      setSubscribeFn(async (): Promise<ExecutionResult | Subscribed> => {
        const results = await subscribe(args)
        return results instanceof EventResults ? { results } : results
      }),
    onResultProcess(payload) {
      const { request, result, serverContext } = payload
      const { viewer, live } = serverContext
      if (!isSubscribed(result)) return
      // Not reached: every subscription requires a user or an operator.
      if (!viewer || viewer.kind === 'service') {
        void result.results.return()
        return
      }
      const { externalUserId } = viewer
      const { credential } = live
      const subscriber = { externalUserId, results: result.results, credential }
      payload.setResultProcessor(() => respond(request, streams, subscriber), 'text/event-stream')
    },
  }
}

function isSubscribed(result: object): result is Subscribed {
  return 'results' in result && result.results instanceof EventResults
}

function respond(
  request: Request,
  streams: EventStreams,
  subscriber: Parameters<EventStreams['open']>[0],
): Response {
  try {
    if (acceptsEvents(request)) {
      return new Response(createBody(streams.open(subscriber)), { headers: HEADERS })
    }
    void subscriber.results.return()
    return sentence(406, 'Subscribe with “accept: text/event-stream”.')
  } catch (error) {
    void subscriber.results.return()
    return refuse(error)
  }
}

function acceptsEvents({ headers }: Request): boolean {
  return /text\/event-stream|\*\/\*/.test(headers.get('accept') ?? '*/*')
}

const writers = new WeakMap<ReadableStream, SseWriter>()

/** The body of a response that a writer fills. The writer starts when the body is first read. */
function createBody(writer: SseWriter): ReadableStream<Uint8Array> {
  let hasStarted = false
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        writer.drained()
        if (hasStarted) return
        hasStarted = true
        writer.start({
          write: (chunk) => controller.enqueue(chunk),
          pendingBytes: () => -(controller.desiredSize ?? 0),
          end: () => controller.close(),
          cut: () => controller.error(new Error('The reader was too slow, or the server failed.')),
        })
      },
      cancel: () => writer.left(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
  )
  writers.set(body, writer)
  return body
}

/** The writer of a response's body, for a server that provides its own sink. Undefined for other responses. */
export function writerOf({ body }: Response): SseWriter | undefined {
  return body === null ? undefined : writers.get(body)
}
