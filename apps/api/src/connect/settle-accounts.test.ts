import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { engines } from '../../test/fixtures/engines.ts'
import {
  createEngineGateway,
  createTimedGateway,
  eventTypes,
  finishUrlOf,
  ignoreUserFilter,
  sendWebhook,
  showAccounts,
  type EngineGateway,
  follow,
} from '../../test/fixtures/follow-flow.ts'

const MINUTE_MS = 60_000
const HELD = '{ viewer { accounts { ... on AccountConnection { nodes { id heldFlowId } } } } }'

describe.each(engines)('on $name', (engine) => {
  let gateway: EngineGateway

  beforeAll(async () => {
    gateway = await createEngineGateway(engine)
  })
  afterAll(() => gateway.close())

  /** A user with three attempts: the first was opened last, and the latest was never opened. */
  async function startThree(who: string) {
    const person = await gateway.signIn(who)
    const start = async () => {
      gateway.advance(1000)
      return person.startConnecting('openai')
    }
    const open = async ({ flowId }: { flowId: string }) => {
      gateway.advance(1000)
      await person.query(`mutation { openFlow(input: { flowId: "${flowId}" }) { __typename } }`)
    }
    const [first, second, hovered] = [await start(), await start(), await start()]
    await open(second)
    await open(first)
    const accountId = await person.typeKey(first.token, 'openai')
    return { person, first, hovered, accountId }
  }
  type Three = Awaited<ReturnType<typeof startThree>>

  test.each<[string, (three: Three) => Promise<unknown>]>([
    ['a list is read', ({ person }) => person.query(HELD)],
    [
      'the attempt that was never opened is cancelled',
      ({ person, hovered: { flowId } }) =>
        person.query(`mutation { cancelFlow(input: { flowId: "${flowId}" }) { __typename } }`),
    ],
  ])('an account waits for the attempt that was opened last, when %s', async (what, look) => {
    const three = await startThree(`ada, ${what}`)
    await look(three)
    expect(await three.person.query(HELD)).toEqual({
      viewer: { accounts: { nodes: [{ id: three.accountId, heldFlowId: three.first.flowId }] } },
    })
  })

  test('a webhook that names another attempt wins', async () => {
    const { person, hovered } = await startThree('bea')
    gateway.advance(MINUTE_MS)
    const accountId = await person.typeKey(hovered.token, 'openai')
    await sendWebhook(gateway)
    const { viewer } = await person.query(HELD)
    expect(viewer).toMatchObject({
      accounts: {
        nodes: expect.arrayContaining([{ id: accountId, heldFlowId: hovered.flowId }]),
      },
    })
  })
})

describe('when Pipedream lists accounts of other users too', () => {
  test('a list shows the user’s own only', async () => {
    const gateway = await createTimedGateway()
    const [ada, bob] = [await gateway.signIn('ada'), await gateway.signIn('bob')]
    const accountId = await ada.connectOpenai()
    await bob.connectOpenai()
    ignoreUserFilter(gateway)
    expect(await showAccounts(ada)).toEqual([{ id: accountId, held: false }])
  })

  test('a flow that ends touches the user’s own only', async () => {
    const gateway = await createTimedGateway()
    const [ada, bob] = [await gateway.signIn('ada'), await gateway.signIn('bob')]
    const accountId = await bob.connectOpenai()
    gateway.emulator.accounts.update(accountId, { healthy: false, dead: true })
    const { token } = await ada.startConnecting('openai')
    ignoreUserFilter(gateway)
    await follow(gateway, await finishUrlOf(gateway, token), { cookies: new Map() })
    await gateway.server.reconcile()
    gateway.intercept(() => undefined)
    expect(await eventTypes(bob)).not.toContain('ACCOUNT_HEALTH_CHANGED')
    expect(await showAccounts(bob)).toEqual([{ id: accountId, held: false }])
  })
})
