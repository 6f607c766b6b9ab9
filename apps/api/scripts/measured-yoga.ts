// A server that `measure-subscribers.ts` measures: the subscription with yoga’s own event stream, without the rest of the gateway.
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createYoga } from 'graphql-yoga'
import { createEventBroker } from '../src/live/event-broker.ts'
import { schema } from '../src/graphql/schema/index.ts'
import { createEvents } from '../src/store/events.ts'
import { openDatabase } from '../src/store/open-database.ts'
import { serveMeasurements } from './measured.ts'

const folder = await mkdtemp(join(tmpdir(), 'measure-subscribers-'))
const database = await openDatabase(join(folder, 'gateway.sqlite'))
const events = createEvents(database, () => new Date())
const broker = createEventBroker(events)
const yoga = createYoga({
  schema,
  logging: false,
  context: ({ request }) => ({
    viewer: { kind: 'user', externalUserId: request.headers.get('authorization')?.slice(7) },
    events,
    live: { broker, lastEventId: request.headers.get('last-event-id') ?? undefined },
  }),
})
const http = createServer((req, res) => void yoga(req, res))
http.listen(0, '127.0.0.1', () => {
  const address = http.address()
  const people = Number(process.argv[2])
  serveMeasurements(events, {
    port: typeof address === 'object' && address ? address.port : 0,
    oneToken: 'one',
    tokens: Array.from({ length: people }, (_, index) => `user-${index}`),
  })
})
process.on('disconnect', () => void rm(folder, { recursive: true }).then(() => process.exit(0)))
