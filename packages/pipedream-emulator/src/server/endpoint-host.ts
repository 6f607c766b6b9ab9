import type { EmulatorContext } from '../state/emulator-context.ts'

/** How endpoints begin: workflows with `en` or `eo`, as the official SDK wants it; those of HTTP triggers are made here. */
const KEY = /^e(?:[no][a-z0-9-]{1,60}|[0-9a-f]{20})$/
/** Names below it lead to this machine and nobody else can have one, so that no website turns them on us. */
const LOCAL = 'localhost'
/** Where Pipedream has them. */
const PIPEDREAM = 'm.pipedream.net'

/** The domain that endpoints are under: the host of `publicUrl`, or `localhost` in place of an address, which has no sub-domains. */
function endpointDomain(publicUrl: string): string {
  const { hostname } = new URL(publicUrl)
  return /^[\d.]+$|^\[/.test(hostname) ? LOCAL : hostname
}

/**
 * Which endpoint a host name stands for, by its first label; null for a name of the API and the pages. The name must be
 * in lower case and without a port.
 */
export function findEndpointKey(hostname: string, publicUrl: string): string | null {
  const [key = '', ...rest] = hostname.split('.')
  const domain = rest.join('.')
  const known = [LOCAL, PIPEDREAM, endpointDomain(publicUrl)].includes(domain)
  // Somebody may call the emulator itself `engine.localhost`.
  return known && KEY.test(key) && hostname !== new URL(publicUrl).hostname ? key : null
}

/** Where a deployed HTTP trigger is reached. */
export function formatEndpointUrl({ publicUrl }: EmulatorContext, key: string): string {
  const { protocol, port } = new URL(publicUrl)
  return `${protocol}//${key}.${endpointDomain(publicUrl)}${port === '' ? '' : `:${port}`}`
}
