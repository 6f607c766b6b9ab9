import { expect, test } from 'vitest'
import type { Person } from '../../test/fixtures/create-person.ts'
import {
  createTimedGateway,
  finishUrlOf,
  flowStatus,
  follow,
  live,
  sendWebhook,
  showHold,
  type TimedGateway,
  visit,
} from '../../test/fixtures/follow-flow.ts'

const MINUTE_MS = 60_000
const STRANGER = { cookies: new Map<string, string>() }
const KEEP =
  'mutation ($accountId: ID!) { keepAccount(input: { accountId: $accountId }) { __typename } }'
const CANCEL = 'mutation ($flowId: ID!) { cancelFlow(input: { flowId: $flowId }) { __typename } }'

/** A user with 2,001 old accounts of the app, so that a new one is on a page that one call never reads. */
async function startWithMany(who: string) {
  const gateway = await createTimedGateway()
  const createdAt = new Date(gateway.emulator.clock.now().getTime() - 24 * 60 * MINUTE_MS)
  gateway.emulator.seed({
    accounts: Array.from({ length: 2001 }, () => ({
      app: 'openai',
      externalUserId: who,
      createdAt,
    })),
  })
  const person = await gateway.signIn(who)
  const { token, flowId } = await person.startConnecting('openai')
  const url = await finishUrlOf(gateway, token)
  const accountId = await person.typeKey(token, 'openai')
  return { gateway, person, token, flowId, url, accountId }
}

/** Reads the account by its ID, as everything that acts on one account does. */
const keep = async (person: Person, accountId: string) =>
  (await person.field(KEEP, { accountId })).__typename

const lastPage = async (person: Person) => {
  const seen: { id: string; heldReason: string | null }[] = []
  let after: string | null = null
  do {
    const { viewer } = (await person.query(
      'query ($after: String) { viewer { accounts(after: $after) { ... on AccountConnection { nodes { id heldReason } pageInfo { endCursor } } } } }',
      { after },
    )) as { viewer: { accounts: { nodes: typeof seen; pageInfo: { endCursor: string | null } } } }
    seen.push(...viewer.accounts.nodes)
    after = viewer.accounts.pageInfo.endCursor
  } while (after !== null)
  return seen.at(-1)
}

test('an account beyond the bound of a list is confirmed, after its webhook or by its ID', async () => {
  for (const how of ['webhook', 'id']) {
    const { gateway, person, flowId, url, accountId } = await startWithMany('ada')
    if (how === 'webhook') {
      await sendWebhook(gateway)
      await visit(gateway, url, person)
    } else await person.confirm(flowId, accountId)
    expect(await flowStatus(person, flowId)).toBe('SUCCEEDED')
    expect(await lastPage(person)).toEqual({ id: accountId, heldReason: null })
  }
})

test('without a hint, nothing is decided before the whole list was read, and then the account can be confirmed', async () => {
  const { gateway, person, flowId, url, accountId } = await startWithMany('bea')
  await visit(gateway, url, person)
  expect(await flowStatus(person, flowId)).toBe('OPEN')
  await person.query(`mutation { openFlow(input: { flowId: "${flowId}" }) { __typename } }`)
  await live(gateway, MINUTE_MS)
  expect(
    await person.query('query ($id: ID!) { flow(id: $id) { heldAccountId } }', { id: flowId }),
  ).toEqual({
    flow: { heldAccountId: accountId },
  })
  await person.confirm(flowId, accountId)
  expect(await flowStatus(person, flowId)).toBe('SUCCEEDED')
})

test('a stranger who finishes the flow is protected, however many accounts there are', async () => {
  const { gateway, person, url, accountId } = await startWithMany('mallory')
  await follow(gateway, url, STRANGER)
  expect(await keep(person, accountId)).toBe('FinishedElsewhere')
  await live(gateway, 25 * MINUTE_MS)
  expect(await lastPage(person)).toEqual({ id: accountId, heldReason: 'FINISHED_ELSEWHERE' })
})

/** A user with an account that a webhook reported, of a flow that they left. */
async function leave(gateway: TimedGateway, who: string) {
  const person = await gateway.signIn(who)
  const { token, flowId } = await person.startConnecting('openai')
  const url = await finishUrlOf(gateway, token)
  await person.field(CANCEL, { flowId })
  const accountId = await person.typeKey(token, 'openai')
  await sendWebhook(gateway)
  return { person, url, accountId }
}

test('accounts that Pipedream refuses to delete do not delay the removal of others', async () => {
  const gateway = await createTimedGateway()
  const ada = await gateway.signIn('ada')
  const refused = new Set<string>()
  for (let index = 0; index < 60; index += 1) {
    const { token } = await ada.startConnecting('openai')
    refused.add(await ada.typeKey(token, 'openai'))
    await sendWebhook(gateway)
  }
  const tried: string[] = []
  gateway.intercept(({ method, url }) => {
    const accountId = url.split('/').at(-1) ?? ''
    if (method !== 'DELETE') return undefined
    tried.push(accountId)
    return refused.has(accountId) ? new Response('{}', { status: 400 }) : undefined
  })
  await live(gateway, 21 * MINUTE_MS)
  expect(new Set(tried)).toEqual(refused)
  const bob = await leave(gateway, 'bob')
  await live(gateway, 20 * MINUTE_MS + 30_000)
  expect(await showHold(bob.person, bob.accountId)).toBeUndefined()
  // Each failure doubles the pause.
  const attempts = tried.filter((accountId) => accountId === tried[0])
  expect(attempts.length).toBeLessThan(10)
})

test('a user whose accounts cannot be listed does not delay the flows of others', async () => {
  const gateway = await createTimedGateway()
  const [ada, bob] = [await gateway.signIn('ada'), await gateway.signIn('bob')]
  const flows: { person: Person; flowId: string }[] = []
  for (const person of [ada, bob]) {
    const { flowId } = await person.startConnecting('openai')
    await person.query(`mutation { openFlow(input: { flowId: "${flowId}" }) { __typename } }`)
    flows.push({ person, flowId })
  }
  gateway.intercept(({ url }) =>
    url.includes('external_user_id=ada') ? new Response('{}', { status: 400 }) : undefined,
  )
  await live(gateway, 21 * MINUTE_MS)
  gateway.intercept(() => undefined)
  const events = await bob.query(
    '{ viewer { events { ... on ConnectionEventConnection { nodes { type } } } } }',
  )
  expect(JSON.stringify(events)).toContain('FLOW_EXPIRED')
  await live(gateway, 10 * MINUTE_MS)
  expect(await flowStatus(ada, flows[0]?.flowId ?? '')).toBe('EXPIRED')
})

test('a revoked flow’s account is removed before those of flows that ran out', async () => {
  const gateway = await createTimedGateway()
  const [ada, mallory] = [await gateway.signIn('ada'), await gateway.signIn('mallory')]
  for (let index = 0; index < 60; index += 1) {
    await ada.typeKey((await ada.startConnecting('openai')).token, 'openai')
    await sendWebhook(gateway)
  }
  await live(gateway, 19.5 * MINUTE_MS)
  const { token } = await mallory.startConnecting('openai')
  await follow(gateway, await finishUrlOf(gateway, token), STRANGER)
  const accountId = await mallory.typeKey(token, 'openai')
  await sendWebhook(gateway)
  const deleted: string[] = []
  gateway.intercept(({ method, url }) => {
    if (method === 'DELETE') deleted.push(url.split('/').at(-1) ?? '')
    return undefined
  })
  gateway.advance(45_000)
  await gateway.server.reconcile()
  expect(deleted).toHaveLength(61)
  expect(deleted[0]).toBe(accountId)
})
