import { isFromThisMachine, isLoopbackUrl, type Peer } from './loopback.ts'
import { isBesideBasePath, type Site } from './site.ts'
import { findAddress } from './find-address.ts'
import { sentence } from './respond.ts'
import { answerRoute, type Route, type Visit } from './route.ts'
import { type WebFiles, webFile } from './web-files.ts'

export interface RouterOptions {
  /** What answers, by the address's pattern. */
  routes: Readonly<Record<string, Route>>
  /** The built web app, which has every other address. */
  webFiles: WebFiles | undefined
  site: Site
  demoSignIn: boolean
}

/** Finds what answers a request, and lets it answer. */
export function createRouter({ routes, webFiles, site, demoSignIn }: RouterOptions) {
  const table = new Map(Object.entries(routes))

  return async (request: Request, peer: Peer): Promise<Response> => {
    const url = new URL(request.url)
    const address = findAddress(url.pathname, site.basePath)
    const mayBePage = !isBesideBasePath(url.pathname, site.basePath)
    if (mayBePage && isOtherLoopbackName(request, url, site)) {
      return redirectTo(site, `${address.path}${url.search}`)
    }
    const mayDemo = demoSignIn && isFromThisMachine(request, peer)
    const visit: Visit = { request, peer, address, mayDemo }
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
