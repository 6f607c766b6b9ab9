import type { FetchInit, FetchLike, FetchResponse } from '../http/send-once.ts'
import { exchange } from './exchange.ts'
import { openSocket } from './open-socket.ts'
import { createRouter, type Route } from './route.ts'
import { createSocketPool, type SocketPool } from './socket-pool.ts'
import { createTlsSessions } from './tls-sessions.ts'
import { type NodeTransportOptions, readTransportOptions } from './transport-options.ts'

/** For the `fetch` option of `createPipedreamClient`. */
export interface NodeTransport extends FetchLike {
  /**
   * Closes the sockets that are free at once, and the others when their requests are done; later requests are refused.
   * A process can end without it: sockets that are free do not keep it alive.
   */
  close(): void
}

/**
 * A lean stand-in for `fetch` on `node:http`, for servers that make many calls: sockets stay open from one request to the next,
 * their number is bounded, TLS sessions are resumed, and proxies are taken from the environment. Redirects are never followed.
 * It asks for gzip, unless the request has an `accept-encoding` of its own, and undoes it.
 *
 * A GET, HEAD, OPTIONS or PUT that meets a socket which the server has just closed is sent again, once, on a new one; nothing
 * else is ever sent twice. Make one and share it. Throws `ERR_CONFIGURATION` for a wrong option or proxy setting.
 * It runs on Node 20 and newer, Bun and Deno.
 */
export function createNodeTransport(options: NodeTransportOptions = {}): NodeTransport {
  const config = readTransportOptions(options)
  const findRoute = createRouter(config.findProxy)
  const sessions = createTlsSessions()
  const pools = new Map<string, SocketPool>()
  let isClosed = false

  function poolOf(route: Route): SocketPool {
    const known = pools.get(route.key)
    if (known !== undefined) return known
    const pool = createSocketPool({
      open: () => openSocket(route, { ...config, sessions }),
      maxSockets: config.maxSockets,
      keepAliveMs: config.keepAliveMs,
      onEmpty: () => pools.delete(route.key),
    })
    pools.set(route.key, pool)
    return pool
  }

  async function send(url: string, init: FetchInit): Promise<FetchResponse> {
    init.signal.throwIfAborted()
    if (isClosed) throw new Error('This transport was closed. Make a new one.')
    const destination = findRoute(url)
    // Looked up each time: a pool that has become empty is replaced.
    const takeLane = (isFresh: boolean) => poolOf(destination.route).take(init.signal, isFresh)
    return exchange(takeLane, destination, init)
  }

  return Object.assign(send, {
    close() {
      isClosed = true
      for (const pool of pools.values()) pool.close()
    },
  })
}
