import { PipedreamInputError, type RequestTarget } from './errors.ts'

/** Query values: null and undefined are left out, a list becomes repeated keys. */
export type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>

/** Appends encoded path segments and a query to a base URL. */
export function buildUrl(baseUrl: string, path: readonly string[], query?: Query): string {
  let url = baseUrl
  for (const segment of path) url += `/${encodeURIComponent(segment)}`
  return query === undefined ? url : appendQuery(url, query)
}

/** Appends a query to a URL that may have one. */
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

/** How an error may name a URL: without its query, which may name a person, and without connect tokens. */
export function targetOf(method: string, url: string): RequestTarget {
  return new Target(method, url)
}

// Most calls do not fail: their URL is not cleaned, because nobody asks for it.
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
 * Checks a caller's value that becomes one segment of a path: encoding alone does not stop `..`,
 * and servers disagree about an encoded slash.
 */
export function checkSegment(input: string, value: string): string {
  const isSegment =
    typeof value === 'string' &&
    value.trim() !== '' &&
    value.isWellFormed() &&
    !/^\.{1,2}$/.test(value) &&
    // oxlint-disable-next-line eslint/no-control-regex -- control characters are what is looked for
    !/[/\\?#%\u0000-\u001F\u007F]/.test(value)
  if (isSegment) return value
  throw new PipedreamInputError(
    'ERR_INVALID_INPUT',
    input,
    'an id without slashes, and neither empty nor dots alone',
  )
}
