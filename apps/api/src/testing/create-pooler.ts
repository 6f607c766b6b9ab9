import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { Client } from 'pg'
import { onTestFinished } from 'vitest'

export interface PoolerOptions {
  /** URL of the PostgreSQL behind it. */
  target: string
  /** Whether a connection is lent until the client leaves, or for one transaction; default: the latter. */
  mode?: 'session' | 'transaction'
  /** Run on each connection to PostgreSQL when it is made. */
  onConnect?: string
}

export interface Pooler {
  /** URL of the same database, through the pooler. */
  url: string
  /** Cuts every connection of clients. */
  cut: () => void
}

const BACKENDS = 3

/**
 * A pooler as PgBouncer is one: it refuses `options` at start-up, lends another connection for each transaction, and
 * loses notifications for a client that has none just then. Until the test ends.
 */
export async function createPooler({
  target,
  mode = 'transaction',
  onConnect,
}: PoolerOptions): Promise<Pooler> {
  const clients = new Set<Socket>()
  const free: Backend[] = []
  const waiting: ((backend: Backend) => void)[] = []
  const closing: (() => Promise<void>)[] = []

  const open = async () => {
    const { backend, close } = await openBackend(target, onConnect)
    closing.push(close)
    return backend
  }
  const giveBack = (backend: Backend) => {
    const next = waiting.shift()
    if (next) next(backend)
    else free.push(backend)
  }
  // The one that was given back the longest ago, so that a client meets another one each time.
  const lend = async (): Promise<Backend> => {
    if (mode === 'session') return open()
    return free.shift() ?? new Promise((resolve) => waiting.push(resolve))
  }
  if (mode === 'transaction') {
    for (let made = 0; made < BACKENDS; made += 1) free.push(await open())
  }

  const server = createServer((socket) => {
    clients.add(socket)
    socket.on('close', () => clients.delete(socket)).on('error', () => {})
    serve(socket, { mode, lend, giveBack })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const socket of clients) socket.destroy()
  }
  onTestFinished(async () => {
    server.close()
    cut()
    await Promise.all(closing.map((close) => close()))
  })
  const address = server.address()
  const url = new URL(target)
  url.hostname = '127.0.0.1'
  url.port = String(typeof address === 'object' && address !== null ? address.port : 0)
  return { url: url.href, cut }
}

/** A connection to PostgreSQL, past its sign-in. */
interface Backend {
  socket: Socket
  /** Where its messages go; lost when nobody has it. */
  deliver: ((message: Buffer) => void) | undefined
}

async function openBackend(target: string, onConnect: string | undefined) {
  const client = new Client({ connectionString: target })
  client.on('error', () => {})
  await client.connect()
  if (onConnect !== undefined) await client.query(onConnect)
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  // From here on we speak for ourselves.
  stream.removeAllListeners('data')
  const backend: Backend = { socket: stream, deliver: undefined }
  readMessages(stream, (message) => backend.deliver?.(message))
  const close = async () => void stream.destroy()
  return { backend, close }
}

interface Lending {
  mode: 'session' | 'transaction'
  lend: () => Promise<Backend>
  giveBack: (backend: Backend) => void
}

function serve(socket: Socket, { mode, lend, giveBack }: Lending): void {
  let backend: Backend | undefined
  let unanswered = 0
  let turn = Promise.resolve()

  function deliver(message: Buffer): void {
    socket.write(message)
    if (message[0] !== READY) return
    unanswered -= 1
    const isIdle = String.fromCodePoint(message[5] ?? 0) === 'I'
    if (mode === 'session' || !isIdle || unanswered > 0 || !backend) return
    const last = backend
    backend = undefined
    last.deliver = undefined
    giveBack(last)
  }

  async function pass(message: Buffer): Promise<void> {
    if (message[0] === TERMINATE) return void socket.end()
    if (!backend) {
      backend = await lend()
      backend.deliver = deliver
    }
    if (message[0] === QUERY || message[0] === SYNC) unanswered += 1
    backend.socket.write(message)
  }

  socket.on('close', () => {
    // Nobody knows what its transaction had come to.
    if (backend) backend.socket.destroy()
  })
  startUp(socket, () => {
    readMessages(socket, (message) => {
      turn = turn.then(() => pass(message)).catch(() => void socket.destroy())
    })
  })
}

const [READY, TERMINATE, QUERY, SYNC] = [...Buffer.from('ZXQS')]
const SSL_REQUEST = 80_877_103

/** Answers the first messages of a client, which have no type. */
function startUp(socket: Socket, done: () => void): void {
  socket.once('data', (data: Buffer) => {
    if (data.readInt32BE(4) === SSL_REQUEST) {
      socket.write('N')
      return startUp(socket, done)
    }
    const words = data.subarray(8).toString().split('\0')
    if (words.includes('options')) {
      return void socket.end(fatal('08P01', 'unsupported startup parameter: options'))
    }
    const version = Buffer.from('server_version\u000015.0\0')
    socket.write(
      Buffer.concat([
        asMessage('R', Buffer.from([0, 0, 0, 0])),
        asMessage('S', version),
        asMessage('K', Buffer.alloc(8)),
        asMessage('Z', Buffer.from('I')),
      ]),
    )
    done()
  })
}

/** What a server says before it closes the connection. */
export function fatal(code: string, message: string): Buffer {
  const fields = [`SFATAL`, `VFATAL`, `C${code}`, `M${message}`].map((field) => `${field}\0`)
  return asMessage('E', Buffer.from(`${fields.join('')}\0`))
}

function asMessage(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

function readMessages(socket: Socket, onMessage: (message: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0)
  socket.on('data', (data: Buffer) => {
    rest = Buffer.concat([rest, data])
    while (rest.length >= 5 && rest.length > rest.readInt32BE(1)) {
      const end = rest.readInt32BE(1) + 1
      onMessage(rest.subarray(0, end))
      rest = rest.subarray(end)
    }
  })
}
