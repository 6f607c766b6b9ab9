import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { onTestFinished } from 'vitest'

export interface Proxy {
  url: string
  /** Where requests go, in turn. One that nobody listens at is passed over. */
  targets: string[]
  /** How many answers each target has begun. */
  answers: Map<string, number>
}

interface ProxyOptions {
  /** Called for each request before it is passed on, and for each piece of an answer. */
  onTraffic?: (what: 'request' | 'answer') => void
  /** What a request waits for before it is passed on. */
  hold?: (request: IncomingMessage) => Promise<void> | undefined
}

/** A round-robin proxy on a free port, until the test ends. It adds no header, so a loopback request stays one. */
export async function createProxy(
  targets: string[] = [],
  { onTraffic, hold }: ProxyOptions = {},
): Promise<Proxy> {
  const answers = new Map<string, number>()
  let turn = 0

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming)
    await hold?.(incoming)
    onTraffic?.('request')
    for (let tries = 0; tries < targets.length; tries += 1) {
      const target = targets[turn++ % targets.length] ?? ''
      const answer = await send({ incoming, body, target }).catch(ignoreRefused)
      if (!answer) continue
      answers.set(target, (answers.get(target) ?? 0) + 1)
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      outgoing.flushHeaders()
      answer.on('data', () => onTraffic?.('answer'))
      return pipeline(answer, outgoing)
    }
    outgoing.writeHead(502).end()
  }

  const server = createServer((incoming, outgoing) => {
    // A half answer is none: whoever asked sees the connection break.
    pass(incoming, outgoing).catch(() => outgoing.destroy())
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { url: `http://localhost:${port}`, targets, answers }
}

interface Passed {
  incoming: IncomingMessage
  body: Buffer
  target: string
}

function send({ incoming, body, target }: Passed): Promise<IncomingMessage> {
  const { method, headers, url = '/' } = incoming
  const { 'transfer-encoding': _, ...rest } = headers
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  // A connection each, since one that was kept would still lead to a process that has been killed.
  const outgoing = request(new URL(url, target), {
    method: method ?? 'GET',
    headers: { ...rest, 'content-length': body.length },
    agent: false,
  })
  outgoing.on('response', resolve).on('error', reject)
  outgoing.end(body)
  return promise
}

function ignoreRefused(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED') return
  throw error
}
