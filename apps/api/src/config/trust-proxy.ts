import { isIP } from 'node:net'
import { z } from 'zod'

/** The proxies whose `X-Forwarded-For` is used. */
export interface TrustedProxies {
  /** How many proxies are in front; each adds an address. 0: the header is ignored. */
  hops: number
  /** Addresses, and blocks such as `10.0.0.0/8`, of the proxy that connects to the gateway; this machine's own always count. */
  peers: readonly string[]
}

const COUNT = /^\d{1,2}$/

/** `TRUST_PROXY`: a number of proxies, and where the last one is if it is not on this machine. */
export const trustProxy = z
  .string()
  .transform((list) => list.split(/[\s,]+/).filter(Boolean))
  .refine((entries) => entries.every((entry) => COUNT.test(entry) || isBlock(entry)), {
    error:
      'must be the number of proxies in front, and the addresses of the last one if it is on another machine, such as 1,10.0.0.0/8',
    abort: true,
  })
  .refine((entries) => entries.filter((entry) => COUNT.test(entry)).length <= 1, {
    error: 'must have one number of proxies',
    abort: true,
  })
  .transform((entries): TrustedProxies => {
    const peers = entries.filter((entry) => !COUNT.test(entry))
    const hops = entries.find((entry) => COUNT.test(entry)) ?? (peers.length > 0 ? '1' : '0')
    return { hops: Number(hops), peers }
  })
  .default({ hops: 0, peers: [] })

function isBlock(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0 || address.includes('%')) return false
  if (length === undefined) return true
  return /^\d{1,3}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128)
}
