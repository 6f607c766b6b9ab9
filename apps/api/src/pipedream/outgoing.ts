import { createNodeTransport, type FetchLike, type FetchResponse } from 'pipedream-client/node'

/** The variables that select a proxy. All programs share them, mostly in lower case, which takes precedence. */
export const PROXY_SETTINGS: readonly string[] = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'].flatMap(
  (name) => [name, name.toLowerCase()],
)

export type ProxySettings = Readonly<Record<string, string | undefined>>

/** Sends a request and reads its whole response, of at most 256 KiB. A redirect is returned, not followed. */
export type OutgoingFetch = (url: string, init?: RequestInit) => Promise<Response>

/**
 * All outgoing requests of the gateway: to Pipedream, for JWT keys, and for traces. They all use the configured proxy, except
 * for requests to this machine.
 */
export interface Outgoing {
  /** For the Pipedream client. */
  transport: FetchLike
  /** For everything else. */
  fetch: OutgoingFetch
  close(): void
}

/** Throws `ERR_CONFIGURATION` for a proxy URL that is neither http nor https. */
export function createOutgoing(proxies: ProxySettings): Outgoing {
  const transport = createNodeTransport({ env: proxies })
  return { transport, fetch: asFetch(transport), close: () => transport.close() }
}

function asFetch(transport: FetchLike): OutgoingFetch {
  return async (url, init = {}) => {
    const request = new Request(url, { ...init, signal: init.signal ?? null })
    const body = request.body === null ? undefined : await request.text()
    const response = await transport(url, {
      method: request.method,
      headers: Object.fromEntries(request.headers),
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal: request.signal,
    })
    const headers = new Headers()
    response.headers.forEach((value, name) => headers.append(name, value))
    const content = await readBounded(response)
    const { status } = response
    return new Response(content.byteLength === 0 ? null : content, { status, headers })
  }
}

// Far more than the keys of an issuer, the largest of these responses.
const RESPONSE_MAX = 256 * 1024

async function readBounded({ body }: FetchResponse): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  // Leaving the loop cancels the stream, and so closes the connection.
  for await (const chunk of body ?? []) {
    length += chunk.byteLength
    if (length > RESPONSE_MAX) {
      throw new Error(`The response has more than ${RESPONSE_MAX} bytes.`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
