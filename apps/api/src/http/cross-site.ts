const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether a page of another site may send it without asking, so that nothing may be changed by it. */
export function isSafeMethod(method: string): boolean {
  return SAFE_METHODS.has(method)
}

/**
 * Whether a request that may change something comes from a page that is not allowed to call us. Cookies travel
 * with requests that other sites' pages make; those requests say so in `Origin` and `Sec-Fetch-Site`.
 */
export function isForbiddenCrossSite(request: Request, allowedOrigins: readonly string[]): boolean {
  if (isSafeMethod(request.method)) return false
  const origin = request.headers.get('origin')
  if (origin !== null) return !allowedOrigins.includes(origin)
  // Browsers send `Origin` with every POST; a request with neither header is no page's.
  const site = request.headers.get('sec-fetch-site')
  return site !== null && site !== 'same-origin' && site !== 'none'
}

/**
 * Whether the browser that makes a request stores a cookie that comes with the answer. Ours are `SameSite=Lax`: a page
 * of another site neither gets nor sends them, even where it may call us.
 */
export function keepsCookies(request: Request): boolean {
  return request.headers.get('sec-fetch-site') !== 'cross-site'
}
