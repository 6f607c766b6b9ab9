import { isFromThisMachine, isLoopbackUrl, type Peer } from '../loopback.ts'
import { findAddress } from './find-address.ts'
import { sentence } from './respond.ts'
import { answerRoute, type Route, type Visit } from './route.ts'
import { type WebFiles, webFile } from './web-files.ts'

export interface RouterOptions {
  /** What answers, by the address's pattern. */
  routes: Readonly<Record<string, Route>>
  /** The built web app, which has every other address. */
  webFiles: WebFiles | undefined
  publicUrl: string
  demoSignIn: boolean
}

/** Finds what answers a request, and lets it answer. */
export function createRouter({ routes, webFiles, publicUrl, demoSignIn }: RouterOptions) {
  const table = new Map(Object.entries(routes))

  return async (request: Request, peer: Peer): Promise<Response> => {
    const url = new URL(request.url)
    if (isOtherLoopbackName(request, url, publicUrl)) return redirectTo(publicUrl, url)
    const address = findAddress(url.pathname)
    const mayDemo = demoSignIn && isFromThisMachine(request, peer)
    const visit: Visit = { request, peer, address, mayDemo }
    const route = table.get(address.pattern) ?? webRoute(visit, webFiles)
    return route ? answerRoute(route, visit) : sentence(404, 'There is nothing here.')
  }
}

function webRoute({ request, address }: Visit, files: WebFiles | undefined): Route | undefined {
  const file = files && webFile(request, address.path, files)
  return file && { GET: () => file }
}

// A page opened as 127.0.0.1 is another origin than localhost: it would load, and then be refused everything.
function isOtherLoopbackName(request: Request, url: URL, publicUrl: string): boolean {
  const own = new URL(publicUrl)
  const isPage =
    (request.method === 'GET' || request.method === 'HEAD') &&
    request.headers.get('accept')?.includes('text/html')
  return (
    Boolean(isPage) && isLoopbackUrl(own) && isLoopbackUrl(url) && own.hostname !== url.hostname
  )
}

function redirectTo(publicUrl: string, { pathname, search }: URL): Response {
  const location = new URL(`${pathname}${search}`, publicUrl)
  // A path that begins with two slashes would name another host.
  if (location.origin !== new URL(publicUrl).origin) return sentence(404, 'There is nothing here.')
  return new Response(null, { status: 307, headers: { location: location.href } })
}
