import { once } from 'node:events'
import { createServer, type IncomingMessage, request as send, type ServerResponse } from 'node:http'

/** A host product that serves another program below a path of its origin, as nginx does with `proxy_pass`. */
export interface Product {
  /** The path on the product's origin. */
  url: string
  /** Requests to the product itself, such as `GET /accounts`. */
  asked: string[]
  /** Sets the port of the program, which listens on this machine. */
  leadTo: (port: number) => void
  stop: () => Promise<void>
}

interface ProductOptions {
  path: string
  /** Whether it strips the path: `proxy_pass http://gateway/` instead of `http://gateway`. */
  strips: boolean
}

export async function startProduct({ path, strips }: ProductOptions): Promise<Product> {
  const asked: string[] = []
  let target: number | undefined

  function passOn(incoming: IncomingMessage, outgoing: ServerResponse, url: string): void {
    const { method, headers } = incoming
    // Keeps the browser's `Host` and adds no header, so that the gateway treats it as a request from this machine.
    const passedOn = send(
      { host: 'localhost', port: target, method, path: url, headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    // A stream ends when its page closes.
    passedOn.on('error', () => outgoing.destroy())
    outgoing.on('close', () => passedOn.destroy())
    incoming.pipe(passedOn)
  }

  const server = createServer((incoming, outgoing) => {
    const url = incoming.url ?? ''
    // As nginx does for a location with a trailing slash.
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
