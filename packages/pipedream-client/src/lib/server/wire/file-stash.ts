import type { Query } from '../../http/build-url.ts'
import type { FetchResponse } from '../../http/fetch-like.ts'

export function writeFileQuery(s3Key: string): Query {
  return { s3_key: s3Key }
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** The link to a file in Pipedream's store; undefined if the response contains none that may be followed. */
export function readFileLink(
  { status, headers }: Pick<FetchResponse, 'status' | 'headers'>,
  { requestUrl, baseUrl }: { requestUrl: string; baseUrl: string },
): URL | undefined {
  const location = headers.get('location')
  if (!REDIRECTS.has(status) || !location || !URL.canParse(location, requestUrl)) return undefined
  const link = new URL(location, requestUrl)
  // Plain http only if the API itself uses it, as an emulator does.
  const isSafe =
    link.protocol === 'https:' || (link.protocol === 'http:' && baseUrl.startsWith('http:'))
  return isSafe && `${link.username}${link.password}` === '' ? link : undefined
}
