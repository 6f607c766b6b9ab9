import { describe, expect, test } from 'vitest'
import type { Person } from '../../test/fixtures/create-person.ts'
import { testLimits } from '../../test/fixtures/create-test-gateway.ts'
import { engines } from '../../test/fixtures/engines.ts'
import {
  createEngineGateway,
  createTimedGateway,
  eventTypes,
  finishUrlOf,
  follow,
  live,
  sendWebhook,
  showAccounts,
  showHold,
  type TimedGateway,
} from '../../test/fixtures/follow-flow.ts'
import { openRateLimits } from '../http/rate-limits.ts'

const MINUTE_MS = 60_000
const STRANGER = { cookies: new Map<string, string>() }
const LIMITS = { upstreamUrgent: 60, upstreamReserve: 100, webhookUser: 3, webhookProject: 30 }

/** Counts the calls to Pipedream about accounts. */
function countCalls(gateway: TimedGateway) {
  const calls: string[] = []
  gateway.intercept(({ method, url }) => {
    const { pathname } = new URL(url)
    if (/\/accounts(\/|$)/.test(pathname)) calls.push(`${method} ${pathname}`)
    return undefined
  })
  return calls
}

const limited = async () => ({
  limits: { ...testLimits, rates: await openRateLimits(LIMITS, ':memory:') },
})

/** Starts a flow of this user, whose account the webhook of `finish` reports. */
async function startFlow(gateway: TimedGateway, owner: Person) {
  const { token, flowId } = await owner.startConnecting('openai')
  const url = await finishUrlOf(gateway, token)
  const secret = url.split('/').at(-1) ?? ''
  const address = `http://localhost:3000/webhooks/pipedream/${secret}`
  return {
    token,
    flowId,
    url,
    /** Sends webhooks that name accounts that do not exist. */
    async forge(count: number) {
      const sent = Array.from({ length: count }, (_, n) => {
        const body = {
          event: 'CONNECTION_SUCCESS',
          connect_token: token,
          account: { id: `apn_forged${n}` },
        }
        return sendWebhook(gateway, { url: address, body: JSON.stringify(body) })
      })
      return new Set((await Promise.all(sent)).map(({ status }) => status))
    },
  }
}

test('the webhooks of many owners use their own share, and of each owner an equal one', async () => {
  const gateway = await createTimedGateway(await limited())
  const [grace, flows] = [
    await gateway.signIn('grace'),
    [] as { forge: (count: number) => Promise<Set<number>> }[],
  ]
  const victim = await startFlow(gateway, grace)
  for (let owner = 0; owner < 20; owner += 1) {
    const mallory = await gateway.signIn(`mallory ${owner}`)
    flows.push(await startFlow(gateway, mallory), await startFlow(gateway, mallory))
  }
  const calls = countCalls(gateway)
  expect(await flows[0]?.forge(10)).toEqual(new Set([204]))
  expect(await flows[1]?.forge(10)).toEqual(new Set([204]))
  expect(calls).toHaveLength(LIMITS.webhookUser)
  for (const flow of flows.slice(2)) await flow.forge(10)
  expect(calls).toHaveLength(LIMITS.webhookProject)
  await gateway.server.reconcile()
  expect(calls).toHaveLength(LIMITS.webhookProject)
  const accountId = await grace.typeKey(victim.token, 'openai')
  expect((await sendWebhook(gateway)).status).toBe(204)
  expect(await grace.confirm(victim.flowId, accountId)).toMatchObject({
    __typename: 'ConfirmedConnection',
  })
  expect(gateway.complaints()).toEqual([])
})

describe.each(engines)('webhooks beyond the limits, on $name', (engine) => {
  /** An owner who has used up what she may use, and the account that a victim connected for her then. */
  async function attack() {
    const gateway = await createEngineGateway(engine, await limited())
    const mallory = await gateway.signIn('mallory')
    const flow = await startFlow(gateway, mallory)
    await flow.forge(10)
    for (let count = 0; count < 60; count += 1) await mallory.confirm(flow.flowId, 'apn_unknown')
    const accountId = await mallory.typeKey(flow.token, 'openai')
    const calls = countCalls(gateway)
    return { gateway, mallory, flow, accountId, calls }
  }

  test('a webhook that must wait proves its account when the flow’s time is up', async () => {
    const { gateway, mallory, accountId, calls } = await attack()
    expect((await sendWebhook(gateway)).status).toBe(204)
    expect(calls).toEqual([])
    await live(gateway, 19 * MINUTE_MS)
    expect(calls).toEqual([])
    await live(gateway, 2 * MINUTE_MS)
    expect(await showAccounts(mallory)).toEqual([])
    expect((await eventTypes(mallory)).filter((type) => type === 'ACCOUNT_REMOVED')).toHaveLength(1)
    expect(calls.filter((call) => call.startsWith('DELETE'))).toEqual([
      expect.stringContaining(accountId),
    ])
    await gateway.close()
  })

  test.each(['before', 'after'])(
    'a webhook that must wait proves the account of a flow that is revoked %s it, within minutes',
    async (when) => {
      const { gateway, mallory, flow } = await attack()
      if (when === 'before') {
        await follow(gateway, flow.url, STRANGER)
        await live(gateway, MINUTE_MS / 2)
      }
      await sendWebhook(gateway)
      if (when === 'after') await follow(gateway, flow.url, STRANGER)
      await live(gateway, 2 * MINUTE_MS)
      expect(await eventTypes(mallory)).toContain('ACCOUNT_REMOVED')
      expect(await showAccounts(mallory)).toEqual([])
      await gateway.close()
    },
  )

  test('webhooks to a revoked flow cause no more than a list a minute', async () => {
    const { gateway, flow, calls } = await attack()
    await follow(gateway, flow.url, STRANGER)
    await gateway.server.reconcile()
    calls.length = 0
    for (let seconds = 0; seconds < 120; seconds += 10) {
      await flow.forge(5)
      await gateway.server.reconcile()
      gateway.advance(10_000)
    }
    expect(calls.filter((call) => call.endsWith('/accounts')).length).toBeLessThanOrEqual(3)
    await gateway.close()
  })

  test('a webhook whose account changed before it was read proves nothing', async () => {
    const { gateway, mallory, accountId } = await attack()
    await sendWebhook(gateway)
    gateway.advance(1000)
    gateway.emulator.accounts.update(accountId, { healthy: true })
    await live(gateway, 21 * MINUTE_MS)
    expect(await showHold(mallory, accountId)).toMatchObject({ heldReason: 'NOT_FINISHED' })
    await gateway.close()
  })

  test('webhooks that wait are void after an interruption, like proofs', async () => {
    const { gateway, mallory, accountId } = await attack()
    await sendWebhook(gateway)
    gateway.advance(10 * MINUTE_MS)
    await live(gateway, 11 * MINUTE_MS)
    expect(await showHold(mallory, accountId)).toMatchObject({ heldReason: 'NOT_FINISHED' })
    await gateway.close()
  })
})

test('a webhook that comes while Pipedream is down proves its account later', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const { token } = await ada.startConnecting('openai')
  await ada.typeKey(token, 'openai')
  gateway.intercept(() => new Response('{}', { status: 400 }))
  expect((await sendWebhook(gateway)).status).toBe(204)
  gateway.intercept(() => undefined)
  await live(gateway, 21 * MINUTE_MS)
  expect(await eventTypes(ada)).toContain('ACCOUNT_REMOVED')
})
