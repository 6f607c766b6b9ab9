import type { Problem } from './finding.ts'

/** The destination of a request. */
export interface Route {
  host: string
  /** Whether the environment names a proxy. */
  isProxied: boolean
}

type Explain = (route: Route) => Problem

function proxyHint({ isProxied }: Route): string {
  return isProxied
    ? 'HTTPS_PROXY or HTTP_PROXY is set: check that the proxy is running and allows this host.'
    : 'If this network requires a proxy, set HTTPS_PROXY.'
}

/** Explanations by error code; the first match wins. */
const KINDS: readonly [codes: RegExp, explain: Explain][] = [
  [
    /^(?:ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME)$/,
    (route) => ({
      what: `The host name ${route.host} was not found (DNS).`,
      fix: `Check that this machine is online, and PIPEDREAM_BASE_URL if it is set. ${proxyHint(route)}`,
    }),
  ],
  [
    /^ECONNREFUSED$/,
    (route) => ({
      what: `${route.host} refused the connection.`,
      fix: route.isProxied
        ? proxyHint(route)
        : 'Start the server that should listen there, or correct PIPEDREAM_BASE_URL. Unset it to use Pipedream itself.',
    }),
  ],
  [
    /^(?:CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/,
    ({ host }) => ({
      what: `The TLS certificate of ${host} is not valid at this time.`,
      fix: "Check this machine's date and time. If they are right, the certificate must be renewed.",
    }),
  ],
  [
    /ALTNAME_INVALID|HOSTNAME_MISMATCH/,
    ({ host }) => ({
      what: `The TLS certificate of ${host} is for another name.`,
      fix: 'Check PIPEDREAM_BASE_URL if it is set, and whether another server of this network responds instead.',
    }),
  ],
  [
    /CERT|ISSUER|SELF_SIGNED|^UNABLE_TO|^ERR_TLS/,
    ({ host }) => ({
      what: `This machine does not trust the TLS certificate of ${host}.`,
      fix: 'If a company proxy decrypts connections, set NODE_EXTRA_CA_CERTS to its certificate. Never disable the check: an attacker could receive the client secret.',
    }),
  ],
  [
    /^(?:EPROTO|ERR_SSL_.*)$/,
    ({ host }) => ({
      what: `${host} does not support a TLS version or cipher of this machine.`,
      fix: 'Check whether PIPEDREAM_BASE_URL should start with http: or use another port.',
    }),
  ],
  [/TIMEDOUT|_TIMEOUT$/, explainTimeout],
  [
    /^(?:ENETUNREACH|EHOSTUNREACH|ENETDOWN|EADDRNOTAVAIL)$/,
    ({ host }) => ({
      what: `There is no route from this machine to ${host}.`,
      fix: 'Check the network, and the VPN if you use one.',
    }),
  ],
  [
    /^(?:ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET)$/,
    (route) => ({
      what: `${route.host} closed the connection.`,
      fix: `Try again. If it happens again, check the firewalls and proxies in between. ${proxyHint(route)}`,
    }),
  ],
]

/** Explains a missing response by the error codes of what `fetch` threw. */
export function explainNetwork(cause: unknown, route: Route): Problem {
  const codes = codesOf(cause)
  const kind = KINDS.find(([pattern]) => codes.some((code) => pattern.test(code)))
  if (kind !== undefined) return kind[1](route)
  const known = codes.length === 0 ? '' : ` (${codes.join(', ')})`
  return {
    what: `${route.host} could not be reached${known}.`,
    fix: `Check the network, and PIPEDREAM_BASE_URL if it is set. ${proxyHint(route)}`,
  }
}

/** Explains a timeout. */
export function explainTimeout(route: Route): Problem {
  return {
    what: `${route.host} did not respond in time.`,
    fix: `Check whether a firewall drops the connection. ${proxyHint(route)}`,
  }
}

const DEEPEST = 5

// Node puts the reason into `cause`, or into `errors` if it tried several addresses.
function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > DEEPEST) return []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  const inner: unknown[] = error instanceof AggregateError ? error.errors : []
  return [...own, ...[error.cause, ...inner].flatMap((reason) => codesOf(reason, depth + 1))]
}
