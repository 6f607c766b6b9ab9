import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, createServer as createRawServer, type Socket } from 'node:net'
import { createSelfSignedCertificate } from 'pipedream-emulator/listen'

/** Starts an http server on a free port of this machine. */
export async function startServer(response: RequestListener) {
  return serve(createServer(response), 'http')
}

/** The same over TLS, with a self-signed certificate. */
export async function startSecureServer(response: RequestListener) {
  const { key, cert } = createSelfSignedCertificate({ hosts: ['api.example.test'] })
  return { ...(await serve(createSecureServer({ key, cert }, response), 'https')), cert }
}

/** Starts a raw TCP server. Its argument is called with the socket and each chunk it receives. */
export async function startRawServer(
  response: (socket: Socket, text: string, index: number) => void,
) {
  const server = createRawServer((socket) => {
    let index = 0
    socket.on('data', (chunk) => response(socket, chunk.toString(), (index += 1)))
    socket.on('error', () => {})
  })
  return serve(server, 'http')
}

async function serve(server: Server | ReturnType<typeof createRawServer>, scheme: string) {
  const sockets = new Set<Socket>()
  let opened = 0
  let most = 0
  server.on('connection', (socket: Socket) => {
    opened += 1
    sockets.add(socket)
    most = Math.max(most, sockets.size)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address: AddressInfo | string | null = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    server,
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    /** How many connections there were, are, and were at most at the same time. */
    connections: () => ({ opened, open: sockets.size, most }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
