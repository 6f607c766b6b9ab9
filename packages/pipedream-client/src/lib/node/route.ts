import { type FindProxy, proxyAuthorization } from './find-proxy.ts'

/** How requests to one origin get there. */
export interface Route {
  /** The other end of the sockets. Requests with the same key share them. */
  readonly key: string
  /** The origin, without its path. */
  readonly origin: URL
  readonly proxy: URL | undefined
  /** Headers, as a flat list of names and values, that every request on this way begins with. */
  readonly headers: readonly string[]
  /** What comes before the path in a request: through a proxy, plain http names the whole URL. */
  readonly pathPrefix: string
}

/** A URL, taken apart for a request. */
export interface Destination {
  readonly route: Route
  /** Path and query, after what `route.pathPrefix` says. */
  readonly path: string
}

// What a path and query may hold for it to be sent as it is, without the work of parsing: no dot segments, nothing to encode.
const PLAIN_PATH = /^(?:\/(?!\.)|[\w\-.~%!$&'()*+,;=:@?])+$/
const MOST_ROUTES = 100

/** Finds the way to a URL, and keeps it for the next request to the same origin. */
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
    throw new TypeError('The address of a request must be an absolute http or https URL.')
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new TypeError('The address of a request must not hold a user name or password.')
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
