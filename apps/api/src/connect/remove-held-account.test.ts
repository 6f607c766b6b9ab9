import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../test/fixtures/create-person.ts'
import { engines } from '../../test/fixtures/engines.ts'
import {
  createEngineGateway,
  finishUrlOf,
  follow,
  showAccounts,
  type EngineGateway,
} from '../../test/fixtures/follow-flow.ts'

const STRANGER = { cookies: new Map<string, string>() }
const REMOVE = `mutation ($accountId: ID!) { removeHeldAccount(input: { accountId: $accountId }) {
  __typename ... on RemovedHeldAccount { accountId } } }`
const RELEASE =
  'mutation ($accountId: ID!) { releaseHeldAccount(input: { accountId: $accountId }) { __typename } }'
const CANCEL = 'mutation ($flowId: ID!) { cancelFlow(input: { flowId: $flowId }) { __typename } }'
const HELD = `query ($user: ID) { operator { __typename ... on Operator { heldAccounts(externalUserId: $user) {
  ... on OperatorHeldAccountConnection { nodes { accountId supportCode } } } } } }`
const OWN = '{ viewer { accounts { ... on AccountConnection { nodes { id heldSupportCode } } } } }'
const EVENTS = `query ($search: String) { operator { __typename ... on Operator { events(search: $search) {
  ... on OperatorEventConnection { nodes { type accountId reason viewerKind actorId } } } } } }`

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

  /** A user with an account that another browser finished. */
  async function connectElsewhere(who: string) {
    const person = await gateway.signIn(who)
    const { token, flowId } = await person.startConnecting('openai')
    const url = await finishUrlOf(gateway, token)
    await person.field(CANCEL, { flowId })
    const accountId = await person.typeKey(token, 'openai')
    await follow(gateway, url, STRANGER)
    expect(await showAccounts(person)).toEqual([{ id: accountId, held: true }])
    return { person, flowId, accountId }
  }

  const listHeld = async (user: string) => (await olga.field(HELD, { user }))['heldAccounts']
  const listEvents = async (user: string) =>
    ((await olga.field(EVENTS, { search: user }))['events'] as { nodes: object[] }).nodes

  test('an operator removes a held account, with its credentials', async () => {
    const { person: ada, accountId } = await connectElsewhere('ada')
    expect(await olga.field(REMOVE, { accountId })).toEqual({
      __typename: 'RemovedHeldAccount',
      accountId,
    })
    expect(await typeOf(olga, REMOVE, accountId)).toBe('RemovedHeldAccount')
    expect(await showAccounts(ada)).toEqual([])
    expect(await listHeld('ada')).toEqual({ nodes: [] })
    expect((await listEvents('ada'))[0]).toEqual({
      type: 'ACCOUNT_REMOVED',
      accountId,
      reason: 'disconnected',
      viewerKind: 'OPERATOR',
      actorId: 'olga',
    })
  })

  test('it is not removed once it can be used', async () => {
    const { person: bea, accountId } = await connectElsewhere('bea')
    gateway.advance(1000)
    await olga.field(RELEASE, { accountId })
    expect(await typeOf(olga, REMOVE, accountId)).toBe('AccountNotFound')
    expect(await showAccounts(bea)).toEqual([{ id: accountId, held: false }])
    const confirmed = await (await gateway.signIn('ben')).connectOpenai()
    expect(await typeOf(olga, REMOVE, confirmed)).toBe('AccountNotFound')
  })

  test('no one else removes it', async () => {
    const { person: cleo, accountId } = await connectElsewhere('cleo')
    expect(await typeOf(cleo, REMOVE, accountId)).toBe('NotAllowed')
    expect(await typeOf(gateway.browser(), REMOVE, accountId)).toBe('NotSignedIn')
    expect(await typeOf(olga, REMOVE, 'apn_unknown')).toBe('AccountNotFound')
    expect(await showAccounts(cleo)).toEqual([{ id: accountId, held: true }])
  })

  test('it stays listed while Pipedream refuses, and the operator is told', async () => {
    const { accountId } = await connectElsewhere('dan')
    gateway.intercept(({ method }) =>
      method === 'DELETE' ? new Response('{}', { status: 400 }) : undefined,
    )
    expect(await typeOf(olga, REMOVE, accountId)).toBe('UpstreamError')
    gateway.intercept(() => undefined)
    expect(await listHeld('dan')).toMatchObject({ nodes: [{ accountId }] })
    expect(await typeOf(olga, REMOVE, accountId)).toBe('RemovedHeldAccount')
  })

  test('one that is gone at Pipedream is no longer listed', async () => {
    const { accountId } = await connectElsewhere('eve')
    gateway.intercept(({ url }) =>
      url.endsWith(`/accounts/${accountId}`) ? new Response('{}', { status: 404 }) : undefined,
    )
    expect(await typeOf(olga, REMOVE, accountId)).toBe('RemovedHeldAccount')
    gateway.intercept(() => undefined)
    expect(await listHeld('eve')).toEqual({ nodes: [] })
  })

  test('its owner and operators see the support code of its flow', async () => {
    const { person: fay, accountId, flowId } = await connectElsewhere('fay')
    const code = `${flowId.slice(0, 4)}-${flowId.slice(4, 8)}`.toUpperCase()
    expect(await listHeld('fay')).toEqual({ nodes: [{ accountId, supportCode: code }] })
    expect(await fay.query(OWN)).toEqual({
      viewer: { accounts: { nodes: [{ id: accountId, heldSupportCode: code }] } },
    })
  })
})
