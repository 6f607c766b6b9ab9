import { isLoopbackInBrowsers } from 'pipedream-client/node'
import type { Credentials } from '../auth/viewer.ts'
import { type Reply, sentence } from './reply.ts'
import type { Address, HandledPattern } from './routes.ts'
import { isPrefixOnly, type Peer, type Site } from './site.ts'
import { webFile, type WebFiles } from './web-files.ts'

/** The handler of each address that the web app does not serve. */
export type Handlers = Readonly<Record<HandledPattern, Route>>

export interface RouterOptions {
  handlers: Handlers
  /** The built web app, which serves all other addresses. */
  webFiles: WebFiles | undefined
  site: Site
}

/** Passes a request to the handler of its address. */
export type Router = (visit: Visit) => Reply | Promise<Reply>

export function createRouter({ handlers, webFiles, site }: RouterOptions): Router {
  const table = new Map<string, Route>(Object.entries(handlers))
  const ownHost = new URL(site.url)
  const isLoopbackSite = isLoopbackInBrowsers(ownHost)

  // 127.0.0.1 is a different origin from localhost: the page would load, and then all its requests would be rejected.
  function isOtherLoopbackName({ request, url }: Visit): boolean {
    return (
      isLoopbackSite &&
      url.hostname !== ownHost.hostname &&
      (request.method === 'GET' || request.method === 'HEAD') &&
      Boolean(request.headers.get('accept')?.includes('text/html')) &&
      isLoopbackInBrowsers(url)
    )
  }

  return (visit) => {
    const { request, url, address } = visit
    const mayBePage = !isPrefixOnly(url.pathname, site.basePath)
    if (mayBePage && isOtherLoopbackName(visit)) {
      return redirectTo(site, `${address.path}${url.search}`)
    }
    const route = table.get(address.pattern)
    if (route) return runMethod(route, visit)
    const file = webFiles && webFile(request, { path: address.path, mayBePage }, webFiles)
    return file ? runMethod({ GET: () => file }, visit) : sentence(404, 'Not found.')
  }
}

function redirectTo(site: Site, address: string): Reply {
  // At the root of the origin, a path that starts with two slashes would name another host.
  if (address.startsWith('//')) return sentence(404, 'Not found.')
  return { status: 307, headers: { location: `${site.url}${address}` }, body: null }
}

/** A request for an address of the table. */
export interface Visit {
  /** Its method and headers. */
  request: Request
  url: URL
  peer: Peer
  address: Address
  /** Whether demo sign-in exists for this request. */
  mayDemo: boolean
  credentials: Credentials
  /** The text of its body, within the limits. */
  body: string
}

type Handler = (visit: Visit) => Reply | Promise<Reply>

/** The handlers of one address. HEAD, OPTIONS and status 405 follow from them. */
export interface Route {
  /** Also handles HEAD, whose body the server drops. A GET that changes something has to check the method. */
  GET?: Handler | undefined
  POST?: Handler | undefined
}

function runMethod(route: Route, visit: Visit): Reply | Promise<Reply> {
  const { method } = visit.request
  if ((method === 'GET' || method === 'HEAD') && route.GET) return route.GET(visit)
  if (method === 'POST' && route.POST) return route.POST(visit)
  const headers = { allow: allowedMethods(route) }
  if (method === 'OPTIONS') return { status: 204, headers, body: null }
  const use = route.GET ? (route.POST ? 'GET or POST' : 'GET') : 'POST'
  return sentence(405, `Method not allowed. Use ${use}.`, headers)
}

/** The value of `Allow`. */
function allowedMethods({ GET, POST }: Route): string {
  return [...(GET ? ['GET', 'HEAD'] : []), 'OPTIONS', ...(POST ? ['POST'] : [])].join(', ')
}

/**
 * Whether the content type of a request is JSON. Pages of other sites can make a browser send forms and plain text without
 * a preflight, but not JSON.
 */
export function isJson(request: Request): boolean {
  const type = request.headers.get('content-type') ?? ''
  return type.split(';', 1)[0]?.trim().toLowerCase() === 'application/json'
}

/** The reply to a body that is not JSON. */
export function refuseOtherThanJson(): Reply {
  return sentence(415, 'Send JSON, with “content-type: application/json”.')
}
