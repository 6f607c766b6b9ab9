// Throughput cost of event logging (connect tokens per second): `node scripts/measure-append.ts [postgres://... or a file]`.
// The same gateway twice: as it is, and with a database that forgets to append. In turns, since no machine is even.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPipedreamClient } from 'pipedream-client/server'
import { createEmulator } from 'pipedream-emulator'
import { type Database, openDatabase } from '../src/store/open-database.ts'
import { createTestGateway } from '../test/fixtures/create-test-gateway.ts'

const TURNS = 10
const TURN_MS = 1500
const CONCURRENT = 64

const folder = await mkdtemp(join(tmpdir(), 'measure-append-'))
const emulator = createEmulator({
  rateLimits: false,
  developmentUserLimit: Number.POSITIVE_INFINITY,
})
const pipedream = createPipedreamClient({
  ...emulator.credentials,
  projectEnvironment: 'development',
  fetch: (url, init) => emulator.fetch(new Request(url, init)),
})
const database = await openDatabase(process.argv[2] ?? join(folder, 'gateway.sqlite'))
const forgetful: Database = {
  ...database,
  commit: (work) => database.commit((transaction) => work({ ...transaction, append: () => {} })),
}

async function createAsker(database: Database): Promise<() => Promise<number>> {
  const { signIn, logged } = await createTestGateway({ database, pipedream })
  const people = await Promise.all(
    Array.from({ length: CONCURRENT }, (_, index) => signIn(`measure-${index}`)),
  )
  return async () => {
    const begin = performance.now()
    let done = 0
    await Promise.all(
      people.map(async (person) => {
        while (performance.now() - begin < TURN_MS) {
          await person.startConnecting('openai')
          done += 1
        }
      }),
    )
    logged.length = 0
    return (done / (performance.now() - begin)) * 1000
  }
}

const median = (rates: number[]) => rates.toSorted((one, other) => one - other)[rates.length >> 1]
const [asItIs, forgets] = [await createAsker(database), await createAsker(forgetful)]
await asItIs()
await forgets()
const rates: { with: number[]; without: number[] } = { with: [], without: [] }
for (let turn = 0; turn < TURNS; turn += 1) {
  rates.with.push(await asItIs())
  rates.without.push(await forgets())
}
const [withAppend = 0, without = 0] = [median(rates.with), median(rates.without)]
console.log(
  `connect tokens, ${CONCURRENT} concurrent, with the append: ${Math.round(withAppend)}/s`,
)
console.log(`without it: ${Math.round(without)}/s`)
console.log(`the append costs ${((1 - withAppend / without) * 100).toFixed(1)} %`)

await database.close()
await rm(folder, { recursive: true })
