import { once } from 'node:events'
import { createServer, type IncomingMessage, request as send, type ServerResponse } from 'node:http'

/** A product that serves another program below a path of its own origin, as nginx does by `proxy_pass`. */
export interface Product {
  /** The path on the product's origin. */
  url: string
  /** What was asked of the product itself, such as `GET /accounts`. */
  asked: string[]
  /** Names the port of the program, which listens on this machine. */
  leadTo: (port: number) => void
  stop: () => Promise<void>
}

interface ProductOptions {
  path: string
  /** Whether the program is asked without the path: `proxy_pass http://gateway/` and not `http://gateway`. */
  strips: boolean
}

export async function startProduct({ path, strips }: ProductOptions): Promise<Product> {
  const asked: string[] = []
  let target: number | undefined

  function passOn(incoming: IncomingMessage, outgoing: ServerResponse, url: string): void {
    const { method, headers } = incoming
    // A `Host` as the browser sent it, and no other header: so the gateway takes it for a request of this machine.
    const passedOn = send(
      { host: 'localhost', port: target, method, path: url, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    // A stream ends with the page that reads it.
    passedOn.on('error', () => outgoing.destroy())
    outgoing.on('close', () => passedOn.destroy())
    incoming.pipe(passedOn)
  }

  const server = createServer((incoming, outgoing) => {
    const url = incoming.url ?? ''
    // As nginx does for a location that ends with a slash.
    if (strips && url === path) return void outgoing.writeHead(308, { location: `${path}/` }).end()
    if (`${url}/`.startsWith(`${path}/`))
      return passOn(incoming, outgoing, strips ? url.slice(path.length) : url)
    asked.push(`${incoming.method} ${url}`)
    outgoing
      .writeHead(404, { 'content-type': 'text/html' })
      .end('<h1>The product has no such page</h1>')
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.')
  return {
    url: `http://localhost:${address.port}${path}`,
    asked,
    leadTo: (port) => void (target = port),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
