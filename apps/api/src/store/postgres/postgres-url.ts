import type { ClientConfig } from 'pg'
import { parseIntoClientConfig } from 'pg-connection-string'

/** A PostgreSQL database, as described by a URL. */
export interface PostgresTarget {
  /** The connection settings of each host, in the order to try. */
  hosts: readonly ClientConfig[]
  /** Whether to use only a host that accepts writes, as after a fail-over. */
  needsWritable: boolean
  /** The connection timeout for one host; undefined if the URL has none. */
  connectTimeoutMs: number | undefined
  /** Hosts and database for messages, without user and password. */
  name: string
}

/** The URL is invalid. The message continues a sentence that starts with the setting's name, and never contains the password. */
export class PostgresUrlError extends Error {}

/** Whether a location is a PostgreSQL URL, not a file. */
export function isPostgresUrl(location: string): boolean {
  return /^postgres(ql)?:/i.test(location)
}

/**
 * Parses a URL as `psql` does: several hosts, Unix sockets with `host=`, and unencoded `#`, `/` or `?` in passwords. The driver
 * parses each host's parameters. Throws `PostgresUrlError`.
 */
export function readPostgresUrl(url: string): PostgresTarget {
  const { user, hosts, path, parameters } = splitUrl(url)
  const places = listPlaces(hosts, parameters)
  const attributes = take(parameters, 'target_session_attrs') ?? 'any'
  const seconds = Number(take(parameters, 'connect_timeout') ?? 0)
  trustSystem(parameters)
  const configs = places.map((place) => parse(`postgres://${user}${path}`, parameters, place))
  return {
    hosts: configs,
    needsWritable: needsWritable(attributes) || (places.length > 1 && attributes === 'any'),
    connectTimeoutMs: seconds > 0 ? seconds * 1000 : undefined,
    name: nameOf(places, configs[0]?.database ?? configs[0]?.user ?? ''),
  }
}

interface Parts {
  /** User and password, encoded, with the `@`; empty if there are none. */
  user: string
  hosts: string
  path: string
  parameters: URLSearchParams
}

function splitUrl(url: string): Parts {
  const [, rest] = /^postgres(?:ql)?:\/\/(.*)$/is.exec(url.trim()) ?? []
  if (rest === undefined) {
    throw new PostgresUrlError('must be a postgres:// or postgresql:// URL')
  }
  const end = endOfUser(rest)
  const user = end === 0 ? '' : `${encodeUser(rest.slice(0, end - 1))}@`
  // A `#` can be part of a database name or parameter, because such a URL has no fragment.
  const place = rest.slice(end).replaceAll('#', '%23')
  const [, hosts = '', path = '', query = ''] = /^([^/?]*)(\/[^?]*)?(?:\?(.*))?$/s.exec(place) ?? []
  return {
    user,
    hosts,
    path: path || '/',
    // A plus is not a space here, as in psql.
    parameters: new URLSearchParams(query.replaceAll('+', '%2B')),
  }
}

/** The end of user and password, after their `@`; 0 if there are none. */
function endOfUser(rest: string): number {
  const [authority = ''] = /^[^/?#]*/.exec(rest) ?? []
  const ownEnd = authority.lastIndexOf('@') + 1
  const tail = rest.slice(authority.length)
  // An `@` after the hosts belongs to a parameter (`?user=a@b`) or the database name, unless neither is possible there.
  const isPassword =
    ownEnd === 0
      ? authority !== '' && tail.includes('@') && !/^[^?@]*\?[^=@]*=/.test(tail)
      : /^[^?]*#[^?]*@|^[^?]*@[^?]*\//.test(tail)
  if (!isPassword) return ownEnd
  const ends = [...rest.matchAll(/@/g)].map(({ index }) => index + 1)
  return ends.find((end) => PLACE.test(rest.slice(end))) ?? ends.at(-1) ?? 0
}

// Hosts, a database and parameters; only the parameters may contain an `@`.
const PLACE = /^[^/?#@]*(\/[^?#@]*)?(\?[^=@]*=.*)?$/s

function encodeUser(user: string): string {
  const [name = '', ...password] = user.split(':')
  const parts = password.length === 0 ? [name] : [name, password.join(':')]
  return parts.map(encodePart).join(':')
}

function encodePart(part: string): string {
  return part
    .replaceAll(/%(?![0-9a-f]{2})/gi, '%25')
    .replaceAll(/[^\w\-.~!$&'()*+,;=%]/gu, (character) => encodeURIComponent(character))
}

interface HostPlace {
  /** A name, an address, or the folder of a Unix socket; empty: the driver's default. */
  host: string
  port: string
}

// As in psql, parameters take precedence over the part before the path.
function listPlaces(hosts: string, parameters: URLSearchParams): HostPlace[] {
  const named = take(parameters, 'host')
  const ports = (take(parameters, 'port') ?? '').split(',')
  const places =
    named === undefined ? hosts.split(',').map(readHost) : named.split(',').map(asPlace)
  return places.map(({ host, port }, index) => ({
    host,
    port: port || (ports.length === 1 ? ports[0] : ports[index]) || '',
  }))
}

function asPlace(host: string): HostPlace {
  return { host, port: '' }
}

function readHost(text: string): HostPlace {
  const [, host, port = ''] = /^(\[[^\]]+\]|[^:[\]]*)(?::(\d*))?$/.exec(text) ?? []
  if (host === undefined || Number(port) > 65_535) {
    throw new PostgresUrlError(
      'has an invalid host or port. Encode characters such as @ : / in user and password, as %40 %3A %2F',
    )
  }
  return { host: decode(host.replace(/^\[(.+)\]$/, '$1')), port }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new PostgresUrlError('has an invalid % escape. Write % as %25')
  }
}

function take(parameters: URLSearchParams, name: string): string | undefined {
  const value = parameters.get(name) || undefined
  parameters.delete(name)
  return value
}

// The driver verifies certificates in these modes, but warns that this may change. So the mode is made explicit.
const VERIFIED = new Set(['prefer', 'require', 'verify-ca'])

function trustSystem(parameters: URLSearchParams): void {
  if (parameters.get('sslrootcert') === 'system') {
    parameters.delete('sslrootcert')
    parameters.set('sslmode', 'verify-full')
  }
  const isLenient = parameters.get('uselibpqcompat') === 'true'
  if (!isLenient && VERIFIED.has(parameters.get('sslmode') ?? '')) {
    parameters.set('sslmode', 'verify-full')
  }
}

function needsWritable(attributes: string): boolean {
  if (attributes === 'read-write' || attributes === 'primary') return true
  if (attributes === 'any') return false
  throw new PostgresUrlError(
    'has a target_session_attrs that can select a server without writes. Use read-write',
  )
}

function parse(base: string, parameters: URLSearchParams, { host, port }: HostPlace): ClientConfig {
  const all = new URLSearchParams(parameters)
  if (host) all.set('host', host)
  if (port) all.set('port', port)
  try {
    return parseIntoClientConfig(`${base}?${all}`)
  } catch (error) {
    throw new PostgresUrlError(whyUnreadable(error), { cause: error })
  }
}

function whyUnreadable(error: unknown): string {
  if (error instanceof Error && 'path' in error && 'code' in error) {
    return `names an unreadable certificate file, ${String(error.path)} (${String(error.code)}). Check its path`
  }
  if (error instanceof URIError) return 'has an invalid % escape. Write % as %25'
  if (error instanceof Error && error.message.includes('verify-ca')) {
    return 'has sslmode=verify-ca, which needs the CA. Add sslrootcert=<file>'
  }
  return 'is invalid. Encode characters such as @ : / in user and password, as %40 %3A %2F'
}

function nameOf(places: readonly HostPlace[], database: string): string {
  const hosts = places.map(({ host, port }) => {
    const name = host.includes(':') && !host.startsWith('/') ? `[${host}]` : host || 'localhost'
    return port ? `${name}:${port}` : name
  })
  // With a slash, a socket's path and the database name would be indistinguishable.
  return hosts.some((host) => host.startsWith('/'))
    ? `${hosts.join(',')}, database ${database}`
    : `${hosts.join(',')}/${database}`
}
