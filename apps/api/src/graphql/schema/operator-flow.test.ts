import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../../test/fixtures/create-person.ts'
import { engines } from '../../../test/fixtures/engines.ts'
import {
  createEngineGateway,
  finishUrlOf,
  type EngineGateway,
  follow,
} from '../../../test/fixtures/follow-flow.ts'

const FLOWS = `query ($search: String) { operator { ... on Operator { flows(search: $search) {
  ... on OperatorFlowConnection { nodes { status failedStep events { type externalUserId } } } } } } }`
const EVENTS = `query ($search: String) { operator { ... on Operator { events(search: $search) {
  ... on OperatorEventConnection { nodes { type flowId reason } } } } } }`

interface FlowNode {
  status: string
  failedStep: string | null
  events: { type: string; externalUserId: string }[]
}

async function failToConfirm(person: Person, flowId: string): Promise<void> {
  for (let index = 0; index < 55; index += 1) await person.confirm(flowId, `apn_${index}`)
}

describe.each(engines)('on $name', (engine) => {
  let gateway: EngineGateway
  let olga: Person

  beforeAll(async () => {
    gateway = await createEngineGateway(engine)
    olga = await gateway.signIn('olga', 'operator')
  })
  afterAll(() => gateway.close())

  const findFlow = async (search: string): Promise<FlowNode> => {
    const { operator } = await olga.query(FLOWS, { search })
    const [node] = (operator as { flows: { nodes: FlowNode[] } }).flows.nodes
    if (!node) throw new Error('There is no such flow.')
    return node
  }

  test('no number of refusals hides what became of a flow', async () => {
    const mallory = await gateway.signIn('mallory')
    const { token, flowId } = await mallory.startConnecting('openai')
    const url = await finishUrlOf(gateway, token)
    await failToConfirm(mallory, flowId)
    await mallory.typeKey(token, 'openai')
    await mallory.accountIds()
    await follow(gateway, url, gateway.browser())
    const { events } = await findFlow(flowId)
    const types = events.map(({ type }) => type)
    expect(types.filter((type) => type === 'CONFIRMATION_REFUSED')).toHaveLength(5)
    expect(types.filter((type) => type !== 'CONFIRMATION_REFUSED')).toEqual([
      'FLOW_CREATED',
      'ACCOUNT_HELD',
      'FLOW_REVOKED',
    ])
  })

  test('nor the step that failed', async () => {
    const bea = await gateway.signIn('bea')
    const { token, flowId } = await bea.startConnecting('openai')
    await failToConfirm(bea, flowId)
    await bea.typeKey(token, 'openai')
    await bea.accountIds()
    gateway.advance(60 * 60_000)
    await gateway.server.reconcile()
    expect(await findFlow(flowId)).toMatchObject({ status: 'EXPIRED', failedStep: 'CONFIRM' })
  })

  test('what happened with an app is found by its slug', async () => {
    const cleo = await gateway.signIn('cleo')
    const { flowId } = await cleo.startConnecting('slack')
    expect(await olga.query(EVENTS, { search: 'slack' })).toEqual({
      operator: { events: { nodes: [{ type: 'FLOW_CREATED', flowId, reason: null }] } },
    })
  })

  test('what other users attempt with a flow stays out of its timeline', async () => {
    const ada = await gateway.signIn('ada')
    const { flowId } = await ada.startConnecting('openai')
    const stranger = await gateway.signIn('stranger')
    await stranger.confirm(flowId, 'apn_none')
    expect((await findFlow(flowId)).events).toMatchObject([{ type: 'FLOW_CREATED' }])
    expect(await olga.query(EVENTS, { search: 'stranger' })).toMatchObject({
      operator: {
        events: {
          nodes: [{ type: 'CONFIRMATION_REFUSED', flowId: null, reason: 'FlowNotFound' }],
        },
      },
    })
  })
})
