import { isLoopbackInBrowsers } from 'pipedream-client/node'
import type { Config } from './config/read-config.ts'
import type { listen } from './http/listen.ts'
import { isLoopbackHost } from './http/site.ts'

/** Where the gateway listens. */
export interface Listening {
  where: Parameters<typeof listen>[1]
  /** The addresses, for people. */
  on: string
  /** The settings that decided it, as a clause that follows “because”. */
  why: string
}

type Settings = Pick<Config, 'host' | 'publicUrl' | 'limits'>

/**
 * Decides where to listen: where `HOST` says, else on loopback while users or a proxy are on this machine. Demo sign-in
 * needs no case of its own, because it exists only without a public `PUBLIC_URL`.
 */
export function whereToListen({ host, publicUrl, limits }: Settings): Listening {
  if (host !== undefined) return { ...atHost(host), why: `HOST is ${host}` }
  if (publicUrl === undefined) return { ...LOOPBACK, why: 'PUBLIC_URL is not set' }
  const url = new URL(publicUrl)
  if (isLoopbackInBrowsers(url)) {
    return { ...atLoopback(url), why: 'PUBLIC_URL is a URL of this machine' }
  }
  if (limits.trustedProxies.hops > 0) {
    return {
      ...LOOPBACK,
      why: 'TRUST_PROXY is set, and the proxy is expected on this machine. If it is on another one, set HOST',
    }
  }
  return {
    where: 'everywhere',
    on: 'every address',
    why: 'PUBLIC_URL is set, and neither HOST nor TRUST_PROXY is',
  }
}

const LOOPBACK = { where: 'loopback', on: 'this machine only' } as const

// Loopback means 127.0.0.1 and ::1, without the other addresses of 127.0.0.0/8.
function atLoopback({ hostname }: URL): Omit<Listening, 'why'> {
  return isLoopbackHost(hostname) && hostname !== '127.0.0.1' ? atHost(hostname) : LOOPBACK
}

function atHost(host: string): Omit<Listening, 'why'> {
  return host === 'localhost' ? LOOPBACK : { where: { host }, on: host }
}
