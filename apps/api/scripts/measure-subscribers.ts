// What an idle subscriber costs here, and how fast an event reaches a thousand: `node scripts/measure-subscribers.ts`.
// The gateway runs in a process of its own; this one holds the other ends of the sockets.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'

const IDLE = 10_000
const OF_ONE = 1000
const AT_ONCE = 100
const EVENTS = 50

const child = fork(join(import.meta.dirname, 'measured-server.ts'), [String(IDLE)], {
  execArgv: ['--expose-gc'],
})
const ask = async (question: string) => {
  const answer = once(child, 'message')
  child.send(question)
  return (await answer)[0]
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
      else if (chunk.includes('retry: ')) resolve()
      else if (!chunk.includes('200 OK') && !chunk.includes(':\n\n'))
        reject(new Error(String(chunk)))
    })
  })
}

async function subscribeAll(all: string[]): Promise<void> {
  for (let done = 0; done < all.length; done += AT_ONCE) {
    await Promise.all(all.slice(done, done + AT_ONCE).map(subscribe))
  }
}

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`

// What is made once, with the first, is not an idle subscriber's cost.
await subscribeAll(Array.from({ length: 100 }, () => oneToken))
const before = await ask('memory')
await subscribeAll(tokens)
const after = await ask('memory')
console.log(`resident, per idle subscriber of ${IDLE}: ${kB((after.rss - before.rss) / IDLE)}`)
console.log(`heap and buffers alone: ${kB((after.heap - before.heap) / IDLE)}`)

await subscribeAll(Array.from({ length: OF_ONE - 100 }, () => oneToken))
const delays: number[] = []
for (let round = 0; round < EVENTS; round += 1) {
  const everybody = Promise.withResolvers<void>()
  const arrivals: number[] = []
  onEvent = () => {
    arrivals.push(performance.timeOrigin + performance.now())
    if (arrivals.length === OF_ONE) everybody.resolve()
  }
  const { at } = await ask('event')
  await everybody.promise
  delays.push(...arrivals.map((arrival) => arrival - at))
}
delays.sort((a, b) => a - b)
const quantile = (part: number) => `${delays[Math.floor(part * delays.length)]?.toFixed(1)} ms`
console.log(
  `one event to ${OF_ONE} beside ${IDLE} idle, from before its commit: median ${quantile(0.5)}, p99 ${quantile(0.99)}, last ${delays.at(-1)?.toFixed(1)} ms`,
)
child.disconnect()
process.exit(0)
