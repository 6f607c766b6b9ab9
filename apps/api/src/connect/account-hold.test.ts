import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestGateway } from '../../test/fixtures/create-test-gateway.ts'
import { engines } from '../../test/fixtures/engines.ts'
import {
  createEngineGateway,
  eventTypes,
  finishUrlOf,
  follow,
  live,
  sendWebhook,
  showAccounts,
  showHold,
  type EngineGateway,
  type TimedGateway,
} from '../../test/fixtures/follow-flow.ts'
import { sha256 } from '../store/secrets.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const SERVICE_KEY = 'emulator-service-key-for-these-tests'
const CANCEL = 'mutation ($flowId: ID!) { cancelFlow(input: { flowId: $flowId }) { __typename } }'
const RECONNECT =
  'mutation ($accountId: ID) { createConnectToken(input: { accountId: $accountId }) { __typename ... on ConnectToken { token } } }'
const USABLE = { heldReason: null, canKeep: false }
const KEEPABLE = { heldReason: 'NOT_FINISHED', canKeep: true }

/** Lets Pipedream leave out when accounts were created. */
function omitCreation({ intercept, emulator }: TimedGateway): void {
  intercept(async (request) => {
    if (request.method !== 'GET' || !request.url.includes('/accounts')) return undefined
    const response = await emulator.fetch(request)
    const text = await response.text()
    return new Response(text.replaceAll(/"created_at":"[^"]*"/g, '"created_at":null'), response)
  })
}

describe.each(engines)('on $name', (engine) => {
  let gateway: EngineGateway

  beforeAll(async () => {
    gateway = await createEngineGateway(engine, { serviceKeyHash: sha256(SERVICE_KEY) })
  })
  afterAll(() => gateway.close())

  test('an account that no one looked at for a month is still held', async () => {
    const ada = await gateway.signIn('ada')
    const { token } = await ada.startConnecting('openai')
    const accountId = await ada.typeKey(token, 'openai')
    gateway.advance(30 * 24 * HOUR_MS)
    await gateway.server.reconcile()
    const again = await gateway.signIn('ada')
    expect(await showHold(again, accountId)).toEqual({ heldReason: 'NOT_FINISHED', canKeep: false })
    ada.cookies.set('session', again.cookies.get('session') ?? '')
    expect(await showHold(ada, accountId)).toEqual(KEEPABLE)
  })

  test.each([
    ['for another app', 'slack', () => Promise.resolve()],
    ['that was cancelled', 'openai', 'cancel'],
  ] as const)('the token of a flow %s makes no usable account', async (what, app, end) => {
    const bea = await gateway.signIn(`bea, ${what}`)
    const { token, flowId } = await bea.startConnecting(app)
    if (end === 'cancel') await bea.field(CANCEL, { flowId })
    const accountId = await bea.typeKey(token, 'openai')
    expect(await showAccounts(bea)).toEqual([{ id: accountId, held: true }])
    expect((await bea.confirm(flowId, accountId)).__typename).not.toBe('ConfirmedConnection')
    expect(await eventTypes(bea)).toContain('ACCOUNT_HELD')
  })

  test('the token of a reconnect makes no usable account', async () => {
    const cleo = await gateway.signIn('cleo')
    const own = await cleo.connectOpenai()
    gateway.advance(HOUR_MS)
    const { token } = await cleo.field(RECONNECT, { accountId: own })
    const accountId = await cleo.typeKey(String(token), 'openai')
    expect(await showHold(cleo, own)).toEqual(USABLE)
    expect(await showHold(cleo, accountId)).toMatchObject({ heldReason: 'NOT_FINISHED' })
  })

  test('what appears after a flow has succeeded is held until its token is dead', async () => {
    const dan = await gateway.signIn('dan')
    const { token, flowId } = await dan.startConnecting('openai')
    const accountId = await dan.typeKey(token, 'openai')
    await dan.confirm(flowId, accountId)
    const seed = (createdAt: Date) =>
      gateway.emulator.seed({ accounts: [{ app: 'slack', externalUserId: 'dan', createdAt }] })
    const now = gateway.emulator.clock.now().getTime()
    const [during] = seed(new Date(now + 10 * MINUTE_MS)).accountIds
    const [after] = seed(new Date(now + 30 * MINUTE_MS)).accountIds
    gateway.advance(HOUR_MS)
    expect(await showHold(dan, accountId)).toEqual(USABLE)
    expect(await showHold(dan, during ?? '')).toEqual(KEEPABLE)
    expect(await showHold(dan, after ?? '')).toEqual(USABLE)
  })

  test('an account of a REST token belongs to it, also while a dialog is open', async () => {
    const eve = await gateway.signIn('eve')
    await eve.startConnecting('slack')
    const response = await eve.post('/api/connect-token', {})
    const { token } = await response.json()
    const accountId = await eve.typeKey(String(token), 'openai')
    await sendWebhook(gateway)
    expect(await showHold(eve, accountId)).toEqual(USABLE)
    await live(gateway, 25 * MINUTE_MS)
    expect(await showHold(eve, accountId)).toEqual(USABLE)
    expect(await eventTypes(eve)).toContain('FLOW_SUCCEEDED')
  })

  test('a REST token for one app owns no account of another', async () => {
    const fay = await gateway.signIn('fay')
    await fay.startConnecting('openai')
    const response = await fay.post('/api/connect-token', { app: 'slack' })
    const { token } = await response.json()
    const accountId = await fay.typeKey(String(token), 'openai')
    expect(await showHold(fay, accountId)).toMatchObject({ heldReason: 'NOT_CONFIRMED' })
  })

  test('an account that was made elsewhere during a flow, and got new credentials by its token, is never deleted', async () => {
    const kim = await gateway.signIn('kim')
    const { token } = await kim.startConnecting('openai')
    gateway.advance(1000)
    const { accountIds } = gateway.emulator.seed({
      accounts: [{ app: 'openai', externalUserId: 'kim' }],
    })
    const [accountId = ''] = accountIds
    gateway.advance(1000)
    await kim.typeKey(token, 'openai', accountId)
    await sendWebhook(gateway)
    await live(gateway, 30 * MINUTE_MS)
    expect(await showHold(kim, accountId)).toEqual(KEEPABLE)
  })

  describe('an account whose age Pipedream does not say', () => {
    test('cannot be confirmed, is never deleted, and can be kept', async () => {
      const gil = await gateway.signIn('gil')
      const { token, flowId } = await gil.startConnecting('openai')
      const accountId = await gil.typeKey(token, 'openai')
      omitCreation(gateway)
      await sendWebhook(gateway)
      expect((await gil.confirm(flowId, accountId)).__typename).toBe('AccountMismatch')
      expect(await showHold(gil, accountId)).toEqual({ heldReason: 'UNKNOWN_AGE', canKeep: false })
      await live(gateway, 60 * MINUTE_MS)
      expect(await showHold(gil, accountId)).toEqual({ heldReason: 'UNKNOWN_AGE', canKeep: true })
      gateway.intercept(() => undefined)
    })

    test('is held if the gateway first looks when the flow is over, also later', async () => {
      const jan = await gateway.signIn('jan')
      const { token } = await jan.startConnecting('openai')
      const accountId = await jan.typeKey(token, 'openai')
      omitCreation(gateway)
      gateway.advance(2 * HOUR_MS)
      await gateway.server.reconcile()
      expect(await showHold(jan, accountId)).toEqual({ heldReason: 'UNKNOWN_AGE', canKeep: true })
      gateway.advance(2 * HOUR_MS)
      expect(await showHold(jan, accountId)).toEqual({ heldReason: 'UNKNOWN_AGE', canKeep: true })
      gateway.intercept(() => undefined)
    })

    test('is not held if the gateway has seen it before the flow', async () => {
      const hal = await gateway.signIn('hal')
      const { accountIds } = gateway.emulator.seed({
        accounts: [{ app: 'openai', externalUserId: 'hal' }],
      })
      omitCreation(gateway)
      await showAccounts(hal)
      gateway.advance(1000)
      await hal.startConnecting('openai')
      expect(await showHold(hal, accountIds[0] ?? '')).toEqual(USABLE)
      gateway.intercept(() => undefined)
    })
  })

  test('an account from before the flow, or made just after its token died, is usable', async () => {
    const ida = await gateway.signIn('ida')
    const now = gateway.emulator.clock.now().getTime()
    await ida.startConnecting('openai')
    const { accountIds } = gateway.emulator.seed({
      accounts: [-100_000, -5000, 21 * MINUTE_MS].map((passed) => ({
        app: 'slack',
        externalUserId: 'ida',
        createdAt: new Date(now + passed),
      })),
    })
    for (const accountId of accountIds) expect(await showHold(ida, accountId)).toEqual(USABLE)
  })
})

// Pipedream's clock is the only one that tells when an account was created.
test.each([-7 * 24 * 60, -3, 3, 7 * 24 * 60])(
  'a gateway whose clock is %i minutes ahead holds, confirms and removes the same',
  async (minutes) => {
    let offset = minutes * MINUTE_MS
    const gateway = await createTestGateway({ now: () => new Date(Date.now() + offset) })
    const run = async (milliseconds: number) => {
      for (let passed = 0; passed < milliseconds; passed += MINUTE_MS / 2) {
        offset += MINUTE_MS / 2
        gateway.emulator.clock.advance(MINUTE_MS / 2)
        await gateway.server.reconcile()
      }
    }
    const ada = await gateway.signIn('ada')
    const before = gateway.emulator.seed({
      accounts: [
        {
          app: 'slack',
          externalUserId: 'ada',
          createdAt: new Date(gateway.emulator.clock.now().getTime() - MINUTE_MS),
        },
      ],
    }).accountIds
    await run(MINUTE_MS)
    const confirmed = await ada.connectOpenai()
    const left = await ada.startConnecting('openai')
    const removed = await ada.typeKey(left.token, 'openai')
    await sendWebhook(gateway)
    const lost = await ada.typeKey((await ada.startConnecting('openai')).token, 'openai')
    expect(await showHold(ada, removed)).toMatchObject({ heldReason: 'NOT_CONFIRMED' })
    await run(19 * MINUTE_MS)
    expect(await showHold(ada, removed)).toMatchObject({ heldReason: 'NOT_CONFIRMED' })
    await run(10 * MINUTE_MS)
    expect(await showAccounts(ada)).toEqual([
      { id: before[0], held: false },
      { id: confirmed, held: false },
      { id: lost, held: true },
    ])
    expect(await showHold(ada, lost)).toEqual(KEEPABLE)
  },
)

test.each([-5, 0])(
  'an account confirmed on a clock that was set back %i minutes since its flow started is held when that is revoked',
  async (minutes) => {
    let offset = 0
    const gateway = await createTestGateway({ now: () => new Date(Date.now() + offset) })
    const mallory = await gateway.signIn('mallory')
    const revoked = await mallory.startConnecting('openai')
    const other = await mallory.startConnecting('openai')
    const url = await finishUrlOf(gateway, revoked.token)
    gateway.emulator.clock.advance(MINUTE_MS)
    const accountId = await mallory.typeKey(revoked.token, 'openai')
    offset = minutes * MINUTE_MS
    expect((await mallory.confirm(other.flowId, accountId)).__typename).toBe('ConfirmedConnection')
    await follow(gateway, url, { cookies: new Map<string, string>() })
    expect(await showHold(mallory, accountId)).toMatchObject({ heldReason: 'FINISHED_ELSEWHERE' })
  },
)
