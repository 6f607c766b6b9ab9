// Measures what an idle subscriber costs, and how fast one event reaches a thousand subscribers.
// Usage: node scripts/measure-subscribers.ts [gateway|yoga] [number of idle subscribers, default 10000]
// `gateway` is the whole gateway with its own writer; `yoga` serves the same subscription with yoga's event stream alone.
// The server runs in a process of its own, and this one holds the other ends of the sockets.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'

const SERVERS = { gateway: 'measured-server.ts', yoga: 'measured-yoga.ts' }
const server = process.argv[2] === 'yoga' ? SERVERS.yoga : SERVERS.gateway
const idle = Number(process.argv[3] ?? 10_000)
const SUBSCRIBERS = 1000
const CONCURRENT = 100
const EVENTS = 50

const child = fork(join(import.meta.dirname, server), [String(idle)], {
  execArgv: ['--expose-gc'],
})
const ask = async (question: string) => {
  const response = once(child, 'message')
  child.send(question)
  return (await response)[0]
}

const { port, tokens, oneToken } = await once(child, 'message').then(([ready]) => ready)

let onEvent = () => {}

function subscribe(token: string): Promise<void> {
  const body = JSON.stringify({
    query:
      'subscription { connectionEvents { __typename ... on ConnectionEvent { id type app accountId flowId at reason } } }',
  })
  const socket = connect(port, '127.0.0.1')
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: localhost:${port}\r\nauthorization: Bearer ${token}\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('data', (chunk: Buffer) => {
      if (chunk.includes('event: next')) onEvent()
      // Yoga starts its stream with a comment.
      else if (chunk.includes('retry: ') || chunk.includes(':\n\n')) resolve()
      else if (!chunk.includes('200 OK')) reject(new Error(String(chunk)))
    })
  })
}

async function subscribeAll(all: string[]): Promise<void> {
  for (let done = 0; done < all.length; done += CONCURRENT) {
    await Promise.all(all.slice(done, done + CONCURRENT).map(subscribe))
  }
}

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`

// The first subscribers pay for what is created once.
await subscribeAll(Array.from({ length: 100 }, () => oneToken))
const before = await ask('memory')
await subscribeAll(tokens)
const after = await ask('memory')
console.log(
  `resident memory per idle subscriber of ${idle}: ${kB((after.rss - before.rss) / idle)}`,
)
console.log(`heap and buffers alone: ${kB((after.heap - before.heap) / idle)}`)

await subscribeAll(Array.from({ length: SUBSCRIBERS - 100 }, () => oneToken))
const delays: number[] = []
const cpuBefore = await ask('cpu')
for (let round = 0; round < EVENTS; round += 1) {
  const delivered = Promise.withResolvers<void>()
  const arrivals: number[] = []
  onEvent = () => {
    arrivals.push(performance.timeOrigin + performance.now())
    if (arrivals.length === SUBSCRIBERS) delivered.resolve()
  }
  const { at } = await ask('event')
  await delivered.promise
  delays.push(...arrivals.map((arrival) => arrival - at))
}
const cpuAfter = await ask('cpu')
const cpuMs = (cpuAfter.user + cpuAfter.system - cpuBefore.user - cpuBefore.system) / 1000
delays.sort((a, b) => a - b)
const quantile = (part: number) => `${delays[Math.floor(part * delays.length)]?.toFixed(1)} ms`
console.log(
  `one event to ${SUBSCRIBERS} subscribers, with ${idle} idle ones, from before its commit: median ${quantile(0.5)}, p99 ${quantile(0.99)}, last ${delays.at(-1)?.toFixed(1)} ms`,
)
console.log(`CPU time of the server for one event: ${(cpuMs / EVENTS).toFixed(1)} ms`)
child.disconnect()
process.exit(0)
