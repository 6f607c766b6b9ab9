import { isIP } from 'node:net'

interface Sender {
  remoteAddress: string | undefined
  /** `X-Forwarded-For`, every line of it joined by commas. */
  forwardedFor: string | null
  /** How many proxies of ours stand in front; each has added the address that it saw. */
  proxies: number
}

/**
 * The address of whoever sends a request, as the outermost of our own proxies saw it; what stands further left in the
 * header is whatever the sender wrote. One IPv6 customer holds a whole /64, which counts as one address.
 */
export function clientAddress({ remoteAddress, forwardedFor, proxies }: Sender): string {
  const hops = (forwardedFor ?? '').split(',').map((hop) => hop.trim())
  const seen = proxies > 0 ? hops.at(-proxies) : undefined
  return network(parseAddress(seen) ?? parseAddress(remoteAddress) ?? 'unknown')
}

// Some proxies add the port: 192.0.2.1:4711 or [2001:db8::1]:4711.
function parseAddress(text: string | undefined): string | undefined {
  const bare = text?.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
  const plain = bare?.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  return plain !== undefined && isIP(plain) !== 0 ? plain : undefined
}

function network(address: string): string {
  if (isIP(address) !== 6) return address
  const groups = expand(address).slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

function expand(address: string): string[] {
  const [before = '', after] = address.replace(/\d+\.\d+\.\d+\.\d+$/, '0:0').split('::')
  const head = before.split(':').filter(Boolean)
  const tail = (after ?? '').split(':').filter(Boolean)
  return [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail]
}
