/** Where browsers reach us, as `PUBLIC_URL` says. */
export interface Site {
  /** The origin and the base path, without a slash at the end. */
  url: string
  /** What browsers send as `Origin`, so without a path. */
  origin: string
  /** The path that all of our addresses begin with, such as `/connections`; empty at the root of the origin. */
  basePath: string
  /** Whether browsers reach us by https. */
  secure: boolean
}

/** Splits a `PUBLIC_URL` that `readConfig` has accepted. */
export function readSite(publicUrl: string): Site {
  const { origin, pathname, protocol } = new URL(publicUrl)
  const basePath = pathname.replace(/\/$/, '')
  return { url: origin + basePath, origin, basePath, secure: protocol === 'https:' }
}

/** What follows the base path, `/` for the base path itself; undefined for a path that is not below it. */
export function belowBasePath(path: string, basePath: string): string | undefined {
  return `${path}/`.startsWith(`${basePath}/`) ? path.slice(basePath.length) || '/' : undefined
}

/** Whether a path begins with the letters of the base path without being below it, such as `/connectionsX`. */
export function isBesideBasePath(path: string, basePath: string): boolean {
  return path.startsWith(basePath) && belowBasePath(path, basePath) === undefined
}

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])

// What a proxy adds. Behind one, the connection's own address says nothing about who asks.
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via']

/** Who is at the other end of the connection, as the platform's adapter saw it. */
export interface Peer {
  remoteAddress?: string | undefined
}

/** Whether a URL is one of this machine. */
export function isLoopbackUrl({ hostname, username }: URL): boolean {
  return LOOPBACK_HOSTS.has(hostname) && username === ''
}

/** Whether only this machine reaches what listens on a host, an address or a name without brackets. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || isLoopbackAddress(host)
}

function isLoopbackAddress(address: string): boolean {
  return /^(::1|(::ffff:)?127\.[\d.]+)$/i.test(address)
}

/** Whether a request both names this machine as its host and comes from it, through no proxy. */
export function isFromThisMachine(request: Request, { remoteAddress }: Peer): boolean {
  const isNear = remoteAddress === undefined || isLoopbackAddress(remoteAddress)
  const isDirect = !PROXY_HEADERS.some((name) => request.headers.has(name))
  return isNear && isDirect && isLoopbackUrl(new URL(request.url))
}
