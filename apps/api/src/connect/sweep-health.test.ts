import { describe, expect, test } from 'vitest'
import { engines } from '../../test/fixtures/engines.ts'
import { createEngineGateway, eventTypes, live } from '../../test/fixtures/follow-flow.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const ACCOUNTS = 70
const ASKED_MAX = 20

describe.each(engines)('the sweep, on $name', (engine) => {
  /** A gateway that knows many accounts of two users. Pipedream no longer lists them. */
  async function createGateway(rest: (accountId: string) => Response | undefined) {
    const gateway = await createEngineGateway(engine)
    const people = [await gateway.signIn('ada'), await gateway.signIn('bea')] as const
    const createdAt = new Date(gateway.emulator.clock.now().getTime() - 24 * HOUR_MS)
    const { accountIds } = gateway.emulator.seed({
      accounts: Array.from({ length: ACCOUNTS }, (_, n) => ({
        app: 'openai',
        externalUserId: n < 40 ? 'ada' : 'bea',
        createdAt,
      })),
    })
    for (const person of people) await person.startConnecting('openai')
    await live(gateway, 21 * MINUTE_MS)
    const asked: string[] = []
    gateway.intercept(({ url, method }) => {
      const { pathname } = new URL(url)
      if (method !== 'GET') return undefined
      if (pathname.endsWith('/accounts')) return Response.json({ data: [], page_info: {} })
      const [, accountId] = /\/accounts\/(apn_\w+)$/.exec(pathname) ?? []
      if (accountId === undefined) return undefined
      asked.push(accountId)
      return rest(accountId)
    })
    gateway.advance(7 * HOUR_MS)
    /** Runs a pass and returns which accounts were asked for. */
    const pass = async () => {
      asked.length = 0
      await gateway.server.reconcile()
      gateway.advance(1000)
      // The client repeats a call whose response takes long.
      return [...new Set(asked)]
    }
    return { gateway, people, accountIds, pass }
  }

  test('asks for a bounded number of accounts in a pass, and for each once', async () => {
    const { gateway, accountIds, pass } = await createGateway(() => undefined)
    const all: string[] = []
    for (let count = 0; count < 5; count += 1) {
      const asked = await pass()
      expect(asked.length).toBeLessThanOrEqual(ASKED_MAX)
      all.push(...asked)
    }
    expect(all.toSorted()).toEqual([...accountIds].toSorted())
    expect(await pass()).toEqual([])
    await gateway.close()
  })

  test('asks for accounts of each user in turn, however many one has', async () => {
    const { gateway, accountIds, pass } = await createGateway(() => undefined)
    const ofAda = new Set(accountIds.slice(0, 40))
    const asked = await pass()
    expect(asked.filter((accountId) => ofAda.has(accountId))).toHaveLength(ASKED_MAX / 2)
    await gateway.close()
  })

  test('an account that Pipedream refuses to read keeps no other from its turn', async () => {
    let refused: string | undefined
    const { gateway, people, pass } = await createGateway((accountId) => {
      refused ??= accountId
      return Response.json({}, { status: accountId === refused ? 400 : 404 })
    })
    for (let count = 0; count < 5; count += 1) await pass()
    const types = (await Promise.all(people.map(eventTypes))).flat()
    expect(types.filter((type) => type === 'ACCOUNT_DISCONNECTED')).toHaveLength(ACCOUNTS - 1)
    await gateway.close()
  })
})
