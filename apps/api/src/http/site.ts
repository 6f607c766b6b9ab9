import type { Readable } from 'node:stream'
import { isLoopback } from 'pipedream-client/node'

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

// Added by many proxies. Behind a proxy, the connection's address is not the client's.
const PROXY_HEADER = /^(forwarded|via|x-real-ip|x-forwarded-.*)$/

/** Whether one of these headers, by their names in lower case, was added by a proxy. */
export function hasProxyHeader(names: Iterable<string>): boolean {
  return [...names].some((name) => PROXY_HEADER.test(name))
}

/** The other end of the connection. */
export interface Peer {
  /** Its address; undefined if it is unknown. */
  remoteAddress: string | undefined
  /** Node's stream of the request's body, which is then read instead of `Request.body`. */
  incoming?: Readable
}

/** The peer of a request that this process sends to itself. */
export const THIS_PROCESS: Peer = { remoteAddress: '127.0.0.1' }

/** Whether only this machine can reach a server that listens on `host`: a name, or an address without brackets. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || isLoopbackAddress(host)
}

function isLoopbackAddress(address: string): boolean {
  return /^(::1|(::ffff:)?127\.[\d.]+)$/i.test(address)
}

/**
 * Whether a request names this machine as its host and its connection comes from it. This does not prove that the sender is
 * on this machine: many proxies and every tunnel add no header, so a secret or a setting has to be checked as well.
 */
export function isFromThisMachine({ headers, url }: Request, { remoteAddress }: Peer): boolean {
  const host = headers.get('host')
  const isNear = remoteAddress !== undefined && isLoopbackAddress(remoteAddress)
  const isForwarded = hasProxyHeader(headers.keys())
  const isNamed = host === null || isLoopback({ hostname: hostnameOf(host) })
  return isNear && !isForwarded && isNamed && isLoopback(new URL(url))
}

// Not parsed as a URL, which would also accept a user name and other spellings of an address.
function hostnameOf(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase()
}
