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
   * The maximum number of requests that wait for a connection to one origin, an integer from 0 to 2147483647. A further one
   * is rejected immediately. Default: 10000.
   */
  maxWaiting?: number | undefined
  /**
   * The maximum size of a body that is read with `text` or `arrayBuffer`, in bytes after decompression: an integer from 1 to
   * 2147483647. A larger one rejects; read it as a stream, which has no limit. Default: 104857600 (100 MiB).
   */
  maxBodyBytes?: number | undefined
  /**
   * How long an idle connection stays open, in milliseconds: an integer from 1 to 2147483647. A shorter `Keep-Alive: timeout`
   * of the server takes precedence. A longer time saves handshakes, but makes it more likely that a request meets a connection
   * which the server has just closed. Default: 4000.
   */
  keepAliveMs?: number | undefined
  /**
   * Limit for opening a connection in milliseconds, including DNS and TLS handshake: an integer from 1 to 2147483647. Through a
   * proxy, each of the steps has this limit: the connection to the proxy, its response, and the TLS handshake. Default: 10000.
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
  readonly maxWaiting: number
  readonly maxBodyBytes: number
  readonly keepAliveMs: number
  readonly connectTimeoutMs: number
  readonly ca: string[] | undefined
  readonly findProxy: FindProxy
}

// Also the longest delay of setTimeout.
const MOST = 2_147_483_647

/** Validates the options; throws a `PipedreamInputError` that names the first invalid one. */
export function readTransportOptions(options: NodeTransportOptions): NodeTransportConfig {
  const { maxSockets = 64, maxWaiting = 10_000, maxBodyBytes = 100 * 2 ** 20, ca } = options
  const { keepAliveMs = 4000, connectTimeoutMs = 10_000 } = options
  return {
    maxSockets: checkCount('maxSockets', maxSockets, [1, 65_535]),
    maxWaiting: checkCount('maxWaiting', maxWaiting, [0, MOST]),
    maxBodyBytes: checkCount('maxBodyBytes', maxBodyBytes, [1, MOST]),
    keepAliveMs: checkCount('keepAliveMs', keepAliveMs, [1, MOST]),
    connectTimeoutMs: checkCount('connectTimeoutMs', connectTimeoutMs, [1, MOST]),
    ca: ca === undefined ? undefined : [ca].flat(),
    findProxy: readProxies(options.env ?? process.env),
  }
}

function checkCount(option: string, value: number, [least, most]: [number, number]): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new PipedreamInputError('ERR_CONFIGURATION', option, `an integer from ${least} to ${most}`)
}
