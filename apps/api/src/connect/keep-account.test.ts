import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../test/fixtures/create-person.ts'
import { engines } from '../../test/fixtures/engines.ts'
import {
  createEngineGateway,
  createTimedGateway,
  finishUrlOf,
  follow,
  live,
  sendWebhook,
  showAccounts,
  showHold,
  type EngineGateway,
} from '../../test/fixtures/follow-flow.ts'

const MINUTE_MS = 60_000
const STRANGER = { cookies: new Map<string, string>() }
const KEEP = `mutation ($accountId: ID!) { keepAccount(input: { accountId: $accountId }) {
  __typename ... on KeptAccount { account { id held canKeep } } ... on Error { message } } }`
const DISCONNECT =
  'mutation ($accountId: ID!) { disconnectAccount(input: { accountId: $accountId }) { __typename } }'
const RELEASE =
  'mutation ($accountId: ID!) { releaseHeldAccount(input: { accountId: $accountId }) { __typename } }'
const CANCEL = 'mutation ($flowId: ID!) { cancelFlow(input: { flowId: $flowId }) { __typename } }'
const HELD = `query ($first: Int! = 25 $after: String $user: ID) { operator { __typename ... on Operator {
  heldAccounts(first: $first after: $after externalUserId: $user) { __typename
    ... on OperatorHeldAccountConnection { pageInfo { endCursor } nodes {
      accountId externalUserId app reason flowId isProven attempts lastError } } } } } }`
const USABLE = { heldReason: null, canKeep: false }
const LOCKED = { heldReason: 'FINISHED_ELSEWHERE', canKeep: false }

const typeOf = async (person: Person, document: string, accountId: string) =>
  (await person.field(document, { accountId })).__typename

describe.each(engines)('on $name', (engine) => {
  let gateway: EngineGateway
  let olga: Person

  beforeAll(async () => {
    gateway = await createEngineGateway(engine)
    olga = await gateway.signIn('olga', 'operator')
  })
  afterAll(() => gateway.close())

  /** A user with an account whose flow they left. */
  async function leave(who: string) {
    const person = await gateway.signIn(who)
    const { token, flowId } = await person.startConnecting('openai')
    const url = await finishUrlOf(gateway, token)
    await person.field(CANCEL, { flowId })
    const accountId = await person.typeKey(token, 'openai')
    return { person, flowId, accountId, url }
  }

  const readHeld = async (variables: Record<string, unknown>) => {
    const { heldAccounts } = await olga.field(HELD, variables)
    return heldAccounts as { nodes: unknown[]; pageInfo: { endCursor: string | null } }
  }

  const lastEvent = async (accountId: string) => {
    const { events } = (await olga.field(
      '{ operator { __typename ... on Operator { events(first: 100) { ... on OperatorEventConnection { nodes { type accountId reason viewerKind actorId } } } } } }',
    )) as unknown as { events: { nodes: { accountId: string | null }[] } }
    return events.nodes.find((event) => event.accountId === accountId)
  }

  test('its owner keeps an account in the browser that started the flow, and nowhere else', async () => {
    const { person: ada, accountId } = await leave('ada')
    const elsewhere = await gateway.signIn('ada')
    const mallory = await gateway.signIn('mallory')
    expect(await typeOf(mallory, KEEP, accountId)).toBe('AccountNotFound')
    expect(await typeOf(gateway.browser(), KEEP, accountId)).toBe('NotSignedIn')
    expect(await typeOf(elsewhere, KEEP, accountId)).toBe('StartedElsewhere')
    expect(await ada.field(KEEP, { accountId })).toEqual({
      __typename: 'KeptAccount',
      account: { id: accountId, held: false, canKeep: false },
    })
    expect(await typeOf(ada, KEEP, accountId)).toBe('KeptAccount')
    expect(await showHold(ada, accountId)).toEqual(USABLE)
    expect(await lastEvent(accountId)).toMatchObject({
      type: 'ACCOUNT_RELEASED',
      reason: 'kept',
      viewerKind: 'USER',
    })
  })

  test('a kept account stays, although a webhook has reported it', async () => {
    const { person: bea, accountId } = await leave('bea')
    await sendWebhook(gateway)
    await bea.field(KEEP, { accountId })
    await live(gateway, 30 * MINUTE_MS)
    expect(await showAccounts(bea)).toEqual([{ id: accountId, held: false }])
  })

  test('an account is not kept while its flow is open', async () => {
    const cleo = await gateway.signIn('cleo')
    const { token } = await cleo.startConnecting('slack')
    const accountId = await cleo.typeKey(token, 'openai')
    expect(await typeOf(cleo, KEEP, accountId)).toBe('FlowStillOpen')
    await live(gateway, 21 * MINUTE_MS)
    expect(await typeOf(cleo, KEEP, accountId)).toBe('KeptAccount')
  })

  test('its owner may only remove what another browser finished', async () => {
    const { person: mallory, accountId, url } = await leave('dan')
    await follow(gateway, url, STRANGER)
    expect(await typeOf(mallory, KEEP, accountId)).toBe('FinishedElsewhere')
    expect(await showHold(mallory, accountId)).toEqual(LOCKED)
    expect(await typeOf(mallory, DISCONNECT, accountId)).toBe('DisconnectedAccount')
    expect(await showAccounts(mallory)).toEqual([])
  })

  test.each(['confirmed', 'kept'])(
    'an account that was %s is held again when its flow is revoked',
    async (how) => {
      const person = await gateway.signIn(`eve, ${how}`)
      const { token, flowId } = await person.startConnecting('openai')
      const url = await finishUrlOf(gateway, token)
      if (how === 'kept') await person.field(CANCEL, { flowId })
      const accountId = await person.typeKey(token, 'openai')
      if (how === 'kept') await person.field(KEEP, { accountId })
      else await person.confirm(flowId, accountId)
      expect(await showHold(person, accountId)).toEqual(USABLE)
      gateway.advance(1000)
      await follow(gateway, url, STRANGER)
      expect(await showHold(person, accountId)).toEqual(LOCKED)
      await sendWebhook(gateway)
      await gateway.server.reconcile()
      expect(await showAccounts(person)).toEqual([])
    },
  )

  test('an operator releases what another browser finished, for good', async () => {
    const { person: fay, accountId, url, flowId } = await leave('fay')
    await follow(gateway, url, STRANGER)
    await gateway.server.reconcile()
    gateway.advance(1000)
    expect(await typeOf(fay, RELEASE, accountId)).toBe('NotAllowed')
    expect(await readHeld({ user: 'fay' })).toMatchObject({
      nodes: [
        {
          accountId,
          externalUserId: 'fay',
          app: 'openai',
          reason: 'FINISHED_ELSEWHERE',
          flowId,
          isProven: false,
          attempts: 0,
          lastError: null,
        },
      ],
    })
    expect(await typeOf(olga, RELEASE, accountId)).toBe('ReleasedAccount')
    expect(await typeOf(olga, RELEASE, accountId)).toBe('ReleasedAccount')
    expect(await typeOf(olga, RELEASE, 'apn_unknown')).toBe('AccountNotFound')
    await live(gateway, 25 * MINUTE_MS)
    expect(await showHold(fay, accountId)).toEqual(USABLE)
    expect(await readHeld({ user: 'fay' })).toMatchObject({ nodes: [] })
    expect(await lastEvent(accountId)).toEqual({
      type: 'ACCOUNT_RELEASED',
      accountId,
      reason: 'released',
      viewerKind: 'OPERATOR',
      actorId: 'olga',
    })
  })

  test('operators page through all held accounts, latest first, and see what failed', async () => {
    const { person, accountId } = await leave('gil')
    await sendWebhook(gateway)
    gateway.intercept(({ method }) =>
      method === 'DELETE' ? new Response('{}', { status: 400 }) : undefined,
    )
    await live(gateway, 21 * MINUTE_MS)
    gateway.intercept(() => undefined)
    const other = await person.typeKey((await person.startConnecting('openai')).token, 'openai')
    await showAccounts(person)
    const seen: unknown[] = []
    let after: string | null = null
    do {
      const page = await readHeld({ user: 'gil', first: 1, after })
      seen.push(...page.nodes)
      after = page.pageInfo.endCursor
    } while (after !== null)
    expect(seen).toMatchObject([
      { accountId: other, reason: 'NOT_CONFIRMED', isProven: false },
      {
        accountId,
        reason: 'NOT_FINISHED',
        isProven: true,
        attempts: expect.any(Number),
        lastError: 'ERR_BAD_REQUEST',
      },
    ])
    expect(await readHeld({ after: 'apn_unknown' })).toEqual({ __typename: 'InvalidInput' })
    const asked = await person.field(HELD)
    expect(asked.__typename).toBe('NotAllowed')
  })
})

test('a revocation holds a kept account again, also at a replica whose clock is behind', async () => {
  let offset = 0
  const gateway = await createTimedGateway({ now: () => new Date(Date.now() + offset) })
  const person = await gateway.signIn('hal')
  const { token, flowId } = await person.startConnecting('openai')
  const url = await finishUrlOf(gateway, token)
  await person.field(CANCEL, { flowId })
  const accountId = await person.typeKey(token, 'openai')
  offset = 3000
  expect(await typeOf(person, KEEP, accountId)).toBe('KeptAccount')
  offset = 0
  await follow(gateway, url, STRANGER)
  expect(await showHold(person, accountId)).toEqual(LOCKED)
  expect(await typeOf(person, KEEP, accountId)).toBe('FinishedElsewhere')
})
