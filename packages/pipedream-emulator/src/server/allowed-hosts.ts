import type { IncomingMessage } from 'node:http'

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/

interface Listening {
  /** The addresses that are listened on. */
  addresses: readonly string[]
  url: string
  publicUrl: string
  /** See `EmulatorContext`. */
  linkOrigin: string
  /** Further names; undefined: none on loopback, and any where other machines reach it. */
  moreHosts: readonly string[] | undefined
}

/**
 * The names that a request may call the emulator by, without ports; null when any will do. Whoever listens on loopback
 * means this machine alone, but a website can lead a name of its own to 127.0.0.1 (DNS rebinding): to the browser its
 * script then asks its own site, and would read with the well-known credentials what a developer typed.
 */
export function listAllowedHosts(listening: Listening): ReadonlySet<string> | null {
  const { addresses, url, publicUrl, linkOrigin, moreHosts } = listening
  if (moreHosts === undefined && !addresses.every(isLoopback)) return null
  const own = [url, publicUrl, linkOrigin].map((one) => new URL(one).hostname)
  return new Set(['localhost', '127.0.0.1', '[::1]', ...own, ...(moreHosts ?? [])])
}

/** A host name as a Host header has it, without its port. Throws a TypeError on what is none. */
export function readHostName(name: string): string {
  const url = URL.parse(`http://${name}`)
  if (url !== null && url.host.toLowerCase() === name.toLowerCase() && url.port === '') {
    return url.hostname
  }
  throw new TypeError(
    `"${name}" is not the name of a host. Give it without scheme and port, such as "emulator".`,
  )
}

/** Does only this machine reach, or have, this address? */
export function isLoopback(address: string): boolean {
  return LOOPBACK.test(address)
}

/** Does the request's Host header hold one of these names? The port does not matter: a proxy may sit in between. */
export function hasAllowedHost(
  incoming: IncomingMessage,
  allowed: ReadonlySet<string> | null,
): boolean {
  const name = (incoming.headers.host ?? '').replace(/:\d*$/, '').toLowerCase()
  return allowed === null || allowed.has(name)
}
