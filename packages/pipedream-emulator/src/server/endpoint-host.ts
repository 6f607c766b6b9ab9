import type { EmulatorContext } from '../state/emulator-context.ts'

/**
 * The first label of an endpoint's host: `en` or `eo` for workflows, as the official SDK requires; a hexadecimal key
 * for HTTP triggers.
 */
const KEY = /^e(?:[no][a-z0-9-]{1,60}|[0-9a-f]{20})$/
/** Names under it resolve to this machine and cannot be registered, so that no website can imitate an endpoint. */
const LOCAL = 'localhost'
/** Pipedream's own domain of endpoints. */
const PIPEDREAM = 'm.pipedream.net'

/**
 * The parent domain of endpoints: the host of `publicUrl`, or `localhost` instead of an IP address, which has no
 * subdomains.
 */
function endpointDomain(publicUrl: string): string {
  const { hostname } = new URL(publicUrl)
  return /^[\d.]+$|^\[/.test(hostname) ? LOCAL : hostname
}

/**
 * Returns the key of the endpoint that a host name stands for; null for a host of the API and the pages. The name must
 * be lowercase and without a port.
 */
export function findEndpointKey(hostname: string, publicUrl: string): string | null {
  const [key = '', ...rest] = hostname.split('.')
  const domain = rest.join('.')
  const known = [LOCAL, PIPEDREAM, endpointDomain(publicUrl)].includes(domain)
  // The emulator's own host name could match too, for example `engine.localhost`.
  return known && KEY.test(key) && hostname !== new URL(publicUrl).hostname ? key : null
}

/** Returns the URL of a deployed HTTP trigger. */
export function formatEndpointUrl({ publicUrl }: EmulatorContext, key: string): string {
  const { protocol, port } = new URL(publicUrl)
  return `${protocol}//${key}.${endpointDomain(publicUrl)}${port === '' ? '' : `:${port}`}`
}
