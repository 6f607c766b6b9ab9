import type { ServerResponse } from 'node:http'
import type { Sink, SseWriter } from './sse-writer.ts'

/**
 * Connects a writer of server-sent events to the response of Node's HTTP server. Bypasses the web stream of `response`,
 * which would need more memory than the rest of an idle subscriber.
 */
export function sendStream(
  writer: SseWriter,
  response: Response,
  nodeResponse: ServerResponse,
): void {
  if (nodeResponse.destroyed) return writer.left()
  // No chunked encoding, which doubles the writes: the stream ends with its connection.
  nodeResponse.removeHeader('transfer-encoding')
  nodeResponse.writeHead(response.status, [...response.headers, ['connection', 'close']].flat())
  // Sent before the first event: Node.js then keeps the headers in memory as one string instead of its parts.
  nodeResponse.flushHeaders()
  nodeResponse.on('drain', () => writer.drained()).once('close', () => writer.left())
  writer.start(new NodeSink(nodeResponse))
}

class NodeSink implements Sink {
  readonly #response: ServerResponse

  constructor(response: ServerResponse) {
    this.#response = response
  }

  write(chunk: Uint8Array): void {
    this.#response.write(chunk)
  }

  pendingBytes(): number {
    return this.#response.writableLength
  }

  end(): void {
    this.#response.end()
  }

  cut(): void {
    this.#response.destroy()
  }
}
