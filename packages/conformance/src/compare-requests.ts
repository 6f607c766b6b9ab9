import { isDeepStrictEqual } from 'node:util'
import type { RecordedRequest } from './recorder.ts'

/** The requests of a call, and its outcome. */
export interface Recording {
  requests: readonly RecordedRequest[]
  /** `success` for success; otherwise the code of the error, or its class. */
  outcome: string
}

/** The differences between the two clients, by the name of the fact, such as `path`, `query.limit`, `body.name` or `headers.authorization`. */
export type Divergences = Record<string, { official?: unknown; ours?: unknown }>

/**
 * Compares method, host, path, query, body, outcome, and the relevant headers; absent values are left out. If the clients sent
 * different numbers of requests, the fact is `requests`, as lines. Facts of earlier requests contain their number.
 */
export function compareRequests(official: Recording, ours: Recording): Divergences {
  const pairs: [Facts, Facts][] = [[{ outcome: official.outcome }, { outcome: ours.outcome }]]
  if (official.requests.length === ours.requests.length) {
    pairs.push([factsOf(official.requests), factsOf(ours.requests)])
  } else {
    pairs.push([{ requests: linesOf(official) }, { requests: linesOf(ours) }])
  }
  return Object.assign({}, ...pairs.map(([theirs, own]) => diverge(theirs, own)))
}

type Facts = Readonly<Record<string, unknown>>

function diverge(official: Facts, ours: Facts): Divergences {
  const names = new Set([...Object.keys(official), ...Object.keys(ours)])
  const differing = [...names].filter((name) => !isDeepStrictEqual(official[name], ours[name]))
  return Object.fromEntries(
    differing.map((name) => [
      name,
      {
        ...(name in official ? { official: official[name] } : {}),
        ...(name in ours ? { ours: ours[name] } : {}),
      },
    ]),
  )
}

// Counted, because concurrent calls arrive in any order.
function linesOf({ requests }: Recording): string[] {
  const lines = Object.groupBy(requests, lineOf)
  return Object.entries(lines).map(([line, all = []]) =>
    all.length === 1 ? line : `${all.length} x ${line}`,
  )
}

function lineOf({ method, url, headers }: RecordedRequest): string {
  const host = url.hostname === '127.0.0.1' ? '' : url.origin
  const carried = host !== '' && 'authorization' in headers ? ', with the access token' : ''
  return `${method} ${host}${url.pathname}${url.search}${carried}`
}

function factsOf(requests: readonly RecordedRequest[]): Facts {
  const last = requests.length - 1
  const entries = requests.flatMap((request, index) => {
    const which = index === last ? '' : `request ${index + 1}: `
    return Object.entries(factsOfOne(request)).map(([name, value]) => [`${which}${name}`, value])
  })
  return Object.fromEntries(entries)
}

function factsOfOne({ method, url, headers, body }: RecordedRequest): Facts {
  return {
    method,
    host: url.hostname,
    ...pathOf(url),
    ...prefix('query', queryOf(url)),
    ...bodyOf(body, headers['content-type']),
    ...prefix('headers', headersThatMatter(headers)),
  }
}

// For a request through the proxy, the target URL and its encoding are separate facts.
function pathOf({ pathname }: URL): Facts {
  const segments = pathname.split('/').map((one) => decodeURIComponent(one))
  const target = segments.at(-2) === 'proxy' ? segments.pop() : undefined
  // `%2f` and `%2F` mean the same to a server, but an encoded slash is not a slash.
  const path = segments.map((one) => encodeURIComponent(one)).join('/')
  if (target === undefined) return { path }
  return { path, target: Buffer.from(target, 'base64').toString(), targetIn: alphabetOf(target) }
}

function alphabetOf(base64: string): string {
  if (/[+/=]/.test(base64)) return 'base64'
  return /[-_]/.test(base64) ? 'base64url' : 'either'
}

// The order of different keys is irrelevant; that of the values of one key may not be.
function queryOf({ searchParams }: URL): Facts {
  const names = [...new Set(searchParams.keys())]
  return Object.fromEntries(names.map((name) => [name, searchParams.getAll(name)]))
}

function bodyOf(body: string, contentType = ''): Facts {
  if (body === '') return {}
  if (!contentType.startsWith('application/json')) return { body }
  const json: unknown = JSON.parse(body)
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json)
  return isObject ? prefix('body', { ...json }) : { body: json }
}

function headersThatMatter(headers: Readonly<Record<string, string>>): Facts {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => matters(name)))
}

function matters(name: string): boolean {
  return ['authorization', 'content-type', 'cookie'].includes(name) || name.startsWith('x-pd-')
}

function prefix(word: string, facts: Facts): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [`${word}.${name}`, value]),
  )
}
