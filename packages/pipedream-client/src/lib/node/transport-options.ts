import { PipedreamInputError } from '../http/errors.ts'
import { type FindProxy, readProxies } from './find-proxy.ts'

/** Options of `createNodeTransport`. An invalid one throws `ERR_CONFIGURATION`; its name is in `input` of the error. */
export interface NodeTransportOptions {
  /**
   * The maximum number of connections per origin, an integer from 1 to 65535. At the limit, requests wait in order, and can be
   * aborted meanwhile. Default: 64.
   */
  maxSockets?: number | undefined
  /**
   * How long an idle connection stays open, in milliseconds: an integer from 1 to 2147483647. A shorter `Keep-Alive: timeout`
   * of the server takes precedence. A longer time saves handshakes, but makes it more likely that a request meets a connection
   * which the server has just closed. Default: 4000.
   */
  keepAliveMs?: number | undefined
  /**
   * Limit for opening a connection in milliseconds, including DNS, proxy and TLS handshake: an integer from 1 to 2147483647.
   * Default: 10000.
   */
  connectTimeoutMs?: number | undefined
  /** CA certificates (PEM) to trust instead of Node's own, for example of a company's proxy. Default: Node's own. */
  ca?: string | readonly string[] | undefined
  /**
   * Where `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` are read, once; the lower-case names take precedence. Pass `{}` to use no
   * proxy. Default: `process.env`.
   */
  env?: Readonly<Record<string, string | undefined>> | undefined
}

/** Validated options with defaults. */
export interface NodeTransportConfig {
  readonly maxSockets: number
  readonly keepAliveMs: number
  readonly connectTimeoutMs: number
  readonly ca: string[] | undefined
  readonly findProxy: FindProxy
}

// The longest delay of setTimeout.
const LONGEST_MS = 2_147_483_647

/** Validates the options; throws a `PipedreamInputError` that names the first invalid one. */
export function readTransportOptions(options: NodeTransportOptions): NodeTransportConfig {
  const { maxSockets = 64, keepAliveMs = 4000, connectTimeoutMs = 10_000, ca } = options
  return {
    maxSockets: checkCount('maxSockets', maxSockets, 65_535),
    keepAliveMs: checkCount('keepAliveMs', keepAliveMs, LONGEST_MS),
    connectTimeoutMs: checkCount('connectTimeoutMs', connectTimeoutMs, LONGEST_MS),
    ca: ca === undefined ? undefined : [ca].flat(),
    findProxy: readProxies(options.env ?? process.env),
  }
}

function checkCount(option: string, value: number, most: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= most) return value
  throw new PipedreamInputError('ERR_CONFIGURATION', option, `an integer from 1 to ${most}`)
}
