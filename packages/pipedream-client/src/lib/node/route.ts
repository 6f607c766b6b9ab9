import { type FindProxy, proxyAuthorization } from './find-proxy.ts'

/** How requests reach an origin. */
export interface Route {
  /** Identifies the peer. Requests with the same key share connections. */
  readonly key: string
  /** The origin, without a path. */
  readonly origin: URL
  /** The proxy; undefined for a direct connection. */
  readonly proxy: URL | undefined
  /** Headers that every request on this route starts with, as a flat list of names and values. */
  readonly headers: readonly string[]
  /** Prefix of the path in a request: plain http through a proxy names the whole URL. */
  readonly pathPrefix: string
}

/** The parts of a URL that a request needs. */
export interface Destination {
  readonly route: Route
  /** Path and query, without `route.pathPrefix`. */
  readonly path: string
}

// A path and query that can be sent without parsing: no dot segments, nothing to encode.
const PLAIN_PATH = /^(?:\/(?!\.)|[\w\-.~%!$&'()*+,;=:@?])+$/
const MOST_ROUTES = 100

/** Returns the route for a URL, cached by origin. */
export function createRouter(findProxy: FindProxy): (url: string) => Destination {
  const routes = new Map<string, Route>()
  return (url) => {
    const pathAt = url.indexOf('/', 8)
    const path = pathAt === -1 ? '' : url.slice(pathAt)
    const known = pathAt === -1 ? undefined : routes.get(url.slice(0, pathAt))
    if (known !== undefined && PLAIN_PATH.test(path)) return { route: known, path: path }
    const parsed = parse(url)
    const route = routeTo(new URL(parsed.origin), findProxy)
    if (routes.size >= MOST_ROUTES) routes.clear()
    routes.set(parsed.origin, route)
    return { route, path: parsed.pathname + parsed.search }
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

function routeTo(origin: URL, findProxy: FindProxy): Route {
  const proxy = findProxy(origin)
  const host = ['host', origin.host]
  if (proxy === undefined) {
    return { key: origin.origin, origin, proxy, headers: host, pathPrefix: '' }
  }
  if (origin.protocol === 'https:') {
    return {
      key: `${origin.origin} through ${proxy.href}`,
      origin,
      proxy,
      headers: host,
      pathPrefix: '',
    }
  }
  return {
    key: proxy.href,
    origin,
    proxy,
    headers: [...host, ...proxyAuthorization(proxy)],
    pathPrefix: origin.origin,
  }
}
