// How fast the store is here: `node scripts/measure-store.ts [postgres://... or a file]`.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEvents } from '../src/store/events.ts'
import { createFlows } from '../src/store/flows.ts'
import { openDatabase } from '../src/store/open-database.ts'

const DURATION_MS = 3000
const CONCURRENT = 64

const folder = await mkdtemp(join(tmpdir(), 'measure-store-'))
const database = await openDatabase(process.argv[2] ?? join(folder, 'gateway.sqlite'))
const now = () => new Date()
const flows = createFlows(database, now)
const events = createEvents(database, now)

const create = () =>
  flows.create({
    id: randomUUID(),
    externalUserId: 'measure',
    app: 'openai',
    reconnects: null,
    browserHash: null,
    codeChallenge: null,
    viewerKind: 'service',
    connectTokenHash: null,
    secretHash: null,
    createdAt: now(),
    expiresAt: now(),
    window: { start: now(), end: now() },
  })

async function perSecond(run: () => Promise<unknown>, concurrent: number): Promise<number> {
  const begin = performance.now()
  let done = 0
  const work = async () => {
    while (performance.now() - begin < DURATION_MS) {
      await run()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: concurrent }, work))
  return Math.round((done / (performance.now() - begin)) * 1000)
}

const print = (what: string, rate: number) => console.log(`${what.padEnd(36)} ${rate}/s`)

const { id } = await create()
print('flows created, alone', await perSecond(create, 1))
print(`flows created, ${CONCURRENT} concurrent`, await perSecond(create, CONCURRENT))
const record = () => events.record({ type: 'flow_refused', externalUserId: 'measure' })
print('events recorded, alone', await perSecond(record, 1))
print(`events recorded, ${CONCURRENT} concurrent`, await perSecond(record, CONCURRENT))
print('flows read, alone', await perSecond(() => flows.get(id), 1))
print(`flows read, ${CONCURRENT} concurrent`, await perSecond(() => flows.get(id), CONCURRENT))

await database.close()
await rm(folder, { recursive: true })
