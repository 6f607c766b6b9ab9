import type { Agent, Dispatcher, Pool } from 'undici'
import type { Undici } from './load-undici.ts'
import type { NodeTransportConfig } from './transport-options.ts'

/** How requests reach an origin. */
interface Origin {
  /** Scheme, host and port. */
  readonly origin: string
  readonly dispatcher: Dispatcher
  /** How many requests are in flight or wait for a connection. */
  requests: number
}

/** The parts of a URL that a request needs. */
export interface Destination {
  readonly origin: Origin
  /** Path and query. */
  readonly path: string
}

/** The origins that requests are sent to. */
export interface Origins {
  /** Throws a `TypeError` for a URL that cannot be requested. */
  find(url: string): Destination
  /** Closes idle connections now, and the others when their requests are complete. */
  close(): void
}

// A path and query that can be sent without parsing: no dot segments, nothing to encode.
const PLAIN_PATH = /^(?:\/(?!\.)|[\w\-.~%!$&'()*+,;=:@?])+$/
const MOST_ORIGINS = 100

export function createOrigins(undici: Undici, config: NodeTransportConfig): Origins {
  const known = new Map<string, Origin>()
  const dispatchers = createDispatchers(undici, config)

  function add(origin: string): Origin {
    if (known.size >= MOST_ORIGINS) {
      for (const [key, { requests }] of known) if (requests === 0) known.delete(key)
    }
    const dispatcher = dispatchers.to(config.findProxy(new URL(origin)))
    const added = { origin, dispatcher, requests: 0 }
    known.set(origin, added)
    return added
  }

  return {
    find(url) {
      const pathAt = url.indexOf('/', 8)
      const found = pathAt === -1 ? undefined : known.get(url.slice(0, pathAt))
      if (found !== undefined) {
        const path = url.slice(pathAt)
        if (PLAIN_PATH.test(path)) return { origin: found, path }
      }
      const { origin, pathname, search } = parse(url)
      return { origin: known.get(origin) ?? add(origin), path: pathname + search }
    },
    close: () => dispatchers.close(),
  }
}

function parse(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw new TypeError('The URL of a request must be an absolute http or https URL.')
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new TypeError('The URL of a request must not contain a user name or password.')
  }
  return parsed
}

/** Creates a dispatcher for direct connections, and one for each proxy. Each has a pool for each origin. */
function createDispatchers(undici: Undici, config: NodeTransportConfig) {
  const tls = { ...(config.ca && { ca: config.ca }), allowH2: false }
  const options = poolOptions(config)
  const direct = new undici.Agent({
    ...options,
    connect: { ...tls, timeout: config.connectTimeoutMs },
  })
  const proxies = new Map<string, Dispatcher>()

  function through(proxy: URL): Dispatcher {
    const added = new undici.ProxyAgent({
      ...options,
      uri: proxy.href,
      // It passes no options to the pools for http.
      factory: (origin: URL, passed: object) => new undici.Pool(origin, { ...passed, ...options }),
      clientFactory: (origin, passed) =>
        new undici.Pool(origin, { ...passed, headersTimeout: config.connectTimeoutMs }),
      requestTls: tls,
      proxyTls: tls,
    })
    proxies.set(proxy.href, added)
    return added
  }

  return {
    to: (proxy: URL | undefined): Dispatcher =>
      proxy === undefined ? direct : (proxies.get(proxy.href) ?? through(proxy)),
    close() {
      for (const dispatcher of [direct, ...proxies.values()]) void dispatcher.close()
    },
  }
}

function poolOptions(config: NodeTransportConfig) {
  return {
    connections: config.maxSockets,
    pipelining: 1,
    allowH2: false,
    connectTimeout: config.connectTimeoutMs,
    keepAliveTimeout: config.keepAliveMs,
    keepAliveMaxTimeout: config.keepAliveMs,
    // A server closes after `Keep-Alive: timeout`; the second less allows for latency.
    keepAliveTimeoutThreshold: 1000,
    // The signal of each request limits its time.
    headersTimeout: 0,
    bodyTimeout: 0,
  } satisfies Agent.Options & Pool.Options
}
