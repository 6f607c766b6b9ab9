import { isIP } from 'node:net'
import type { TrustedProxies } from '../config/trust-proxy.ts'
import { currentRequest } from '../observability/log.ts'
import type { Peer } from './site.ts'
import { createTrustedPeers } from './trusted-peers.ts'

/** Creates the function that determines who sent a request, behind the trusted proxies. */
export function createClientAddress(
  proxies: TrustedProxies,
): (request: Request, peer: Peer) => string {
  const readForwardedFor = createForwardedForReader(proxies)
  return (request, peer) =>
    clientAddress({
      remoteAddress: peer.remoteAddress,
      forwardedFor: readForwardedFor(request, peer),
      proxies: proxies.hops,
    })
}

/** Creates the function that reads `X-Forwarded-For`; null if the request has none, or not from a trusted proxy. */
function createForwardedForReader({ hops, peers }: TrustedProxies) {
  const isTrusted = createTrustedPeers(peers)
  let isWarned = false

  return ({ headers }: Request, { remoteAddress }: Peer): string | null => {
    const forwardedFor = headers.get('x-forwarded-for')
    if (forwardedFor === null || isTrusted(remoteAddress)) return forwardedFor
    // Otherwise all users behind such a proxy would share one address, without a sign of why.
    if (hops > 0 && !isWarned) {
      isWarned = true
      currentRequest()?.log.warn(
        'X-Forwarded-For is ignored, because TRUST_PROXY does not name the address that it came from',
      )
    }
    return null
  }
}

interface Sender {
  remoteAddress: string | undefined
  /** `X-Forwarded-For`; several headers joined by commas. */
  forwardedFor: string | null
  /** Number of trusted proxies in front. Each adds the address that it received the request from. */
  proxies: number
}

/**
 * Returns the client's address, as the outermost trusted proxy saw it. Entries further left in the header come from the
 * client and are ignored. An IPv6 customer usually has a whole /64, so a /64 counts as one address.
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
