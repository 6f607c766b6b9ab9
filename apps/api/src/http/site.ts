/** Where browsers reach the gateway (`PUBLIC_URL`). */
export interface Site {
  /** The origin and the base path, without a slash at the end. */
  url: string
  /** As browsers send it in `Origin`, without a path. */
  origin: string
  /** The path that all addresses start with, such as `/connections`; empty at the root of the origin. */
  basePath: string
  /** Whether browsers use https. */
  secure: boolean
}

/** Splits a `PUBLIC_URL` that `readConfig` has accepted. */
export function readSite(publicUrl: string): Site {
  const { origin, pathname, protocol } = new URL(publicUrl)
  const basePath = pathname.replace(/\/$/, '')
  return { url: origin + basePath, origin, basePath, secure: protocol === 'https:' }
}

/** Returns what follows the base path, `/` for the base path itself; undefined for a path that is not below it. */
export function belowBasePath(path: string, basePath: string): string | undefined {
  return `${path}/`.startsWith(`${basePath}/`) ? path.slice(basePath.length) || '/' : undefined
}

/** Whether a path starts with the characters of the base path without being below it, such as `/connectionsX`. */
export function isPrefixOnly(path: string, basePath: string): boolean {
  return path.startsWith(basePath) && belowBasePath(path, basePath) === undefined
}

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])

// Added by proxies. Behind a proxy, the connection's address is not the client's.
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/** The other end of the connection. */
export interface Peer {
  remoteAddress?: string | undefined
}

/** Whether a URL names this machine. */
export function isLoopbackUrl({ hostname, username }: URL): boolean {
  return LOOPBACK_HOSTS.has(hostname) && username === ''
}

/** Whether only this machine can reach a server that listens on `host`: a name, or an address without brackets. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || isLoopbackAddress(host)
}

function isLoopbackAddress(address: string): boolean {
  return /^(::1|(::ffff:)?127\.[\d.]+)$/i.test(address)
}

/** Whether a request names this machine as its host and comes directly from it, without a proxy. */
export function isFromThisMachine(request: Request, { remoteAddress }: Peer): boolean {
  const isNear = remoteAddress === undefined || isLoopbackAddress(remoteAddress)
  const isDirect = !PROXY_HEADERS.some((name) => request.headers.has(name))
  return isNear && isDirect && isLoopbackUrl(new URL(request.url))
}
