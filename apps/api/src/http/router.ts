import { type Credentials, readCredentials } from '../auth/viewer.ts'
import { sentence } from './responses.ts'
import { type Address, findAddress, type HandledPattern } from './routes.ts'
import { isBesideBasePath, isFromThisMachine, isLoopbackUrl, type Peer, type Site } from './site.ts'
import { webFile, type WebFiles } from './web-files.ts'

/** What serves each address that is not the web app's. */
export type Handlers = Readonly<Record<HandledPattern, Route>>

export interface RouterOptions {
  handlers: Handlers
  /** The built web app, which has every other address. */
  webFiles: WebFiles | undefined
  site: Site
  demoSignIn: boolean
}

/** Finds what answers a request, and lets it answer. */
export function createRouter({ handlers, webFiles, site, demoSignIn }: RouterOptions) {
  const table = new Map<string, Route>(Object.entries(handlers))

  return async (request: Request, peer: Peer): Promise<Response> => {
    const url = new URL(request.url)
    const address = findAddress(url.pathname, site.basePath)
    const mayBePage = !isBesideBasePath(url.pathname, site.basePath)
    if (mayBePage && isOtherLoopbackName(request, url, site)) {
      return redirectTo(site, `${address.path}${url.search}`)
    }
    const mayDemo = demoSignIn && isFromThisMachine(request, peer)
    const credentials = readCredentials(request, { site, mayDemo })
    const visit: Visit = { request, peer, address, mayDemo, credentials }
    const route = table.get(address.pattern) ?? webRoute(visit, { webFiles, mayBePage })
    return route ? answerRoute(route, visit) : sentence(404, 'There is nothing here.')
  }
}

function webRoute(
  { request, address: { path } }: Visit,
  { webFiles, mayBePage }: Pick<RouterOptions, 'webFiles'> & { mayBePage: boolean },
): Route | undefined {
  const file = webFiles && webFile(request, { path, mayBePage }, webFiles)
  return file && { GET: () => file }
}

// A page opened as 127.0.0.1 is another origin than localhost: it would load, and then be refused everything.
function isOtherLoopbackName(request: Request, url: URL, site: Site): boolean {
  const own = new URL(site.url)
  const isPage =
    (request.method === 'GET' || request.method === 'HEAD') &&
    request.headers.get('accept')?.includes('text/html')
  return (
    Boolean(isPage) && isLoopbackUrl(own) && isLoopbackUrl(url) && own.hostname !== url.hostname
  )
}

function redirectTo(site: Site, address: string): Response {
  // At the root of the origin, a path that begins with two slashes would name another host.
  if (address.startsWith('//')) return sentence(404, 'There is nothing here.')
  return new Response(null, { status: 307, headers: { location: `${site.url}${address}` } })
}

/** A request at one of our addresses. */
export interface Visit {
  request: Request
  peer: Peer
  address: Address
  /** Whether demo sign-in exists for this request. */
  mayDemo: boolean
  credentials: Credentials
}

type Answer = (visit: Visit) => Response | Promise<Response>

/** What answers at one address. HEAD, OPTIONS and the refusal of any other method follow from it. */
export interface Route {
  /** Also answers HEAD, whose body the server drops: a GET that changes something asks for the method. */
  GET?: Answer | undefined
  POST?: Answer | undefined
  /** Says an error in the form of this address; default: a sentence in plain text. */
  refuse?: (status: number, text: string) => Response
  /** Finishes every answer, such as by CORS. */
  finish?: (response: Response, request: Request) => Response
}

/** Answers a request by what its address has for the method. */
async function answerRoute(route: Route, visit: Visit): Promise<Response> {
  const response = await answerMethod(route, visit)
  return route.finish ? route.finish(response, visit.request) : response
}

function answerMethod(route: Route, visit: Visit): Response | Promise<Response> {
  const { method } = visit.request
  if ((method === 'GET' || method === 'HEAD') && route.GET) return route.GET(visit)
  if (method === 'POST' && route.POST) return route.POST(visit)
  if (method !== 'OPTIONS') return refuseMethod(route)
  return new Response(null, { status: 204, headers: { allow: allowedMethods(route) } })
}

function refuseMethod(route: Route): Response {
  const use = route.GET ? (route.POST ? 'GET or POST' : 'GET') : 'POST'
  const text = `This address does not support this method. Use ${use}.`
  const response = (route.refuse ?? sentence)(405, text)
  response.headers.set('allow', allowedMethods(route))
  return response
}

/** The value of `Allow`. */
function allowedMethods({ GET, POST }: Route): string {
  return [...(GET ? ['GET', 'HEAD'] : []), 'OPTIONS', ...(POST ? ['POST'] : [])].join(', ')
}

/** The same answer without its body, as HEAD wants it. */
export function withoutBody({ status, statusText, headers, body }: Response): Response {
  void body?.cancel()
  return new Response(null, { status, statusText, headers })
}
