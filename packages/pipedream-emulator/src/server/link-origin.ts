import type { Inferred } from '../inferred.ts'

/**
 * Returns the origin of an OAuth client's flow pages and of the Connect Links that name the client: that of
 * `publicUrl`, or another name of the same emulator. Throws a TypeError when there is no other name.
 */
export function readLinkOrigin(
  publicUrl: string,
  { linkHost }: Pick<Inferred, 'linkHost'>,
): string {
  if (linkHost === 'frame') return new URL(publicUrl).origin
  const url = new URL(publicUrl)
  url.hostname = otherName(url.hostname)
  return url.origin
}

// Both names reach this machine without any setup, and browsers treat them as different sites.
function otherName(hostname: string): string {
  if (hostname === 'localhost') return '127.0.0.1'
  if (hostname === '127.0.0.1' || hostname === '[::1]') return 'localhost'
  if (/^[\d.]+$|^\[/.test(hostname)) {
    throw new TypeError(
      `linkHost "another" requires a publicUrl with a host name, because ${hostname} has no subdomains.`,
    )
  }
  return `connect.${hostname}`
}
