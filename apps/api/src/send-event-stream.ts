import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { EventStream } from './events/open-event-stream.ts'

/**
 * Writes a stream of events to its socket itself. A web stream in between, chunks, and what the HTTP server and its
 * adapter remember of an answer cost as much as all the rest, for every page that is open.
 */
export function sendEventStream(
  stream: EventStream,
  answer: Response,
  response: ServerResponse,
): void {
  const { socket, req } = response
  if (!socket || socket.destroyed) return stream.left()
  // Nobody else waits for the end of this exchange.
  for (const emitter of [req, response]) emitter.removeAllListeners()
  socket.write(headOf(answer))
  socket.on('drain', () => stream.drained()).once('close', () => stream.left())
  stream.start({
    write: (chunk) => void socket.write(chunk),
    pending: () => socket.writableLength,
    end: () => void socket.end(),
    cut: () => void socket.destroy(),
  })
}

function headOf({ status, headers }: Response): string {
  const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}connection: close\r\n\r\n`
}
