import { createNodeTransport, type FetchLike } from 'pipedream-client/node'

/** The environment variables that name a proxy; the lower-case names take precedence. */
export const PROXY_SETTINGS = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'] as const

export type ProxySettings = Readonly<Record<string, string | undefined>>

/** Sends a request and reads its whole response. A redirect is returned, not followed. */
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
    const content = await response.arrayBuffer()
    const { status } = response
    return new Response(content.byteLength === 0 ? null : content, { status, headers })
  }
}
