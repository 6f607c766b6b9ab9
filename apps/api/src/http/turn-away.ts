import { isForbiddenCrossSite } from './cross-site.ts'
import { sentence } from './respond.ts'

/** What is said to a request that makes no sense, or that a page which may not call us has sent; it costs nobody anything. */
export function turnAway(
  request: Request,
  allowedOrigins: readonly string[],
): Response | undefined {
  const url = URL.parse(request.url)
  // Nor of an address with a name or a password in it.
  if (!url || url.username || url.password) return sentence(400, 'This address makes no sense.')
  if (isForbiddenCrossSite(request, allowedOrigins)) return sentence(403, FORBIDDEN_PAGE)
  return undefined
}

const FORBIDDEN_PAGE = 'This page may not call us. If it should, add its origin to ALLOWED_ORIGINS.'
