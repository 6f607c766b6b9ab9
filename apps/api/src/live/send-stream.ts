import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Sink, SseWriter } from './sse-writer.ts'

/**
 * Connects a writer of server-sent events to the socket of Node's HTTP server, which is one of `sockets` while it is open. Bypasses
 * the web stream of `response`, and frees what Node keeps of the request: both would need more memory than the rest of an idle
 * subscriber.
 */
export function sendStream(
  writer: SseWriter,
  response: Response,
  { nodeResponse, sockets }: { nodeResponse: ServerResponse; sockets: Set<Socket> },
): void {
  const { socket } = nodeResponse
  if (nodeResponse.destroyed) return writer.left()
  // The response waits for the one to an earlier request of the connection.
  if (!socket) {
    writer.left()
    nodeResponse.writeHead(503, { connection: 'close', 'retry-after': '1' }).end()
    return
  }
  // No chunked encoding, which doubles the writes: the stream ends with its connection.
  nodeResponse.removeHeader('transfer-encoding')
  nodeResponse.writeHead(response.status, [...response.headers, ['connection', 'close']].flat())
  nodeResponse.flushHeaders()
  sockets.add(socket)
  watch(socket, writer, sockets)
  writer.start(new SocketSink(socket))
  // Not now: the parser may be in the middle of the chunk in which the request came.
  setImmediate(() => {
    if (release(nodeResponse, socket)) watch(socket, writer, sockets)
  })
}

// A function of its own, because its closures would otherwise keep the request and the response.
function watch(socket: Socket, writer: SseWriter, sockets: Set<Socket>): void {
  socket
    .on('drain', () => writer.drained())
    .once('close', () => {
      sockets.delete(socket)
      writer.left()
    })
}

/**
 * Frees the request, the response and the parser of a connection: 10 kB, most of them a buffer of the parser for headers. This is
 * what Node itself does with the connection of an upgrade; it has no public function for others. Whatever the parser of a later
 * Node looks like, the stream works without this too. Returns whether it was done; the socket then has no listeners of the caller.
 */
function release(nodeResponse: ServerResponse, socket: Socket): boolean {
  if (socket.destroyed || !hasParser(socket)) return false
  const { parser } = socket
  nodeResponse.detachSocket(socket)
  for (const event of ['data', 'end', 'close', 'drain', 'error', 'timeout', 'pause', 'resume']) {
    socket.removeAllListeners(event)
  }
  parser.unconsume()
  parser.remove()
  Object.assign(parser, { incoming: null, outgoing: null, socket: null, _consumed: false })
  Object.assign(socket, { parser: null })
  parser.close()
  socket.setTimeout(0)
  socket
    // A reset is followed by `close`.
    .on('error', () => {})
    .once('end', () => socket.destroy())
    // What the client sends is not a request any more, but the end of it has to be noticed.
    .resume()
  return true
}

/** What is used of the parser that Node's HTTP server keeps for each connection. */
interface Parser {
  unconsume(): void
  remove(): void
  close(): void
}

function hasParser(socket: Socket): socket is Socket & { parser: Parser } {
  const parser: unknown = Reflect.get(socket, 'parser')
  return (
    typeof parser === 'object' &&
    parser !== null &&
    ['unconsume', 'remove', 'close'].every(
      (name) => typeof Reflect.get(parser, name) === 'function',
    )
  )
}

class SocketSink implements Sink {
  readonly #socket: Socket

  constructor(socket: Socket) {
    this.#socket = socket
  }

  write(chunk: Uint8Array): void {
    this.#socket.write(chunk)
  }

  pendingBytes(): number {
    return this.#socket.writableLength
  }

  end(): void {
    this.#socket.end()
  }

  cut(): void {
    this.#socket.destroy()
  }
}
