import { createSourceEventStream, execute, type ExecutionArgs, type ExecutionResult } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Context, Live } from '../context.ts'
import type { Renderers, Selection } from '../events/create-renderers.ts'
import type { EventStreams } from '../events/event-streams.ts'
import { refuse, sentence } from '../http/responses.ts'

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  // Nginx would collect the events until there are enough of them.
  'x-accel-buffering': 'no',
}

/** A request, as long as nobody knows whether it subscribes. */
export interface LiveRequest extends Live {
  /** What its events are rendered with: all of its context but the request, which a stream need not keep. */
  context: Omit<Context, 'live'>
  isStillSignedIn: () => Promise<boolean>
  /** Whose events it asked for, and where they begin. */
  position?: Parameters<Live['follow']>[0]
  selection?: Selection
}

export function createLiveRequest(
  request: Request,
  rest: Pick<LiveRequest, 'context' | 'isStillSignedIn'>,
): LiveRequest {
  return {
    ...rest,
    lastEventId: request.headers.get('last-event-id') ?? undefined,
    follow(position) {
      this.position = position
      return nothing()
    },
  }
}

// The stream delivers the events past GraphQL's own machinery, which costs too much for each of many subscribers.
async function* nothing(): AsyncGenerator<never> {}

interface EventStreamOptions {
  streams: EventStreams
  renderers: Renderers
}

/**
 * Answers subscriptions. Yoga checks them like every operation; instead of an iteration for each subscriber, which
 * holds the whole request, its stream gets what is rendered once for all who asked for the same.
 */
export function useEventStream(options: EventStreamOptions): Plugin<LiveContext, LiveContext> {
  return {
    onSubscribe: ({ args, setSubscribeFn }) => setSubscribeFn(() => subscribe(args)),
    onResultProcess(payload) {
      const { request, serverContext } = payload
      const { position, selection, isStillSignedIn } = serverContext.live
      if (!position || !selection) return
      const subscription = { ...options, position, selection, isStillSignedIn }
      payload.setResultProcessor(() => respond(request, subscription), 'text/event-stream')
    },
  }
}

export type LiveContext = Context & { live: LiveRequest }

/** Validates the arguments and asks who may subscribe. What comes of it is a refusal, or stays in `live`. */
async function subscribe(
  args: ExecutionArgs & { contextValue: LiveContext },
): Promise<ExecutionResult> {
  const source = await createSourceEventStream(args)
  if (!(Symbol.asyncIterator in source)) return source
  const first = await source[Symbol.asyncIterator]().next()
  if (!first.done) return execute({ ...args, rootValue: first.value })
  const { schema, document, operationName, variableValues } = args
  const { live } = args.contextValue
  live.selection = { schema, document, operationName, variableValues, contextValue: live.context }
  return { data: null }
}

interface Subscription extends EventStreamOptions, Pick<LiveRequest, 'isStillSignedIn'> {
  position: NonNullable<LiveRequest['position']>
  selection: Selection
}

function respond(request: Request, subscription: Subscription): Response {
  const { streams, renderers, position, selection, isStillSignedIn } = subscription
  if (!/text\/event-stream|\*\/\*/.test(request.headers.get('accept') ?? '*/*')) {
    return sentence(406, 'Subscribe with “accept: text/event-stream”.')
  }
  const { render, release } = renderers.take(selection)
  try {
    const body = streams.open({ ...position, render, isStillSignedIn, onEnd: release })
    return new Response(body, { headers: HEADERS })
  } catch (error) {
    release()
    return refuse(error)
  }
}
