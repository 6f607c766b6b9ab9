import { createNodeTransport, type FetchLike } from 'pipedream-client/node'

/** The variables that name a proxy; in lower case they win. */
export const PROXY_SETTINGS = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'] as const

export type ProxySettings = Readonly<Record<string, string | undefined>>

/** Sends a request and reads its whole response. A redirect is returned, not followed. */
export type OutgoingFetch = (url: string, init?: RequestInit) => Promise<Response>

/**
 * Everything that the gateway sends: calls to Pipedream, requests for the keys of JWTs, traces. All of it goes through the
 * proxy that the settings name, or none does; this machine is never asked through a proxy.
 */
export interface Outgoing {
  /** For the client of Pipedream. */
  transport: FetchLike
  /** The same for everything else. */
  fetch: OutgoingFetch
  close(): void
}

/** Throws `ERR_CONFIGURATION` for a proxy that is neither http nor https. */
export function createOutgoing(proxies: ProxySettings): Outgoing {
  const transport = createNodeTransport({ env: proxies })
  return { transport, fetch: asFetch(transport), close: () => transport.close() }
}

function asFetch(transport: FetchLike): OutgoingFetch {
  return async (url, init = {}) => {
    const request = new Request(url, { ...init, signal: init.signal ?? null })
    const body = request.body === null ? undefined : await request.text()
    const answer = await transport(url, {
      method: request.method,
      headers: Object.fromEntries(request.headers),
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal: request.signal,
    })
    const headers = new Headers()
    answer.headers.forEach((value, name) => headers.append(name, value))
    const content = await answer.arrayBuffer()
    const { status } = answer
    return new Response(content.byteLength === 0 ? null : content, { status, headers })
  }
}
