import { BlockList, isIP } from 'node:net'
import { PipedreamInputError } from '../http/errors.ts'
import { isLoopbackInBrowsers } from './is-loopback.ts'

/** Returns the proxy for requests to a URL; undefined for a direct connection. */
export type FindProxy = (url: URL) => URL | undefined

type Env = Readonly<Record<string, string | undefined>>

/**
 * Reads `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`; the lower-case names take precedence. Throws `ERR_CONFIGURATION` for a
 * proxy that is neither http nor https. The error omits the value, which may contain a password.
 */
export function readProxies(env: Env): FindProxy {
  const https = readProxy(env, 'HTTPS_PROXY')
  const http = readProxy(env, 'HTTP_PROXY')
  const isExempt = readExemptions(lookUp(env, 'NO_PROXY'))
  return (url) => {
    const proxy = url.protocol === 'https:' ? https : http
    // A local emulator is never behind a proxy, and NO_PROXY often omits localhost.
    return isLoopbackInBrowsers(url) || isExempt(url) ? undefined : proxy
  }
}

function lookUp(env: Env, name: string): string {
  return (env[name.toLowerCase()] ?? env[name] ?? '').trim()
}

function readProxy(env: Env, name: string): URL | undefined {
  const value = lookUp(env, name)
  if (value === '') return undefined
  // Many machines set `proxy.example.com:3128`, without a scheme.
  const text = value.includes('://') ? value : `http://${value}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url !== undefined && /^https?:$/.test(url.protocol)) return url
  throw new PipedreamInputError('ERR_CONFIGURATION', name, 'an http or https URL, or unset')
}

/**
 * `NO_PROXY` is a list of: `*`; a host, which includes its subdomains, with or without a leading `.` or `*.`; an address or a
 * CIDR block (`10.0.0.0/8`). Hosts and addresses may have a port.
 */
function readExemptions(list: string): IsExempt {
  const checks = list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map(readExemption)
  return (url) => checks.some((check) => check(url))
}

type IsExempt = (url: URL) => boolean

function readExemption(entry: string): IsExempt {
  if (entry === '*') return () => true
  const block = readBlock(entry)
  if (block !== undefined) return ({ hostname }) => isInside(block, bare(hostname))
  const { name = entry, port } = /^(?<name>\[.+\]|[^:]+):(?<port>\d+)$/.exec(entry)?.groups ?? {}
  const host = bare(name.replace(/^\*?\./, ''))
  return (url) => {
    const hostname = bare(url.hostname)
    const isPort = port === undefined || port === (url.port || standardPort(url))
    return isPort && (hostname === host || hostname.endsWith(`.${host}`))
  }
}

function readBlock(entry: string): BlockList | undefined {
  const [network = '', prefix, ...rest] = entry.split('/')
  const family = isIP(network)
  const bits = /^\d{1,3}$/.test(prefix ?? '') ? Number(prefix) : Number.NaN
  if (rest.length > 0 || family === 0 || !(bits <= (family === 4 ? 32 : 128))) return undefined
  const block = new BlockList()
  block.addSubnet(network, bits, family === 4 ? 'ipv4' : 'ipv6')
  return block
}

function isInside(block: BlockList, address: string): boolean {
  const family = isIP(address)
  return family !== 0 && block.check(address, family === 4 ? 'ipv4' : 'ipv6')
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

function standardPort({ protocol }: URL): string {
  return protocol === 'https:' ? '443' : '80'
}
