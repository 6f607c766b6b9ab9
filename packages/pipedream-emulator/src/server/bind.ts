import type { Server } from 'node:http'

/** A browser may use either address for `localhost`, so the emulator listens on both. */
const LOOPBACK = ['127.0.0.1', '::1'] as const
const ATTEMPTS_AT_A_FREE_PORT = 10

interface Target {
  host: string
  /** 0 chooses a free port. */
  port: number
  /** Creates a server that does not listen yet. */
  newServer: () => Server
}

export interface Bound {
  port: number
  servers: Server[]
}

/** Returns the address that the server is bound to, or an empty string. */
export function addressOf(server: Server): string {
  const address = server.address()
  return typeof address === 'object' ? (address?.address ?? '') : ''
}

/** Starts to listen; for `localhost` on both of its addresses. Rejects with an explanation when the port is taken. */
export async function bind({ host, port, newServer }: Target): Promise<Bound> {
  if (host !== 'localhost') return bindFirst({ host, port, newServer })
  // A port that is free on one address can be taken on the other. Then another free port is tried.
  for (let attempt = 1; ; attempt += 1) {
    const bound = await bindLoopback({ port, newServer }).catch((error: unknown) => {
      if (port !== 0 || attempt === ATTEMPTS_AT_A_FREE_PORT) throw error
    })
    if (bound !== undefined) return bound
  }
}

async function bindLoopback({ port, newServer }: Omit<Target, 'host'>): Promise<Bound> {
  const first = await bindFirst({ host: LOOPBACK[0], port, newServer })
  try {
    const second = await listenOn({ host: LOOPBACK[1], port: first.port, newServer })
    return { port: first.port, servers: [...first.servers, second] }
  } catch (error) {
    // Without IPv6 there is no second address to listen on.
    if (hasCode(error, 'EADDRNOTAVAIL') || hasCode(error, 'EAFNOSUPPORT')) return first
    await Promise.all(first.servers.map(closeServer))
    throw describeFailure(error, { host: LOOPBACK[1], port })
  }
}

async function bindFirst({ host, port, newServer }: Target): Promise<Bound> {
  try {
    const server = await listenOn({ host, port, newServer })
    const address = server.address()
    return { port: typeof address === 'object' ? (address?.port ?? port) : port, servers: [server] }
  } catch (error) {
    throw describeFailure(error, { host, port })
  }
}

function listenOn({ host, port, newServer }: Target): Promise<Server> {
  const server = newServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve(server)
    })
  })
}

function describeFailure(error: unknown, { host, port }: Omit<Target, 'newServer'>): unknown {
  const sentence = SENTENCES.find(([codes]) => codes.some((code) => hasCode(error, code)))?.[1]
  return sentence === undefined ? error : new Error(sentence({ host, port }), { cause: error })
}

type Sentence = (target: Omit<Target, 'newServer'>) => string

const SENTENCES: (readonly [codes: readonly string[], sentence: Sentence])[] = [
  [
    ['EADDRINUSE'],
    ({ port }) =>
      `Port ${port} is already in use. Stop the program that uses it, or choose another port.`,
  ],
  [['EACCES'], ({ port }) => `No permission to listen on port ${port}. Choose 1024 or above.`],
  [
    ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL', 'ENOTFOUND', 'EAI_AGAIN'],
    ({ host }) =>
      `${host} is not an address of this machine. Choose one of its addresses, or 0.0.0.0 for all.`,
  ],
]

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** Stops listening and closes open connections. Closing twice is not an error. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // The callback gets an error when the server is already closed, which is the desired result.
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
