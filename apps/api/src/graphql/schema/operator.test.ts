import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../store/open-database.ts'
import { unlimited } from '../../http/rate-limits.ts'
import type { Person } from '../../../test/fixtures/create-person.ts'
import { createTestGateway, testLimits } from '../../../test/fixtures/create-test-gateway.ts'
import { engines, type Place } from '../../../test/fixtures/engines.ts'
import {
  createTimedGateway,
  finishUrlOf,
  follow,
  sendWebhook,
  type TimedGateway,
} from '../../../test/fixtures/follow-flow.ts'

const MINUTE_MS = 60_000

const FLOWS = `query ($search: String $status: FlowStatus $app: String $user: ID $first: Int! = 25 $after: String) {
  operator { __typename ... on Operator {
    flows(search: $search status: $status app: $app externalUserId: $user first: $first after: $after) {
      __typename
      ... on OperatorFlowConnection {
        nodes { id supportCode status app externalUserId failedStep reason openedAt closedAt events { type reason externalUserId } }
        pageInfo { endCursor hasNextPage } }
      ... on InvalidInput { field } } } } }`
const EVENTS = `query ($search: String $types: [ConnectionEventType!]) {
  operator { ... on Operator { events(search: $search types: $types) {
    ... on OperatorEventConnection { nodes { type flowId supportCode externalUserId app reason requestId } } } } } }`
const CANCEL = `mutation ($flowId: ID! $trouble: FlowTrouble) {
  cancelFlow(input: { flowId: $flowId trouble: $trouble }) {
    __typename ... on CancelledFlow { flow { status supportCode } } } }`
const START = `mutation ($app: String!) { createConnectToken(input: { app: $app }) {
  __typename ... on ConnectToken { flow { id supportCode } } ... on Error { message supportCode } } }`

interface FlowNode {
  id: string
  supportCode: string
  failedStep: string | null
  openedAt: string | null
  events: { type: string }[]
}

interface FlowPage {
  __typename: string
  nodes: FlowNode[]
  pageInfo: { endCursor: string | null; hasNextPage: boolean }
}

const idsOf = ({ nodes }: FlowPage) => nodes.map(({ id }) => id)

describe.each(engines)('on $name', ({ makePlace }) => {
  let place: Place
  let database: Database
  let gateway: TimedGateway
  let olga: Person

  beforeAll(async () => {
    place = await makePlace()
    database = await openDatabase(place.location)
    gateway = await createTimedGateway({ database })
    olga = await gateway.signIn('olga', 'operator')
  })
  afterAll(async () => {
    await gateway.server.close()
    await place.remove()
  })

  const listFlows = async (variables: Record<string, unknown> = {}): Promise<FlowPage> => {
    const { operator } = await olga.query(FLOWS, variables)
    return (operator as { flows: FlowPage }).flows
  }
  const listEvents = async (variables: Record<string, unknown>) => {
    const { operator } = await olga.query(EVENTS, variables)
    return (operator as { events: { nodes: Record<string, unknown>[] } }).events.nodes
  }
  const findFlow = async (search: string) => {
    const { nodes } = await listFlows({ search })
    expect(nodes).toHaveLength(1)
    return nodes[0]
  }

  test('a flow is found by the support code that its person quotes, with its timeline', async () => {
    const ada = await gateway.signIn('ada')
    const { flow } = (await ada.field(START, { app: 'openai' })) as unknown as {
      flow: { id: string; supportCode: string }
    }
    expect(flow.supportCode).toMatch(/^[0-9A-F]{4}-[0-9A-F]{4}$/)
    await ada.field(CANCEL, { flowId: flow.id })
    for (const search of [
      flow.supportCode,
      ` ${flow.supportCode.toLowerCase()} `,
      flow.supportCode.replace('-', ''),
      flow.id,
    ]) {
      expect(await findFlow(search)).toMatchObject({
        id: flow.id,
        supportCode: flow.supportCode,
        status: 'CANCELLED',
        app: 'openai',
        externalUserId: 'ada',
        failedStep: 'CONNECT',
        events: [{ type: 'FLOW_CREATED' }, { type: 'FLOW_CANCELLED' }],
      })
    }
  })

  test('what was refused before there was a flow is found by the code of the refusal', async () => {
    const ada = await gateway.signIn('ada')
    const refusal = await ada.field(START, { app: 'no_such_app' })
    expect(refusal).toMatchObject({ __typename: 'UnknownApp' })
    expect(await listEvents({ search: refusal['supportCode'] })).toMatchObject([
      { type: 'FLOW_REFUSED', externalUserId: 'ada', flowId: null, reason: 'UnknownApp' },
    ])
  })

  test('a refused confirmation is found by its own code and by that of its flow', async () => {
    const ada = await gateway.signIn('ada')
    const { flowId } = await ada.startConnecting('openai')
    const response = await ada.post('/graphql', {
      query: `mutation { confirmConnection(input: { flowId: "${flowId}", accountId: "apn_none" }) { ... on Error { supportCode } } }`,
    })
    const { data } = await response.json()
    const { supportCode } = data.confirmConnection
    const requestId = response.headers.get('x-request-id') ?? ''
    expect(requestId).toMatch(new RegExp(`^${supportCode.replace('-', '')}`, 'i'))
    const refused = { type: 'CONFIRMATION_REFUSED', flowId, app: 'openai', requestId }
    expect(await listEvents({ search: supportCode })).toMatchObject([refused])
    expect(await listEvents({ search: requestId })).toMatchObject([refused])
    expect(await findFlow(supportCode)).toMatchObject({
      id: flowId,
      events: [{ type: 'FLOW_CREATED' }, { type: 'CONFIRMATION_REFUSED' }],
    })
  })

  test('what Pipedream answers wrongly is found by the code that the person gets', async () => {
    const ada = await gateway.signIn('ada')
    gateway.intercept(({ url }) => {
      if (url.endsWith('/tokens')) return Response.json({ nonsense: true })
      return undefined
    })
    const refusal = await ada.field(START, { app: 'openai' })
    gateway.intercept(() => undefined)
    expect(await listEvents({ search: refusal['supportCode'] })).toMatchObject([
      { type: 'FLOW_REFUSED', app: 'openai', reason: 'ERR_BAD_RESPONSE' },
    ])
  })

  test('what the browser alone saw go wrong is the reason of the flow', async () => {
    const ada = await gateway.signIn('ada')
    const { flowId } = await ada.startConnecting('openai')
    expect(await ada.field(CANCEL, { flowId, trouble: 'POPUP_BLOCKED' })).toMatchObject({
      flow: { status: 'FAILED' },
    })
    expect(await findFlow(flowId)).toMatchObject({
      status: 'FAILED',
      failedStep: 'OPEN',
      reason: 'popup_blocked',
    })
    const refusedAtProvider = await ada.startConnecting('openai')
    await ada.field(CANCEL, { flowId: refusedAtProvider.flowId, trouble: 'PROVIDER_REFUSED' })
    expect(await findFlow(refusedAtProvider.flowId)).toMatchObject({ failedStep: 'CONNECT' })
  })

  test('the step that failed is the last one that there was', async () => {
    const ada = await gateway.signIn('ada')
    const connected = await ada.startConnecting('openai')
    const accountId = await ada.typeKey(connected.token, 'openai')
    await ada.confirm(connected.flowId, accountId)
    expect(await findFlow(connected.flowId)).toMatchObject({
      status: 'SUCCEEDED',
      failedStep: null,
      reason: null,
    })
    const revoked = await ada.startConnecting('openai')
    const finishUrl = await finishUrlOf(gateway, revoked.token)
    const page = await follow(gateway, finishUrl, gateway.browser())
    expect(await findFlow(revoked.flowId)).toMatchObject({
      status: 'FAILED',
      failedStep: 'CONFIRM',
      reason: 'finished_elsewhere',
    })
    expect(await page.text()).toContain((await findFlow(revoked.flowId))?.supportCode)
    // A user without another flow that could have created the account.
    const bea = await gateway.signIn('bea')
    const forgotten = await bea.startConnecting('openai')
    await bea.typeKey(forgotten.token, 'openai')
    await sendWebhook(gateway)
    gateway.advance(60 * MINUTE_MS)
    await gateway.server.reconcile()
    const { failedStep, events } = (await findFlow(forgotten.flowId)) ?? {}
    expect(failedStep).toBe('CONFIRM')
    expect(events?.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['FLOW_CREATED', 'ACCOUNT_HELD', 'FLOW_EXPIRED']),
    )
  })

  test('a flow that expires says whether its page was opened', async () => {
    const cleo = await gateway.signIn('cleo')
    const clicked = await cleo.startConnecting('openai')
    const started = await cleo.startConnecting('openai')
    await cleo.query(`mutation { openFlow(input: { flowId: "${started.flowId}" }) { __typename } }`)
    const { openedAt } = (await findFlow(started.flowId)) ?? {}
    expect(Date.parse(String(openedAt))).not.toBeNaN()
    gateway.advance(60 * MINUTE_MS)
    await gateway.server.reconcile()
    const expired = { status: 'EXPIRED', failedStep: 'CONNECT', reason: null }
    expect(await findFlow(started.flowId)).toMatchObject({ ...expired, openedAt })
    expect(await findFlow(clicked.flowId)).toMatchObject({ ...expired, openedAt: null })
  })

  test('flows come newest first, page by page, of one person, app or status', async () => {
    const grace = await gateway.signIn('grace')
    const ids: string[] = []
    for (const app of ['openai', 'slack', 'openai', 'openai', 'slack']) {
      ids.push((await grace.startConnecting(app)).flowId)
    }
    await grace.field(CANCEL, { flowId: ids[0] })
    const newestFirst = ids.toReversed()

    const first = await listFlows({ user: 'grace', first: 3 })
    expect(first.pageInfo).toEqual({ endCursor: idsOf(first)[2], hasNextPage: true })
    const rest = await listFlows({ user: 'grace', first: 3, after: first.pageInfo.endCursor })
    expect(rest.pageInfo).toEqual({ endCursor: null, hasNextPage: false })
    expect([...idsOf(first), ...idsOf(rest)]).toEqual(newestFirst)
    expect(idsOf(await listFlows({ search: 'grace' }))).toEqual(newestFirst)
    expect(idsOf(await listFlows({ search: 'slack' }))).toEqual([ids[4], ids[1]])
    expect(idsOf(await listFlows({ user: 'grace', app: 'openai', status: 'OPEN' }))).toEqual([
      ids[3],
      ids[2],
    ])
    expect(idsOf(await listFlows({ search: 'Grace' }))).toEqual([])
    expect(idsOf(await listFlows({ search: "grace' or 1=1 --" }))).toEqual([])
  })

  test.each([{ first: 0 }, { first: 101 }, { after: 'unknown' }, { search: ' ' }, { app: '\0' }])(
    '%j is a typed error',
    async (variables) => {
      expect(await listFlows(variables)).toMatchObject({ __typename: 'InvalidInput' })
    },
  )
})

test('what breaks without being meant is found by the code that the person gets', async () => {
  const { signIn } = await createTestGateway({
    limits: { ...testLimits, rates: { ...unlimited, take: breakForTokens } },
  })
  const [ada, olga] = [await signIn('ada'), await signIn('olga', 'operator')]
  const response = await ada.post('/graphql', { query: START, variables: { app: 'openai' } })
  const { errors } = await response.json()
  const { supportCode } = errors[0].extensions
  expect(errors[0].message).toContain(supportCode)
  expect(await olga.query(EVENTS, { search: supportCode })).toMatchObject({
    operator: {
      events: { nodes: [{ type: 'FLOW_REFUSED', externalUserId: 'ada', reason: 'unexpected' }] },
    },
  })
})

async function breakForTokens(kind: string): Promise<undefined> {
  if (kind === 'connectToken') throw new Error('unexpected')
}
