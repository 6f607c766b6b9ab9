import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as received. */
export interface RecordedRequest {
  method: string
  /** The full URL, exactly as sent. */
  url: URL
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  /** As UTF-8. */
  body: string
}

/** Creates the response to a request. */
export type Respond = (request: RecordedRequest) => Response

/** A server that records requests. */
export interface Recorder extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly baseUrl: string
  /** In the order of their arrival. */
  readonly requests: readonly RecordedRequest[]
  /**
   * A `fetch` that sends requests for other hosts to this server. Workflows have a domain with TLS, which no local server can
   * have.
   */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
}

const MEANT_FOR = 'x-conformance-meant-for'

/** Listens on a free port of the loopback address. */
export async function openRecorder(respond: Respond): Promise<Recorder> {
  const requests: RecordedRequest[] = []
  const server = createServer((incoming, outgoing) => {
    void receive(incoming, outgoing, (request) => {
      requests.push(request)
      return respond(request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const baseUrl = `http://127.0.0.1:${portOf(server.address())}`
  const { fetch } = globalThis
  return {
    baseUrl,
    requests,
    fetch: (url, init) => {
      if (url.startsWith(baseUrl)) return fetch(url, init)
      const headers = new Headers(init.headers)
      headers.set(MEANT_FOR, url)
      return fetch(baseUrl, { ...init, headers })
    },
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function portOf(address: string | AddressInfo | null): number {
  if (typeof address === 'object' && address !== null) return address.port
  throw new Error('The recorder is not listening on a port.')
}

async function receive(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  respond: Respond,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const { [MEANT_FOR]: meantFor, ...headers } = headersOf(incoming)
  const url = new URL(meantFor ?? `http://${headers['host']}${incoming.url}`)
  const method = incoming.method ?? ''
  const response = respond({ method, url, headers, body: Buffer.concat(chunks).toString() })
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  outgoing.end(Buffer.from(await response.arrayBuffer()))
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const pairs = Object.entries(headers).map(([name, value = '']) => [name, [value].flat().join()])
  return Object.fromEntries(pairs)
}
