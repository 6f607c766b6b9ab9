import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createPipedreamClient } from 'pipedream-client/server'
import { listen } from 'pipedream-emulator/listen'
import { bundleHosts } from './bundle-hosts.ts'

/** Serves a product on a free port, with an emulator behind it. The user of the page is `ada`. */
export async function serveHosts() {
  const [files, upstream] = await Promise.all([bundleHosts(), listen({ port: 0 })])
  const pipedream = createPipedreamClient({
    ...upstream.emulator.credentials,
    projectEnvironment: 'development',
    baseUrl: upstream.url,
  })

  async function createToken() {
    const token = await pipedream.connectTokens.create({ externalUserId: 'ada' })
    return { ...token, connectUrl: `${upstream.url}/_static/connect.html` }
  }
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const code = files.get(pathname.slice(1))
    if (pathname === '/token') {
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify(await createToken()))
    } else if (code === undefined) {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(PAGE)
    } else {
      response.setHeader('content-type', 'text/javascript; charset=utf-8').end(code)
    }
  }
  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => {
      response.writeHead(500).end(JSON.stringify({ message: String(error) }))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    close: async () => {
      server.close()
      await upstream.close()
    },
  }
}

const PAGE =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Product</title><link rel="icon" href="data:,">' +
  '<style>[role="dialog"], section { position: fixed; top: 80px; left: 80px }</style>' +
  '<main></main><script type="module" src="/page.js"></script>'
