import type { FetchInit, FetchLike, FetchResponse } from '../http/fetch-like.ts'
import { exchange } from './exchange.ts'
import { loadUndici } from './load-undici.ts'
import { createOrigins, type Origins } from './origins.ts'
import { type NodeTransportOptions, readTransportOptions } from './transport-options.ts'

/** A transport for the `fetch` option of `createPipedreamClient`. */
export interface NodeTransport extends FetchLike {
  /**
   * Closes idle connections now, and the others when their requests are complete. Later requests are rejected. Optional before
   * the process exits: idle connections do not keep it alive.
   */
  close(): void
}

/**
 * Creates a replacement for `fetch` on undici, for servers that make many calls. It keeps connections open between requests,
 * limits their number and the number of requests that wait for one, resumes TLS sessions, and reads proxies from the
 * environment. It follows no redirect, and sends no request twice. It requests gzip and decompresses it, unless the request sets
 * `accept-encoding` itself.
 *
 * Requires the package `undici`, and so Node 22.19 or newer, Bun or Deno. Create one transport and share it. Throws a
 * `PipedreamInputError` with the code `ERR_CONFIGURATION` for an invalid option or proxy setting; requests reject with it if
 * undici is missing.
 */
export function createNodeTransport(options: NodeTransportOptions = {}): NodeTransport {
  const config = readTransportOptions(options)
  const most = config.maxSockets + config.maxWaiting
  let origins: Origins | undefined
  let isClosed = false
  const loading = loadUndici().then((undici) => (origins ??= createOrigins(undici, config)))
  // Each request reports it.
  loading.catch(() => {})

  async function send(url: string, init: FetchInit): Promise<FetchResponse> {
    const destination = (origins ?? (await loading)).find(url)
    init.signal.throwIfAborted()
    if (isClosed) throw new Error('This transport is closed. Create a new one.')
    const { origin, requests } = destination.origin
    if (requests >= most) {
      throw new Error(
        `Not sent: ${requests} requests to ${origin} are in flight or waiting. Send fewer at the same time, or raise maxWaiting.`,
      )
    }
    return exchange(destination, init, config.maxBodyBytes)
  }

  return Object.assign(send, {
    close() {
      if (isClosed) return
      isClosed = true
      void loading.then((loaded) => loaded.close()).catch(() => {})
    },
  })
}
