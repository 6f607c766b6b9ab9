import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { sharedBody } from '../http/shared-body.ts'
import { examples } from './graphiql-examples.ts'

interface RenderedPage {
  plain: Uint8Array<ArrayBuffer>
  zipped: Uint8Array<ArrayBuffer>
  etag: string
}

/** Whether a browser requests the page. Other clients request data. */
export function wantsGraphiql(request: Request): boolean {
  return request.headers.get('accept')?.includes('text/html') ?? false
}

/** `GET /graphql` in a browser: GraphiQL, without assets of other hosts. `endpoint` is the path that it sends operations to. */
export function createGraphiql(endpoint: string): (request: Request) => Promise<Response> {
  let page: Promise<RenderedPage> | undefined
  return async (request) => {
    page ??= renderPage(endpoint).catch((error: unknown) => {
      page = undefined
      throw error
    })
    return respond(request, await page)
  }
}

function respond(request: Request, { plain, zipped, etag }: RenderedPage): Response {
  const headers = { etag, 'cache-control': 'no-cache', 'content-security-policy': POLICY }
  if (request.headers.get('if-none-match') === etag)
    return new Response(null, { status: 304, headers })
  const zip = request.headers.get('accept-encoding')?.includes('gzip') ?? false
  const bytes = zip ? zipped : plain
  return new Response(sharedBody(bytes), {
    headers: {
      ...headers,
      'content-length': String(bytes.byteLength),
      'content-type': 'text/html; charset=utf-8',
      vary: 'accept-encoding',
      ...(zip && { 'content-encoding': 'gzip' }),
    },
  })
}

// GraphiQL's editor is one inline script of 5 MB and starts workers from blobs.
const POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline' blob:; style-src 'self' 'unsafe-inline'; worker-src blob:; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// 9 MB uncompressed: loaded on the first request, compressed once, and cached by browsers under its ETag.
async function renderPage(endpoint: string): Promise<RenderedPage> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const html = renderGraphiQL({
    title: 'GraphiQL: connected accounts',
    endpoint,
    credentials: 'same-origin',
    shouldPersistHeaders: false,
    defaultQuery: examples,
  })
  const plain = new TextEncoder().encode(html)
  const etag = `W/"${createHash('sha256').update(plain).digest('base64url')}"`
  return { plain, zipped: new Uint8Array(await promisify(gzip)(plain)), etag }
}
