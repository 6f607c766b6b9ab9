import { type CORSOptions, getCORSHeadersByRequestAndOptions } from '@whatwg-node/server'

/** What a page of an allowed origin may do; a library's own list would answer a stranger with "null", which is the origin of a sandboxed frame. */
function corsFor(request: Request, allowedOrigins: readonly string[]): CORSOptions {
  const origin = request.headers.get('origin')
  if (origin === null || !allowedOrigins.includes(origin)) return false
  return {
    origin: [origin],
    credentials: true,
    methods: ['POST'],
    exposedHeaders: ['x-request-id', 'www-authenticate', 'retry-after'],
  }
}

/** Lets a page of an allowed origin read an answer. */
export function withCors(
  response: Response,
  request: Request,
  allowedOrigins: readonly string[],
): Response {
  const cors = getCORSHeadersByRequestAndOptions(request, corsFor(request, allowedOrigins))
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(cors ?? {})) headers.set(name, value)
  // Whoever asks: a cache must not give the answer for one page to another.
  headers.append('vary', 'origin')
  const { status, statusText } = response
  return new Response(response.body, { status, statusText, headers })
}
