// Runs reconciliation passes on a seeded database, a minute apart on the clock that they see.
import { createNodeTransport } from '../../../packages/pipedream-client/src/node.ts'
import { createPipedreamClient } from '../../../packages/pipedream-client/src/server.ts'
import { reconcile } from '../../../apps/api/src/connect/reconcile.ts'
import { createServices } from '../../../apps/api/src/services.ts'
import { createEvents } from '../../../apps/api/src/store/events.ts'
import { openDatabase } from '../../../apps/api/src/store/open-database.ts'
import { PROJECT } from './project.ts'

/** One pass. */
export interface Pass {
  ms: number
  /** Calls to Pipedream. */
  calls: number
  /** Flows that it expired. */
  settled: number
}

const [, , path = '', baseUrl = ''] = process.argv
const transport = createNodeTransport()
let calls = 0
let minutes = 0
const now = () => new Date(Date.now() + minutes * 60_000)
const database = await openDatabase(path)
const services = createServices({
  pipedream: createPipedreamClient({
    ...PROJECT,
    baseUrl,
    fetch(url, init) {
      calls += 1
      return transport(url, init)
    },
  }),
  database,
  events: createEvents(database, now),
  now,
  elapsedMs: () => performance.now(),
})

process.on('message', ({ passes }: { passes: number }) => {
  void runAll(passes).then((all) => process.send?.(all))
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')

async function runAll(passes: number): Promise<Pass[]> {
  const all: Pass[] = []
  for (let pass = 0; pass < passes; pass += 1) all.push(await run())
  return all
}

async function run(): Promise<Pass> {
  minutes += 1
  calls = 0
  const before = await countExpired()
  const start = performance.now()
  await reconcile(services, { onError: fail })
  const ms = performance.now() - start
  return { ms, calls, settled: (await countExpired()) - before }
}

async function countExpired(): Promise<number> {
  const { count } = await database.tables
    .selectFrom('flows')
    .where('id', 'like', '%-9000-%')
    .where('status', '=', 'expired')
    .select((select) => select.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

function fail(error: unknown): never {
  throw error
}
