import { PipedreamInputError, type RequestTarget } from './errors.ts'

/** Query parameters. Null and undefined values are omitted; a list becomes a repeated key. */
export type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>

/** Appends encoded path segments and a query to a base URL. */
export function buildUrl(baseUrl: string, path: readonly string[], query?: Query): string {
  let url = baseUrl
  for (const segment of path) url += `/${encodeURIComponent(segment)}`
  return query === undefined ? url : appendQuery(url, query)
}

/** Appends a query to a URL that may already have one. */
export function appendQuery(url: string, query: Query): string {
  const pairs: string[] = []
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue
    for (const one of Array.isArray(value) ? value : [value]) {
      pairs.push(`${encodeURIComponent(key)}=${encodeURIComponent(one)}`)
    }
  }
  if (pairs.length === 0) return url
  const separator = !url.includes('?') ? '?' : /[?&]$/.test(url) ? '' : '&'
  return `${url}${separator}${pairs.join('&')}`
}

/** The target that errors show: the URL without its query, which may identify a person, and without connect tokens. */
export function targetOf(method: string, url: string): RequestTarget {
  return new Target(method, url)
}

// A getter, because most calls succeed and never need the redacted URL.
class Target implements RequestTarget {
  readonly method: string
  readonly #url: string

  constructor(method: string, url: string) {
    this.method = method
    this.#url = url
  }

  get url(): string {
    return this.#url.replace(/\?.*$/s, '').replaceAll(/ctok_\w+/g, 'ctok_...')
  }
}

/**
 * Checks an input that becomes one path segment. Encoding alone does not stop `..`, and servers treat an encoded slash
 * differently.
 */
export function checkSegment(input: string, value: string): string {
  const isSegment =
    typeof value === 'string' &&
    value.trim() !== '' &&
    value.isWellFormed() &&
    !/^\.{1,2}$/.test(value) &&
    // oxlint-disable-next-line eslint/no-control-regex -- the pattern looks for control characters
    !/[/\\?#%\u0000-\u001F\u007F]/.test(value)
  if (isSegment) return value
  throw new PipedreamInputError(
    'ERR_INVALID_INPUT',
    input,
    'an id without slashes that is not empty and not only dots',
  )
}
