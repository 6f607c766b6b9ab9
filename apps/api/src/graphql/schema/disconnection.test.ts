import { expect, test } from 'vitest'
import { sha256 } from '../../store/secrets.ts'
import type { Person } from '../../../test/fixtures/create-person.ts'
import { createTestGateway } from '../../../test/fixtures/create-test-gateway.ts'

const PLAN = `mutation ($user: ID $app: String) {
  planDisconnection(input: { externalUserId: $user app: $app }) { __typename
    ... on DisconnectionPlan { count hasMore confirmation accounts { id externalUserId app } }
    ... on InvalidInput { field } ... on Error { message } } }`
const RUN = `mutation ($user: ID $app: String $confirmation: String!) {
  runDisconnection(input: { externalUserId: $user app: $app confirmation: $confirmation }) { __typename
    ... on DisconnectionRun { disconnectedCount failedCount outcomes { account { id } isDisconnected error } }
    ... on Error { message } } }`
const EVENTS = `query ($search: String) { operator { ... on Operator { events(search: $search) {
  ... on OperatorEventConnection { nodes { type accountId externalUserId actorId viewerKind app reason } } } } } }`

interface Plan {
  [name: string]: unknown
  count: number
  confirmation: string
  accounts: { id: string }[]
}

const plan = async (operator: Person, target: { user?: string; app?: string }) =>
  (await operator.field(PLAN, target)) as unknown as Plan
const idsOf = ({ accounts }: Plan) => accounts.map(({ id }) => id).toSorted()

async function listEvents(operator: Person, search: string) {
  const data = await operator.query(EVENTS, { search })
  return (data['operator'] as { events: { nodes: Record<string, unknown>[] } }).events.nodes
}

test('a dry run shows a person’s accounts, of all apps or of one, and changes nothing', async () => {
  const { signIn, emulator } = await createTestGateway()
  const [ada, grace, olga] = [
    await signIn('ada'),
    await signIn('grace'),
    await signIn('olga', 'operator'),
  ]
  const openai = await ada.connectOpenai()
  await grace.connectOpenai()
  const { accountIds } = emulator.seed({ accounts: [{ app: 'slack', externalUserId: 'ada' }] })
  const [slack = ''] = accountIds
  expect(idsOf(await plan(olga, { user: 'ada' }))).toEqual([openai, slack].toSorted())
  expect(await plan(olga, { user: 'ada', app: 'slack' })).toMatchObject({
    count: 1,
    hasMore: false,
    accounts: [{ id: slack, externalUserId: 'ada', app: 'slack' }],
  })
  expect(await plan(olga, { app: 'openai' })).toMatchObject({ count: 2 })
  expect(await plan(olga, { user: 'unknown' })).toMatchObject({ count: 0, accounts: [] })
  expect((await ada.accountIds()).toSorted()).toEqual([openai, slack].toSorted())
})

test('a run disconnects what the dry run showed, and says so to the owner and in the log', async () => {
  const { signIn } = await createTestGateway()
  const [ada, grace, olga] = [
    await signIn('ada'),
    await signIn('grace'),
    await signIn('olga', 'operator'),
  ]
  const adas = [await ada.connectOpenai(), await ada.connectOpenai()]
  const graces = await grace.connectOpenai()
  const { confirmation } = await plan(olga, { user: 'ada' })
  const run = await olga.field(RUN, { user: 'ada', confirmation })
  expect(run).toMatchObject({ disconnectedCount: 2, failedCount: 0 })
  expect(await ada.accountIds()).toEqual([])
  expect(await grace.accountIds()).toEqual([graces])
  const about = { externalUserId: 'ada', actorId: 'olga', viewerKind: 'OPERATOR' }
  const [last, other, ordered] = await listEvents(olga, 'olga')
  expect(ordered).toMatchObject({ type: 'DISCONNECTION_ORDERED', ...about })
  for (const event of [last, other]) {
    expect(event).toMatchObject({ type: 'ACCOUNT_DISCONNECTED', app: 'openai', ...about })
  }
  expect(new Set([last?.['accountId'], other?.['accountId']])).toEqual(new Set(adas))
  const { viewer } = await ada.query(
    '{ viewer { events { ... on ConnectionEventConnection { nodes { type } } } } }',
  )
  expect(JSON.stringify(viewer).match(/ACCOUNT_DISCONNECTED/g)).toHaveLength(2)
})

test('a held account is disconnected too', async () => {
  const { signIn } = await createTestGateway()
  const [ada, olga] = [await signIn('ada'), await signIn('olga', 'operator')]
  const { token } = await ada.startConnecting('openai')
  const accountId = await ada.typeKey(token, 'openai')
  expect(await ada.accountIds()).toEqual([accountId])
  const { confirmation } = await plan(olga, { user: 'ada' })
  expect(await olga.field(RUN, { user: 'ada', confirmation })).toMatchObject({
    disconnectedCount: 1,
  })
  expect(await ada.accountIds()).toEqual([])
  expect(await listEvents(olga, 'olga')).toMatchObject([
    { type: 'ACCOUNT_REMOVED', accountId, actorId: 'olga', externalUserId: 'ada' },
    { type: 'DISCONNECTION_ORDERED' },
  ])
})

test('a plan is valid for its accounts, its target and its operator only', async () => {
  const { signIn } = await createTestGateway()
  const [ada, olga, oscar] = [
    await signIn('ada'),
    await signIn('olga', 'operator'),
    await signIn('oscar', 'operator'),
  ]
  const accountId = await ada.connectOpenai()
  const { confirmation } = await plan(olga, { user: 'ada' })
  const changed = { __typename: 'PlanChanged' }
  expect(await oscar.field(RUN, { user: 'ada', confirmation })).toMatchObject(changed)
  expect(await olga.field(RUN, { app: 'openai', confirmation })).toMatchObject(changed)
  expect(await olga.field(RUN, { user: 'ada', confirmation: '' })).toMatchObject(changed)
  const another = await ada.connectOpenai()
  expect(await olga.field(RUN, { user: 'ada', confirmation })).toMatchObject(changed)
  expect((await ada.accountIds()).toSorted()).toEqual([accountId, another].toSorted())
  const refused = { type: 'DISCONNECTION_REFUSED', reason: 'PlanChanged', actorId: 'olga' }
  expect(await listEvents(olga, 'olga')).toMatchObject([refused, refused, refused])
})

test('what Pipedream does not delete stays, is told, and is in the next plan', async () => {
  const { signIn, intercept } = await createTestGateway()
  const [ada, olga] = [await signIn('ada'), await signIn('olga', 'operator')]
  const [stays, goes] = [await ada.connectOpenai(), await ada.connectOpenai()]
  const { confirmation } = await plan(olga, { user: 'ada' })
  intercept(({ method, url }) =>
    method === 'DELETE' && url.endsWith(stays)
      ? Response.json({ error: 'no' }, { status: 403 })
      : undefined,
  )
  const run = await olga.field(RUN, { user: 'ada', confirmation })
  expect(run).toMatchObject({
    disconnectedCount: 1,
    failedCount: 1,
    outcomes: expect.arrayContaining([
      { account: { id: stays }, isDisconnected: false, error: expect.any(String) },
      { account: { id: goes }, isDisconnected: true, error: null },
    ]),
  })
  expect(await listEvents(olga, 'olga')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        type: 'DISCONNECTION_REFUSED',
        accountId: stays,
        externalUserId: 'ada',
        reason: 'ERR_FORBIDDEN',
      }),
      expect.objectContaining({ type: 'ACCOUNT_DISCONNECTED', accountId: goes }),
    ]),
  )
  expect(idsOf(await plan(olga, { user: 'ada' }))).toEqual([stays])
})

test('one run takes 200 accounts, and says that there are more', async () => {
  const { signIn, emulator } = await createTestGateway()
  const olga = await signIn('olga', 'operator')
  emulator.seed({
    accounts: Array.from({ length: 203 }, (_, index) => ({
      app: 'openai',
      externalUserId: `user-${index}`,
    })),
  })
  const { confirmation, ...first } = await plan(olga, { app: 'openai' })
  expect(first).toMatchObject({ count: 200, hasMore: true })
  expect(await olga.field(RUN, { app: 'openai', confirmation })).toMatchObject({
    disconnectedCount: 200,
  })
  expect(await plan(olga, { app: 'openai' })).toMatchObject({ count: 3, hasMore: false })
})

test('Pipedream’s misunderstandings do not reach another person or app', async () => {
  const { signIn, intercept, emulator } = await createTestGateway()
  const [ada, olga] = [await signIn('ada'), await signIn('olga', 'operator')]
  await ada.connectOpenai()
  emulator.seed({ accounts: [{ app: 'slack', externalUserId: 'bob' }] })
  intercept(async (request) => {
    const url = new URL(request.url)
    if (!url.pathname.endsWith('/accounts') || request.method !== 'GET') return undefined
    url.searchParams.delete('external_user_id')
    url.searchParams.delete('app')
    return emulator.fetch(new Request(url, request))
  })
  expect(await plan(olga, { user: 'bob' })).toMatchObject({ count: 1 })
  expect(await plan(olga, { user: 'ada', app: 'slack' })).toMatchObject({ count: 0 })
})

test('an app that is not in the catalogue is a typed error, unless a user has an account of it', async () => {
  const { signIn, emulator, intercept } = await createTestGateway()
  const olga = await signIn('olga', 'operator')
  for (const app of ['google-sheet', 'Google Sheets', '../apps']) {
    expect(await plan(olga, { app })).toMatchObject({
      __typename: 'InvalidInput',
      field: 'app',
      message: `There is no app “${app}”. Use its slug, such as google_sheets.`,
    })
  }
  emulator.seed({ accounts: [{ app: 'slack', externalUserId: 'ada' }] })
  intercept(({ url }) =>
    url.includes('/apps/') ? Response.json({ error: 'gone' }, { status: 404 }) : undefined,
  )
  expect(await plan(olga, { app: 'slack' })).toMatchObject({ count: 1 })
  intercept(({ url }) =>
    url.includes('/apps/') ? Response.json({ error: 'down' }, { status: 500 }) : undefined,
  )
  expect(await plan(olga, { app: 'google-sheet' })).toMatchObject({ __typename: 'UpstreamError' })
})

test.each([{}, { user: ' ' }, { app: '' }])('%j is a typed error', async (target) => {
  const { signIn } = await createTestGateway()
  const olga = await signIn('olga', 'operator')
  expect(await plan(olga, target)).toMatchObject({ __typename: 'InvalidInput' })
  expect(await olga.field(RUN, { ...target, confirmation: '' })).toMatchObject({
    __typename: 'InvalidInput',
  })
})

test('only an operator may', async () => {
  const key = 'emulator-service-key-for-these-tests'
  const { signIn, browser } = await createTestGateway({ serviceKeyHash: sha256(key) })
  const service = browser()
  service.headers['authorization'] = `Bearer ${key}`
  const ada = await signIn('ada')
  const accountId = await ada.connectOpenai()
  for (const [person, __typename] of [
    [ada, 'NotAllowed'],
    [service, 'NotAllowed'],
    [browser(), 'NotSignedIn'],
  ] as const) {
    expect(await person.field(PLAN, { user: 'ada' })).toMatchObject({ __typename })
    const run = await person.field(RUN, { user: 'ada', confirmation: '' })
    expect(run).toMatchObject({ __typename })
    expect(await person.query('{ operator { __typename } }')).toEqual({ operator: { __typename } })
  }
  expect(await ada.accountIds()).toEqual([accountId])
})
