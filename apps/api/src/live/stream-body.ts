import type { SseWriter } from './sse-writer.ts'

const writers = new WeakMap<ReadableStream, SseWriter>()

/** The body of a response that a writer fills. The writer starts when the body is first read. */
export function createStreamBody(writer: SseWriter): ReadableStream<Uint8Array> {
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

/** The writer of a response's body, for a server that gives it a sink of its own. Undefined for other responses. */
export function writerOf({ body }: Response): SseWriter | undefined {
  return body === null ? undefined : writers.get(body)
}
