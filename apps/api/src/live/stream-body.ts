import type { SseWriter } from './sse-writer.ts'

/** The body of a response that a writer fills. The writer starts when the body is first read. */
export function createStreamBody(writer: SseWriter): ReadableStream<Uint8Array> {
  let hasStarted = false
  return new ReadableStream<Uint8Array>(
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
}
