import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import type { PipedreamClient } from '@pipedream/sdk'

interface Product {
  /** The bundled page. */
  script: string
  /** The official SDK, with the product's credentials. */
  pipedream: PipedreamClient
  /** The signed-in user. */
  externalUserId: string
}

/** Serves a product on a free port: its page, connect tokens for that page only, and runs of submitted forms. */
export async function serveProduct({ script, pipedream, externalUserId }: Product) {
  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => {
      response.writeHead(500).end(JSON.stringify({ message: String(error) }))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', origin)
    if (pathname === '/') {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(PAGE)
    } else if (pathname === '/page.js') {
      response.setHeader('content-type', 'text/javascript; charset=utf-8').end(script)
    } else {
      const result = await (pathname === '/token' ? createToken() : run(await json(request)))
      response.setHeader('content-type', 'application/json').end(JSON.stringify(result))
    }
  }

  const createToken = () => pipedream.tokens.create({ externalUserId, allowedOrigins: [origin] })
  const run = (body: unknown) => pipedream.actions.run({ ...readRun(body), externalUserId })
  return { origin, close: () => server.close() }
}

const PAGE =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>Product</title><link rel="icon" href="data:,">' +
  '<main></main><script src="/page.js"></script>'

/** The submitted form. */
function readRun(body: unknown) {
  const { id, configuredProps, dynamicPropsId } = Object(body)
  if (typeof id !== 'string') throw new TypeError('The id of the action must be a string.')
  const props: Record<string, unknown> = { ...Object(configuredProps) }
  const run = { id, configuredProps: props }
  return typeof dynamicPropsId === 'string' ? { ...run, dynamicPropsId } : run
}
