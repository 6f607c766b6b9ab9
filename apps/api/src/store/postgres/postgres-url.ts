import type { ClientConfig } from 'pg'
import { parseIntoClientConfig } from 'pg-connection-string'

/** A PostgreSQL database, as a URL names it. */
export interface PostgresTarget {
  /** What it takes to connect to each host, in the order in which they are tried. */
  hosts: readonly ClientConfig[]
  /** Whether a host counts only when it accepts writes, as after a fail-over. */
  needsWritable: boolean
  /** How long connecting to one host may take; undefined: the URL does not say. */
  connectTimeoutMs: number | undefined
  /** Hosts and database for people to read, without user and password. */
  name: string
}

/** The URL cannot be used; the message continues a sentence that begins with the setting's name, without a password. */
export class PostgresUrlError extends Error {}

/** Whether a location is meant as a URL of PostgreSQL, not as a file. */
export function isPostgresUrl(location: string): boolean {
  return /^postgres(ql)?:/i.test(location)
}

/**
 * Reads a URL as `psql` would: several hosts, Unix sockets by `host=`, and passwords that hold `#`, `/` or `?` unencoded.
 * Each host's parameters are read by the driver. Throws `PostgresUrlError`.
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
  /** User and password, encoded, with the `@`; empty: none. */
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
  // A database's name and a parameter may hold it, and there is nothing else that it could mean.
  const place = rest.slice(end).replaceAll('#', '%23')
  const [, hosts = '', path = '', query = ''] = /^([^/?]*)(\/[^?]*)?(?:\?(.*))?$/s.exec(place) ?? []
  return {
    user,
    hosts,
    path: path || '/',
    // A plus is a plus here, as it is for psql.
    parameters: new URLSearchParams(query.replaceAll('+', '%2B')),
  }
}

/** Where user and password end, after their `@`; 0: there are none. */
function endOfUser(rest: string): number {
  const [authority = ''] = /^[^/?#]*/.exec(rest) ?? []
  const ownEnd = authority.lastIndexOf('@') + 1
  const tail = rest.slice(authority.length)
  // An `@` after the hosts is a parameter's (`?user=a@b`) or the database's, unless what stands there can be neither.
  const isPassword =
    ownEnd === 0
      ? authority !== '' && tail.includes('@') && !/^[^?@]*\?[^=@]*=/.test(tail)
      : /^[^?]*#[^?]*@|^[^?]*@[^?]*\//.test(tail)
  if (!isPassword) return ownEnd
  const ends = [...rest.matchAll(/@/g)].map(({ index }) => index + 1)
  return ends.find((end) => PLACE.test(rest.slice(end))) ?? ends.at(-1) ?? 0
}

// Hosts, a database and parameters; an `@` only in those.
const PLACE = /^[^/?#@]*(\/[^?#@]*)?(\?[^=@]*=.*)?$/s

function encodeUser(user: string): string {
  const [name = '', ...password] = user.split(':')
  const parts = password.length === 0 ? [name] : [name, password.join(':')]
  return parts.map(encodePart).join(':')
}

function encodePart(part: string): string {
  return part
    .replaceAll(/%(?![0-9a-f]{2})/gi, '%25')
    .replaceAll(/[^\w\-.~!$&'()*+,;=%]/gu, (sign) => encodeURIComponent(sign))
}

interface HostPlace {
  /** A name, an address, or the folder of a Unix socket; empty: the driver's default. */
  host: string
  port: string
}

// A parameter beats what stands before the path, as in psql.
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
      'names a host or port that cannot be read. Encode signs such as @ : / in user and password, as %40 %3A %2F',
    )
  }
  return { host: decode(host.replace(/^\[(.+)\]$/, '$1')), port }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new PostgresUrlError('has a % that encodes nothing. Write it as %25')
  }
}

function take(parameters: URLSearchParams, name: string): string | undefined {
  const value = parameters.get(name) || undefined
  parameters.delete(name)
  return value
}

// The driver has verified certificates in these modes all along, and would warn that it may not some day.
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
    'has a target_session_attrs that would connect to a server without writes. Use read-write',
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
    return `names a certificate file that cannot be read, ${String(error.path)} (${String(error.code)}). Check its path`
  }
  if (error instanceof URIError) return 'has a % that encodes nothing. Write it as %25'
  if (error instanceof Error && error.message.includes('verify-ca')) {
    return 'asks for sslmode=verify-ca, which needs the CA. Add sslrootcert=<file>'
  }
  return 'cannot be read. Encode signs such as @ : / in user and password, as %40 %3A %2F'
}

function nameOf(places: readonly HostPlace[], database: string): string {
  const hosts = places.map(({ host, port }) => {
    const name = host.includes(':') && !host.startsWith('/') ? `[${host}]` : host || 'localhost'
    return port ? `${name}:${port}` : name
  })
  // A socket's path and a database would run into each other.
  return hosts.some((host) => host.startsWith('/'))
    ? `${hosts.join(',')}, database ${database}`
    : `${hosts.join(',')}/${database}`
}
