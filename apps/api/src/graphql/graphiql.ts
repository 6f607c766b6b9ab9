import type { Reply } from '../http/reply.ts'
import { createWebFile, sendFile, type WebFile } from '../http/web-files.ts'
import { examples } from './graphiql-examples.ts'

/** Whether a browser requests the page. Other clients request data. */
export function wantsGraphiql(request: Request): boolean {
  return request.headers.get('accept')?.includes('text/html') ?? false
}

/** `GET /graphql` in a browser: GraphiQL, without assets of other hosts. `endpoint` is the path that it sends operations to. */
export function createGraphiql(endpoint: string): (request: Request) => Promise<Reply> {
  let page: Promise<WebFile> | undefined
  return async (request) => {
    page ??= renderPage(endpoint).catch((error: unknown) => {
      page = undefined
      throw error
    })
    return sendFile(request, await page, HEADERS)
  }
}

const HEADERS = {
  'cache-control': 'no-cache',
  // GraphiQL's editor is one inline script of 5 MB and starts workers from blobs.
  'content-security-policy':
    "default-src 'self'; script-src 'self' 'unsafe-inline' blob:; style-src 'self' 'unsafe-inline'; worker-src blob:; img-src 'self' data:; font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
}

// 9 MB uncompressed: loaded on the first request, compressed once, and cached by browsers under its ETag.
async function renderPage(endpoint: string): Promise<WebFile> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const html = renderGraphiQL({
    title: 'GraphiQL: connected accounts',
    endpoint,
    credentials: 'same-origin',
    shouldPersistHeaders: false,
    defaultQuery: examples,
  })
  return createWebFile('text/html; charset=utf-8', new TextEncoder().encode(html))
}
