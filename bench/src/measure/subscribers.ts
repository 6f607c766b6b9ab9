// Holds the other ends of event streams, in a process of its own.
import { connect } from 'node:net'

/** Opens a stream for each token. */
export interface Opening {
  url: string
  tokens: string[]
}

/** Waits for a number of events on all streams together. */
export interface Watch {
  arrivals: number
}

/** Bounds how many connections wait to be accepted. */
const CONCURRENT = 100
const QUERY =
  'subscription { connectionEvents { __typename ... on ConnectionEvent { id type app accountId flowId at reason } } }'

let delays: number[] = []
let watch = { arrivals: Number.POSITIVE_INFINITY, done: () => {} }

process.on('message', (message: Opening | Watch) => {
  const answer = 'tokens' in message ? openAll(message) : watchFor(message)
  void answer.then((result) => process.send?.(result))
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')

async function openAll({ url, tokens }: Opening): Promise<'open'> {
  const left = tokens.values()
  const openSome = async () => {
    for (const token of left) await open(url, token)
  }
  await Promise.all(Array.from({ length: CONCURRENT }, openSome))
  return 'open'
}

/** Resolves with how long each event took from its time in the log, in milliseconds. */
async function watchFor({ arrivals }: Watch): Promise<number[]> {
  if (delays.length < arrivals) {
    await new Promise<void>((done) => {
      watch = { arrivals, done }
    })
  }
  const result = delays
  delays = []
  watch.arrivals = Number.POSITIVE_INFINITY
  return result
}

function open(url: string, token: string): Promise<void> {
  const { hostname, port, pathname } = new URL(url)
  const body = JSON.stringify({ query: QUERY })
  const socket = connect(Number(port), hostname)
  const head = [
    `POST ${pathname} HTTP/1.1`,
    `host: ${hostname}:${port}`,
    `authorization: Bearer ${token}`,
    'accept: text/event-stream',
    'content-type: application/json',
    `content-length: ${body.length}`,
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.once('data', (first: Buffer) => {
      if (!first.includes('HTTP/1.1 200')) return reject(new Error(first.toString()))
      socket.on('data', receive)
      resolve()
    })
  })
}

function receive(chunk: Buffer): void {
  if (!chunk.includes('event: next')) return
  const now = performance.timeOrigin + performance.now()
  const [, at = ''] = /"at":"([^"]+)"/.exec(chunk.toString()) ?? []
  delays.push(now - Date.parse(at))
  if (delays.length >= watch.arrivals) watch.done()
}
