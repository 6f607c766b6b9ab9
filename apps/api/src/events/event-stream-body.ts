import type { EventStream } from './open-event-stream.ts'

const streams = new WeakMap<ReadableStream, EventStream>()

/** A stream of events as the body of an answer. It begins when it is first read. */
export function eventStreamBody(stream: EventStream): ReadableStream<Uint8Array> {
  let hasStarted = false
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        stream.drained()
        if (hasStarted) return
        hasStarted = true
        stream.start({
          write: (chunk) => controller.enqueue(chunk),
          pending: () => -(controller.desiredSize ?? 0),
          end: () => controller.close(),
          cut: () => controller.error(new Error('The reader was too slow, or we failed.')),
        })
      },
      cancel: () => stream.left(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
  )
  streams.set(body, stream)
  return body
}

/** The stream of events that an answer consists of, to be written without its body in between. */
export function eventStreamOf({ body }: Response): EventStream | undefined {
  return body === null ? undefined : streams.get(body)
}
