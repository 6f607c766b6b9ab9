// How long the reconciler needs for many due flows: `node scripts/measure-reconciler.ts [users] [postgres://... or a file]`.
// Meanwhile, other flows run out one after the other: how long after its deadline is each one's proven account deleted?
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPipedreamClient } from 'pipedream-client/server'
import { createEmulator } from 'pipedream-emulator'
import { reconcile } from '../src/connect/reconcile.ts'
import { settleReported } from '../src/connect/settle-flow.ts'
import { createServices } from '../src/services.ts'
import { createEvents } from '../src/store/events.ts'
import { BEAT_MS } from '../src/store/heartbeat.ts'
import { openDatabase } from '../src/store/open-database.ts'

const USERS = Number(process.argv[2] ?? 10_000)
const MINUTE_MS = 60_000
const LATE_FLOWS = 20
const LATE_EVERY_MS = 1000

const folder = await mkdtemp(join(tmpdir(), 'measure-reconciler-'))
const database = await openDatabase(process.argv[3] ?? join(folder, 'gateway.sqlite'))
const emulator = createEmulator({
  rateLimits: false,
  developmentUserLimit: Infinity,
  fetch: () => Promise.resolve(new Response()),
})
let calls = 0
const pipedream = createPipedreamClient({
  ...emulator.credentials,
  projectEnvironment: 'development',
  fetch(url, init) {
    calls += 1
    return emulator.fetch(new Request(url, init))
  },
})
const now = () => new Date()
const events = createEvents(database, now)
const elapsedMs = () => performance.now()
const services = createServices({ pipedream, database, events, now, elapsedMs })

/** Records an opened flow whose time is up at `deadline`, with an account that no one confirmed. */
async function leave(deadline: Date) {
  const externalUserId = `user-${randomUUID()}`
  const createdAt = new Date(deadline.getTime() - 20 * MINUTE_MS)
  const [accountId = ''] = emulator.seed({
    accounts: [{ app: 'openai', externalUserId, createdAt: new Date(createdAt.getTime() + 1000) }],
  }).accountIds
  const flow = await services.flows.create({
    id: randomUUID(),
    externalUserId,
    app: 'openai',
    reconnects: null,
    browserHash: 'browser',
    codeChallenge: null,
    viewerKind: 'user',
    connectTokenHash: null,
    secretHash: null,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + 15 * MINUTE_MS),
    window: { start: createdAt, end: deadline },
    settleAfter: deadline,
  })
  await services.flows.open(flow.id)
  return { flow, accountId }
}

await services.heartbeat.beat()
const beating = setInterval(() => void services.heartbeat.beat(), BEAT_MS)
const begin = Date.now()
for (let made = 0; made < USERS; made += 500) {
  const size = Math.min(500, USERS - made)
  await Promise.all(Array.from({ length: size }, () => leave(new Date(begin))))
}
const late = await Promise.all(
  Array.from({ length: LATE_FLOWS }, async (_, index) => {
    const deadline = new Date(Date.now() + (index + 1) * LATE_EVERY_MS)
    const { flow, accountId } = await leave(deadline)
    await settleReported(flow, accountId, services)
    return { accountId, deadline }
  }),
)
calls = 0

async function isSettled(): Promise<boolean> {
  const { left } = await database.tables
    .selectFrom('flows')
    .where('settle_after', 'is not', null)
    .where('expires_at', '<=', new Date(begin - 5 * MINUTE_MS).toISOString())
    .select((select) => select.fn.countAll<number | string>().as('left'))
    .executeTakeFirstOrThrow()
  return Number(left) === 0
}

const start = performance.now()
const before = process.cpuUsage()
let settledMs = 0
let cpuMs = 0
let errors = 0
const lateness: number[] = []
const watching = setInterval(() => void watch(), 100)

async function watch(): Promise<void> {
  const waiting = late.splice(0)
  for (const one of waiting) {
    const row = await services.heldAccounts.get(one.accountId)
    if (row?.removedAt) lateness.push(row.removedAt.getTime() - one.deadline.getTime())
    else late.push(one)
  }
}

while (lateness.length < LATE_FLOWS || settledMs === 0) {
  await reconcile(services, { onError: () => (errors += 1) })
  if (settledMs > 0 || !(await isSettled())) continue
  settledMs = performance.now() - start
  const { user, system } = process.cpuUsage(before)
  cpuMs = (user + system) / 1000
}
clearInterval(watching)
clearInterval(beating)
const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`
console.log(`CPU of the ${seconds(settledMs)}, emulator included: ${seconds(cpuMs)}`)
console.log(
  `${USERS} due flows of as many users: settled in ${seconds(settledMs)}, ${errors} errors`,
)
console.log(`calls to Pipedream: ${calls}`)
console.log(
  `an account of a flow that ran out meanwhile: deleted within ${seconds(Math.max(...lateness))}`,
)
await database.close()
await rm(folder, { recursive: true })
