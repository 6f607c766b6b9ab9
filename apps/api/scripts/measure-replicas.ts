// How fast an event that one replica records reaches a page of another: `node scripts/measure-replicas.ts postgres://...`,
// with the URL of an empty database. Two gateways of one process, each with connections of its own.
import { createPipedreamClient } from 'pipedream-client/server'
import { createEmulator } from 'pipedream-emulator'
import { createEvents } from '../src/store/events.ts'
import { openDatabase } from '../src/store/open-database.ts'
import { createTestGateway } from '../test/fixtures/create-test-gateway.ts'
import { subscribe } from '../test/fixtures/subscribe.ts'

const EVENTS = 500

const [, , url] = process.argv
if (url === undefined) throw new Error('Give the URL of an empty PostgreSQL database.')
const emulator = createEmulator()
const pipedream = createPipedreamClient({
  ...emulator.credentials,
  projectEnvironment: 'development',
  fetch: (url, init) => emulator.fetch(new Request(url, init)),
})
const [here, there] = await Promise.all([openDatabase(url), openDatabase(url)])
const events = createEvents(here, () => new Date())
const gateway = await createTestGateway({ pipedream, database: there })
const page = await subscribe(await gateway.signIn('ada'))

const delays: number[] = []
for (let count = 0; count < EVENTS; count += 1) {
  const started = performance.now()
  const arrival = page.take(1)
  await events.record({ type: 'account_health_changed', externalUserId: 'ada', accountId: 'apn_1' })
  await arrival
  delays.push(performance.now() - started)
}
delays.sort((a, b) => a - b)
const quantile = (part: number) => `${delays[Math.floor(part * delays.length)]?.toFixed(1)} ms`
console.log(
  `from before the commit on one replica to the page of another: median ${quantile(0.5)}, p99 ${quantile(0.99)}, last ${delays.at(-1)?.toFixed(1)} ms`,
)
process.exit(0)
