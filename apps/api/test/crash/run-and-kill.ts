import { type ListeningEmulator, listen } from 'pipedream-emulator/listen'
import { expect, onTestFinished } from 'vitest'
import { createPerson } from '../fixtures/create-person.ts'
import { createProxy } from '../fixtures/create-proxy.ts'
import { atEmulator } from '../fixtures/gateway-process.ts'
import { reach } from '../fixtures/reach.ts'
import { type BusyPerson, createBusyPerson } from './busy-person.ts'
import { createKilledGateway, type KilledGateway } from './killed-gateway.ts'
import { createRandom } from './random.ts'

interface Plan {
  seed: number
  kills: number
  /** File of SQLite or URL of PostgreSQL. */
  location: string
}

export interface Survivors {
  people: BusyPerson[]
  emulator: ListeningEmulator['emulator']
}

const PEOPLE = ['ada', 'grace']
// How many events or responses a process lives at most.
const LONGEST_LIFE = 80
const MOST_RESPONSES = 15
const LONGEST_START = 12

/**
 * Kills a gateway repeatedly, at points that the seed chooses, while several users work with it. After each start, checks
 * that it knows everything that it had returned. The emulator runs outside of it and keeps running.
 */
export async function runAndKill({ seed, kills, location }: Plan): Promise<Survivors> {
  const random = createRandom(seed)
  const upTo = (most: number) => 1 + Math.floor(random() * most)
  // Half of them just after a response, when most can be lost.
  const nextKillPoint = () =>
    random() < 0.5
      ? { events: upTo(LONGEST_LIFE), ofResponses: false }
      : { events: upTo(MOST_RESPONSES), ofResponses: true }
  const { emulator, url, close } = await listen({
    port: 0,
    rateLimits: false,
    developmentUserLimit: Number.POSITIVE_INFINITY,
  })
  onTestFinished(close)
  const upstream = await createProxy([url], { onTraffic: () => gateway.happened() })
  const gateway = await createKilledGateway({
    location,
    settings: {
      ...SETTINGS,
      ...atEmulator(upstream.url, emulator.credentials),
      DEMO_SIGN_IN: 'on',
    },
  })

  const people = PEOPLE.map((name, index) => {
    const person = createPerson(reach(gateway.url), emulator)
    // A random sequence per user, so that the order of responses does not change the kill points.
    const own = createRandom(seed + index + 1)
    return createBusyPerson({
      name,
      person,
      ask: (run) => gateway.ask(run),
      startCode: () => gateway.startCode(),
      random: own,
    })
  })
  const course = { isOver: false }
  const signIns = people.map((one) => one.signIn())
  const busy = people.map(async (one, index) => {
    await signIns[index]
    while (!course.isOver) await one.doSomething()
  })
  const lives = (async () => {
    for (let killed = 0; killed < kills; killed += 1) {
      if (random() < 0.2) await gateway.failToStart(upTo(LONGEST_START))
      else await live({ gateway, people, killPoint: nextKillPoint() })
    }
    course.isOver = true
    return gateway.start()
  })()
  const last = await Promise.race([lives, Promise.all(busy).then(() => lives)])
  await outlive(last)
  return { people, emulator }

  async function outlive(life: Awaited<typeof lives>): Promise<void> {
    const pages = people.map(async (one, index) => {
      // Every process so far may have been killed before it signed this user in.
      await signIns[index]
      await one.follow()
    })
    gateway.open(life)
    await Promise.all(busy)
    for (const { ledger, person } of people) {
      await ledger.check(person)
      await expect
        .poll(() => ledger.heard.length, { timeout: 60_000 })
        .toBeGreaterThanOrEqual(ledger.events.length)
      await ledger.checkAll(person)
    }
    life.gateway.child.kill('SIGTERM')
    expect(await life.gateway.exit).toEqual([0, null])
    await Promise.all(pages)
  }
}

interface LifeOptions {
  gateway: KilledGateway
  people: BusyPerson[]
  killPoint: Parameters<KilledGateway['killAfter']>[1]
}

async function live({ gateway, people, killPoint }: LifeOptions): Promise<void> {
  const life = await gateway.start()
  const signedIn = people.filter(({ person }) => person.cookies.size > 0)
  for (const { ledger, person } of signedIn) await ledger.check(person)
  // A page reconnects in the next life.
  for (const one of signedIn) void one.follow().catch(() => {})
  gateway.open(life)
  await gateway.killAfter(life, killPoint)
}

const SETTINGS = {
  RECONCILE_INTERVAL: '1',
  RATE_LIMIT_ADDRESS: 'off',
  RATE_LIMIT_USER: 'off',
  RATE_LIMIT_CONNECT_TOKEN: 'off',
  RATE_LIMIT_UPSTREAM_USER: 'off',
  RATE_LIMIT_UPSTREAM_PROJECT: 'off',
  LIMIT_ALIASES: '1000',
  LIMIT_ROOT_FIELDS: '1000',
  LIMIT_TOKENS: '100000',
  LIMIT_COST: '1000000',
}
