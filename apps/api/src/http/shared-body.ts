export const CHUNK_BYTES = 65_536

/**
 * Creates the body of a response from bytes that all requests share, and that it reads as the client takes them. A `Response`
 * of the bytes themselves would copy them for each request, and keep the copy for as long as a slow client takes.
 */
export function sharedBody(
  bytes: Uint8Array<ArrayBuffer>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let start = 0
  return new ReadableStream(
    {
      pull(controller) {
        controller.enqueue(bytes.subarray(start, start + CHUNK_BYTES))
        start += CHUNK_BYTES
        if (start >= bytes.byteLength) controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}
