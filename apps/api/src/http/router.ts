import { isLoopbackInBrowsers } from 'pipedream-client/node'
import { type Credentials, readCredentials } from '../auth/viewer.ts'
import { sentence } from './responses.ts'
import { type Address, findAddress, type HandledPattern } from './routes.ts'
import { isPrefixOnly, isFromThisMachine, type Peer, type Site } from './site.ts'
import { webFile, type WebFiles } from './web-files.ts'

/** The handler of each address that the web app does not serve. */
export type Handlers = Readonly<Record<HandledPattern, Route>>

export interface RouterOptions {
  handlers: Handlers
  /** The built web app, which serves all other addresses. */
  webFiles: WebFiles | undefined
  site: Site
  /** Whether demo sign-in exists, for requests of this machine. */
  hasDemo: boolean
}

/** Creates the function that passes a request to the handler of its address. */
export function createRouter({ handlers, webFiles, site, hasDemo }: RouterOptions) {
  const table = new Map<string, Route>(Object.entries(handlers))

  return async (request: Request, peer: Peer): Promise<Response> => {
    const url = new URL(request.url)
    const address = findAddress(url.pathname, site.basePath)
    const mayBePage = !isPrefixOnly(url.pathname, site.basePath)
    if (mayBePage && isOtherLoopbackName(request, url, site)) {
      return redirectTo(site, `${address.path}${url.search}`)
    }
    const mayDemo = hasDemo && isFromThisMachine(request, peer)
    const credentials = readCredentials(request, { site, mayDemo })
    const visit: Visit = { request, peer, address, mayDemo, credentials }
    const route = table.get(address.pattern) ?? webRoute(visit, { webFiles, mayBePage })
    return route ? runRoute(route, visit) : sentence(404, 'Not found.')
  }
}

function webRoute(
  { request, address: { path } }: Visit,
  { webFiles, mayBePage }: Pick<RouterOptions, 'webFiles'> & { mayBePage: boolean },
): Route | undefined {
  const file = webFiles && webFile(request, { path, mayBePage }, webFiles)
  return file && { GET: () => file }
}

// 127.0.0.1 is a different origin from localhost: the page would load, and then all its requests would be rejected.
function isOtherLoopbackName(request: Request, url: URL, site: Site): boolean {
  const own = new URL(site.url)
  const isPage =
    (request.method === 'GET' || request.method === 'HEAD') &&
    request.headers.get('accept')?.includes('text/html')
  return (
    Boolean(isPage) &&
    isLoopbackInBrowsers(own) &&
    isLoopbackInBrowsers(url) &&
    own.hostname !== url.hostname
  )
}

function redirectTo(site: Site, address: string): Response {
  // At the root of the origin, a path that starts with two slashes would name another host.
  if (address.startsWith('//')) return sentence(404, 'Not found.')
  return new Response(null, { status: 307, headers: { location: `${site.url}${address}` } })
}

/** A request for an address of the table. */
export interface Visit {
  request: Request
  peer: Peer
  address: Address
  /** Whether demo sign-in exists for this request. */
  mayDemo: boolean
  credentials: Credentials
}

type Handler = (visit: Visit) => Response | Promise<Response>

/** The handlers of one address. HEAD, OPTIONS and status 405 follow from them. */
export interface Route {
  /** Also handles HEAD, whose body the server drops. A GET that changes something has to check the method. */
  GET?: Handler | undefined
  POST?: Handler | undefined
  /** Formats an error. Default: plain text. */
  refuse?: (status: number, text: string) => Response
  /** Post-processes every response, for example with CORS headers. */
  finish?: (response: Response, request: Request) => Response
}

async function runRoute(route: Route, visit: Visit): Promise<Response> {
  const response = await runMethod(route, visit)
  return route.finish ? route.finish(response, visit.request) : response
}

function runMethod(route: Route, visit: Visit): Response | Promise<Response> {
  const { method } = visit.request
  if ((method === 'GET' || method === 'HEAD') && route.GET) return route.GET(visit)
  if (method === 'POST' && route.POST) return route.POST(visit)
  if (method !== 'OPTIONS') return refuseMethod(route)
  return new Response(null, { status: 204, headers: { allow: allowedMethods(route) } })
}

function refuseMethod(route: Route): Response {
  const use = route.GET ? (route.POST ? 'GET or POST' : 'GET') : 'POST'
  const text = `Method not allowed. Use ${use}.`
  const response = (route.refuse ?? sentence)(405, text)
  response.headers.set('allow', allowedMethods(route))
  return response
}

/** The value of `Allow`. */
function allowedMethods({ GET, POST }: Route): string {
  return [...(GET ? ['GET', 'HEAD'] : []), 'OPTIONS', ...(POST ? ['POST'] : [])].join(', ')
}

/** The same response without its body, for HEAD. */
export function withoutBody({ status, statusText, headers, body }: Response): Response {
  void body?.cancel()
  return new Response(null, { status, statusText, headers })
}
