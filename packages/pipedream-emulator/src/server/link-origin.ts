import type { Inferred } from '../inferred.ts'

/**
 * Where an OAuth client's own pages are, and the Connect Links that are pinned to them: the origin of `publicUrl`, or of
 * another name for the same emulator. Throws a TypeError for an address that has no other name.
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

// Both names lead to this machine without any setup, and are another site to a browser.
function otherName(hostname: string): string {
  if (hostname === 'localhost') return '127.0.0.1'
  if (hostname === '127.0.0.1' || hostname === '[::1]') return 'localhost'
  if (/^[\d.]+$|^\[/.test(hostname)) {
    throw new TypeError(
      `linkHost "another" needs a publicUrl with a name, because ${hostname} has no sub-domains.`,
    )
  }
  return `connect.${hostname}`
}
