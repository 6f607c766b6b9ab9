import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engines } from '../../test/fixtures/engines.ts'
import {
  createEngineGateway,
  eventTypes,
  live,
  sendWebhook,
  showAccounts,
  showHold,
  type EngineGateway,
  type TimedGateway,
} from '../../test/fixtures/follow-flow.ts'
import { sha256 } from '../store/secrets.ts'

const MINUTE_MS = 60_000
const SERVICE_KEY = 'emulator-service-key-for-these-tests'
const USABLE = { heldReason: null, canKeep: false }

async function startAsService({ browser }: TimedGateway, externalUserId: string): Promise<void> {
  const service = browser()
  service.headers.authorization = `Bearer ${SERVICE_KEY}`
  await service.field(
    'mutation ($externalUserId: ID) { createConnectToken(input: { app: "openai", externalUserId: $externalUserId }) { __typename } }',
    { externalUserId },
  )
}

describe.each(engines)('flows that are bound to nothing, on $name', (engine) => {
  let gateway: EngineGateway

  beforeAll(async () => {
    gateway = await createEngineGateway(engine, { serviceKeyHash: sha256(SERVICE_KEY) })
  })
  afterAll(() => gateway.close())

  test.each([
    ['a REST token', '', true],
    ['a REST token', ', and no webhook arrives', false],
    ['a service’s token', '', true],
    ['a service’s token', ', and no webhook arrives', false],
  ])('a dialog’s browser confirms its account while %s lives%s', async (kind, what, isReported) => {
    const jan = await gateway.signIn(`jan, ${kind}${what}`)
    if (kind === 'a REST token') await jan.post('/api/connect-token', {})
    else await startAsService(gateway, `jan, ${kind}${what}`)
    gateway.advance(6 * MINUTE_MS)
    const { token, flowId } = await jan.startConnecting('openai')
    const accountId = await jan.typeKey(token, 'openai')
    if (isReported) await sendWebhook(gateway)
    await showAccounts(jan)
    // The other token’s time is up, the dialog’s is not.
    await live(gateway, 16 * MINUTE_MS)
    expect((await jan.confirm(flowId, accountId)).__typename).toBe('ConfirmedConnection')
    expect(await showHold(jan, accountId)).toEqual(USABLE)
  })

  test('an account that no dialog confirms is assigned to the REST token once the dialog is over', async () => {
    const kim = await gateway.signIn('kim')
    const response = await kim.post('/api/connect-token', {})
    const { token } = await response.json()
    gateway.advance(6 * MINUTE_MS)
    await kim.startConnecting('openai')
    const accountId = await kim.typeKey(String(token), 'openai')
    await live(gateway, 16 * MINUTE_MS)
    expect(await eventTypes(kim)).not.toContain('FLOW_SUCCEEDED')
    await live(gateway, 10 * MINUTE_MS)
    expect(await eventTypes(kim)).toContain('FLOW_SUCCEEDED')
    expect(await showHold(kim, accountId)).toEqual(USABLE)
  })

  test('a webhook that names a dialog’s account holds it, also while a REST token lives', async () => {
    const lou = await gateway.signIn('lou')
    await lou.post('/api/connect-token', {})
    const { token } = await lou.startConnecting('openai')
    const accountId = await lou.typeKey(token, 'openai')
    await sendWebhook(gateway)
    expect(await showHold(lou, accountId)).toMatchObject({ heldReason: 'NOT_CONFIRMED' })
  })
})
