import { PipedreamInputError } from '../http/errors.ts'
import type { Problem } from './finding.ts'

/** Where a request went. */
export interface Route {
  host: string
  /** Whether the environment names a proxy. */
  isProxied: boolean
}

type Explain = (route: Route) => Problem

function proxyHint({ isProxied }: Route): string {
  return isProxied
    ? 'HTTPS_PROXY or HTTP_PROXY is set: check that this proxy is there, and lets it through.'
    : 'If this network lets nothing out but through a proxy, set HTTPS_PROXY.'
}

/** By the code of what `fetch` threw, the first that fits. */
const KINDS: readonly [codes: RegExp, explain: Explain][] = [
  [
    /^(?:ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME)$/,
    (route) => ({
      what: `The name ${route.host} could not be found (DNS).`,
      fix: `Check that this machine is online, and PIPEDREAM_BASE_URL if it is set. ${proxyHint(route)}`,
    }),
  ],
  [
    /^ECONNREFUSED$/,
    (route) => ({
      what: `${route.host} refused the connection.`,
      fix: route.isProxied
        ? proxyHint(route)
        : 'Start what should listen there, or correct PIPEDREAM_BASE_URL; unset, it means Pipedream itself.',
    }),
  ],
  [
    /^(?:CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/,
    ({ host }) => ({
      what: `The TLS certificate of ${host} is not valid at this time.`,
      fix: "Check this machine's date and time first; if they are right, the certificate has to be renewed.",
    }),
  ],
  [
    /ALTNAME_INVALID|HOSTNAME_MISMATCH/,
    ({ host }) => ({
      what: `The TLS certificate of ${host} is for another name.`,
      fix: 'Check PIPEDREAM_BASE_URL if it is set, and whether something in this network answers in its place.',
    }),
  ],
  [
    /CERT|ISSUER|SELF_SIGNED|^UNABLE_TO|^ERR_TLS/,
    ({ host }) => ({
      what: `The TLS certificate of ${host} is not one that this machine trusts.`,
      fix: 'If a company proxy opens encrypted connections, name its certificate in NODE_EXTRA_CA_CERTS. Never switch the check off: the client secret would go to whoever answers.',
    }),
  ],
  [
    /^(?:EPROTO|ERR_SSL_.*)$/,
    ({ host }) => ({
      what: `${host} does not speak TLS in a way that this machine understands.`,
      fix: 'Check whether PIPEDREAM_BASE_URL should begin with http: or name another port.',
    }),
  ],
  [/TIMEDOUT|_TIMEOUT$/, explainTimeout],
  [
    /^(?:ENETUNREACH|EHOSTUNREACH|ENETDOWN|EADDRNOTAVAIL)$/,
    ({ host }) => ({
      what: `There is no way from this machine to ${host}.`,
      fix: 'Check the network, or the VPN if you use one.',
    }),
  ],
  [
    /^(?:ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET)$/,
    (route) => ({
      what: `${route.host} broke off the connection.`,
      fix: `Try again; if it stays so, something in between closes it. ${proxyHint(route)}`,
    }),
  ],
]

/** Why no response came, told by the codes in what `fetch` threw. */
export function explainNetwork(cause: unknown, route: Route): Problem {
  // The transport's own setting, such as a proxy that is no URL.
  if (cause instanceof PipedreamInputError) {
    return { what: cause.message, fix: 'Correct it, or unset it.' }
  }
  const codes = codesOf(cause)
  const kind = KINDS.find(([pattern]) => codes.some((code) => pattern.test(code)))
  if (kind !== undefined) return kind[1](route)
  const known = codes.length === 0 ? '' : ` (${codes.join(', ')})`
  return {
    what: `${route.host} could not be reached${known}.`,
    fix: `Check the network, and PIPEDREAM_BASE_URL if it is set. ${proxyHint(route)}`,
  }
}

/** No response came in time. */
export function explainTimeout(route: Route): Problem {
  return {
    what: `${route.host} did not answer in time.`,
    fix: `Check whether a firewall drops the connection. ${proxyHint(route)}`,
  }
}

const DEEPEST = 5

// Node tells the reason in `cause`, or in `errors` when it tried several addresses.
function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > DEEPEST) return []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  const inner: unknown[] = error instanceof AggregateError ? error.errors : []
  return [...own, ...[error.cause, ...inner].flatMap((reason) => codesOf(reason, depth + 1))]
}
