import type { Server } from 'node:http'

/** A browser may try either address for `localhost`, and so has to find the emulator on both. */
const LOOPBACK = ['127.0.0.1', '::1'] as const
const ATTEMPTS_AT_A_FREE_PORT = 10

interface Target {
  host: string
  /** 0 takes any free one. */
  port: number
  /** Makes a server that does not listen yet. */
  newServer: () => Server
}

export interface Bound {
  port: number
  servers: Server[]
}

/** The address that the server is bound to, empty when it is not. */
export function addressOf(server: Server): string {
  const address = server.address()
  return typeof address === 'object' ? (address?.address ?? '') : ''
}

/** Starts to listen: for `localhost` on both of its addresses. Rejects with a sentence when the port is taken. */
export async function bind({ host, port, newServer }: Target): Promise<Bound> {
  if (host !== 'localhost') return bindFirst({ host, port, newServer })
  // A free port of one address can be taken at the other: then another free port is tried.
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
    // Without IPv6 there is nothing more to listen on.
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
  [
    ['EACCES'],
    ({ port }) => `Port ${port} needs more rights than this program has. Choose 1024 or above.`,
  ],
  [
    ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL', 'ENOTFOUND', 'EAI_AGAIN'],
    ({ host }) =>
      `${host} is not an address of this machine. Choose one that is, or 0.0.0.0 for all of them.`,
  ],
]

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** Stops listening and drops what is open. A server that was closed before is no error. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // The callback gets an error when the server was closed before, which is what was asked for.
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
