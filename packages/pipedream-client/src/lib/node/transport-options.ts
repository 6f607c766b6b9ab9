import { PipedreamInputError } from '../http/errors.ts'
import { type FindProxy, readProxies } from './find-proxy.ts'

/** Options of `createNodeTransport`. They are checked once; a wrong one throws `ERR_CONFIGURATION` and is named. */
export interface NodeTransportOptions {
  /**
   * The most sockets that are open to one origin; further requests wait for one, in order, and can be aborted while they do.
   * A whole number from 1 to 65535. Default: 64.
   */
  maxSockets?: number | undefined
  /**
   * How long a socket that nobody uses stays open, in milliseconds; less when the server announces less (`Keep-Alive: timeout`).
   * A longer time spares handshakes, and makes it likelier that a request meets a socket that the server has just closed.
   * A whole number from 1 to 2147483647. Default: 4000.
   */
  keepAliveMs?: number | undefined
  /**
   * The most that opening a socket may take, in milliseconds: name look-up, proxy and TLS handshake included.
   * A whole number from 1 to 2147483647. Default: 10000.
   */
  connectTimeoutMs?: number | undefined
  /** Certificates (PEM) to trust instead of Node's own, for a proxy or a server with a certificate of your company's. */
  ca?: string | readonly string[] | undefined
  /**
   * Where `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` are looked up, in lower case too, which wins. They are read once.
   * Default: `process.env`. Give `{}` to use no proxy.
   */
  env?: Readonly<Record<string, string | undefined>> | undefined
}

/** The same, checked, with its defaults filled in. */
export interface NodeTransportConfig {
  readonly maxSockets: number
  readonly keepAliveMs: number
  readonly connectTimeoutMs: number
  readonly ca: string[] | undefined
  readonly findProxy: FindProxy
}

// The longest delay that setTimeout knows.
const LONGEST_MS = 2_147_483_647

/** Checks the options; throws a `PipedreamInputError` that names the first wrong one. */
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
  throw new PipedreamInputError('ERR_CONFIGURATION', option, `a whole number from 1 to ${most}`)
}
