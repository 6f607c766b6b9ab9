import type { IncomingMessage } from 'node:http'

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/

interface Listening {
  /** The addresses that the server is bound to. */
  addresses: readonly string[]
  url: string
  publicUrl: string
  /** See `EmulatorContext`. */
  linkOrigin: string
  /** Further host names; undefined: none on loopback, any where other machines can connect. */
  moreHosts: readonly string[] | undefined
}

/**
 * Returns the host names that requests may use, without ports; null when any name is allowed. Loopback is meant for
 * this machine only, but a website can point a name of its own to 127.0.0.1 (DNS rebinding). The browser then treats
 * the emulator as part of that site, whose script could read what a developer typed with the well-known credentials.
 */
export function listAllowedHosts(listening: Listening): ReadonlySet<string> | null {
  const { addresses, url, publicUrl, linkOrigin, moreHosts } = listening
  if (moreHosts === undefined && !addresses.every(isLoopback)) return null
  const own = [url, publicUrl, linkOrigin].map((one) => new URL(one).hostname)
  return new Set(['localhost', '127.0.0.1', '[::1]', ...own, ...(moreHosts ?? [])])
}

/** Normalizes a host name as it appears in a Host header, without a port. Throws a TypeError for an invalid name. */
export function readHostName(name: string): string {
  const url = URL.parse(`http://${name}`)
  if (url !== null && url.host.toLowerCase() === name.toLowerCase() && url.port === '') {
    return url.hostname
  }
  throw new TypeError(
    `Invalid host name: "${name}". Leave out the scheme and the port, for example "emulator".`,
  )
}

/** Returns true for an address that only this machine can reach or have. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.test(address)
}

/**
 * Returns true when the Host header contains one of these names. The port is ignored, because a proxy may be in
 * between.
 */
export function hasAllowedHost(
  incoming: IncomingMessage,
  allowed: ReadonlySet<string> | null,
): boolean {
  const name = (incoming.headers.host ?? '').replace(/:\d*$/, '').toLowerCase()
  return allowed === null || allowed.has(name)
}
