import { array, assert, asyncProperty, constantFrom, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createTestGateway } from '../../../test/fixtures/create-test-gateway.ts'
import { finishUrlOf, follow, showAccounts } from '../../../test/fixtures/follow-flow.ts'
import {
  ACCOUNTS,
  create,
  CREATED,
  createPreparingGateway,
  eventsOf,
  OPENAI,
  prepare,
  PREPARED,
} from '../../../test/fixtures/preparing-gateway.ts'

const MINUTE_MS = 60_000
const SLACK = { app: 'slack' }

describe('a prepared token', () => {
  test('is no flow, leaves no event, and is not returned', async () => {
    const { signIn, users } = await createPreparingGateway()
    const ada = await signIn('ada')
    const prepared = await prepare(ada)
    expect(Object.keys(prepared)).toEqual(['__typename', 'expiresAt'])
    expect(users).toEqual(['ada'])
    expect(await eventsOf(ada)).toEqual([])
  })

  test('attributes no account to itself', async () => {
    const { signIn, emulator, server, advance } = await createPreparingGateway()
    const ada = await signIn('ada')
    await prepare(ada)
    const account = { ...OPENAI, externalUserId: 'ada', createdAt: emulator.clock.now() }
    emulator.seed({ accounts: [account] })
    const read = async () => Object(await ada.query(ACCOUNTS)).viewer.accounts.nodes
    const [seen] = await read()
    expect(seen.held).toBe(false)
    advance(60 * MINUTE_MS)
    await server.reconcile()
    expect(await read()).toEqual([seen])
    expect(await eventsOf(ada)).toEqual([])
  })

  test('becomes the flow of the next click, without another request to Pipedream', async () => {
    const { signIn, asked, users } = await createPreparingGateway()
    const ada = await signIn('ada')
    expect(await prepare(ada)).toMatchObject(PREPARED)
    const before = asked.length
    const created = await create(ada)
    expect(created).toMatchObject({ ...CREATED, flow: { app: 'openai', status: 'OPEN' } })
    expect(asked).toHaveLength(before)
    expect(users).toEqual(['ada'])
    expect(await eventsOf(ada)).toEqual(['FLOW_CREATED'])
    const { token, flow } = Object(created)
    const accountId = await ada.typeKey(token, 'openai')
    expect(await ada.confirm(flow.id, accountId)).toMatchObject({
      __typename: 'ConfirmedConnection',
    })
  })

  test('serves a click that comes while it is being minted', async () => {
    const { signIn, users } = await createPreparingGateway()
    const ada = await signIn('ada')
    await prepare(ada, SLACK)
    const [, created] = await Promise.all([prepare(ada), create(ada)])
    expect(created).toMatchObject(CREATED)
    expect(users).toHaveLength(2)
  })

  test('is prepared once, however often the pointer comes back', async () => {
    const { signIn, users } = await createPreparingGateway()
    const ada = await signIn('ada')
    const first = await prepare(ada)
    expect(await Promise.all([prepare(ada), prepare(ada)])).toEqual([first, first])
    expect(users).toHaveLength(1)
  })

  test('serves one flow: two clicks get two tokens', async () => {
    const { signIn, users } = await createPreparingGateway()
    const ada = await signIn('ada')
    await prepare(ada)
    const [one, other] = await Promise.all([create(ada), create(ada)])
    expect([one, other]).toMatchObject([CREATED, CREATED])
    expect(one.token).not.toBe(other.token)
    expect(users).toHaveLength(2)
  })

  test('serves its own target alone', async () => {
    const { signIn, users } = await createPreparingGateway()
    const ada = await signIn('ada')
    const accountId = await ada.connectOpenai()
    await prepare(ada)
    for (const input of [SLACK, { accountId }, { ...OPENAI, accountId }]) {
      expect(await create(ada, input)).toMatchObject(CREATED)
    }
    expect(users).toHaveLength(5)
  })

  test('is dropped at half of its lifetime', async () => {
    const { signIn, users, advance } = await createPreparingGateway()
    const ada = await signIn('ada')
    const { expiresAt } = await prepare(ada)
    advance(8 * MINUTE_MS)
    expect(await create(ada)).toMatchObject(CREATED)
    expect(users).toHaveLength(2)
    await prepare(ada)
    advance(7 * MINUTE_MS)
    const again = await prepare(ada)
    expect(Date.parse(String(again.expiresAt))).toBeGreaterThan(Date.parse(String(expiresAt)))
    expect(await create(ada)).toMatchObject(CREATED)
    expect(users).toHaveLength(3)
  })

  test.each([-3, 3])(
    'holds its account, although the clock is set %i minutes ahead meanwhile',
    async (minutes) => {
      let ahead = 0
      const gateway = await createTestGateway({ now: () => new Date(Date.now() + ahead) })
      const ada = await gateway.signIn('ada')
      await prepare(ada)
      ahead = minutes * MINUTE_MS
      const { token } = await create(ada)
      const accountId = await ada.typeKey(String(token), 'openai')
      expect(await showAccounts(ada)).toEqual([{ id: accountId, held: true }])
    },
  )
})

describe('no one else gets a prepared token', () => {
  test('another browser of the same user', async () => {
    const { signIn, users } = await createPreparingGateway()
    const [here, there] = [await signIn('ada'), await signIn('ada')]
    await prepare(here)
    expect(await create(there)).toMatchObject(CREATED)
    expect(users).toEqual(['ada', 'ada'])
    await create(here)
    expect(users).toHaveLength(2)
  })

  test('another user with the same browser cookie', async () => {
    const { signIn, users } = await createPreparingGateway()
    const [ada, mallory] = [await signIn('ada'), await signIn('mallory')]
    await prepare(ada)
    mallory.cookies.set('browser', String(ada.cookies.get('browser')))
    expect(await create(mallory)).toMatchObject(CREATED)
    expect(users).toEqual(['ada', 'mallory'])
  })

  test('the user who signs in after a sign-out, even the same one', async () => {
    const { signIn, users } = await createPreparingGateway()
    const ada = await signIn('ada')
    await prepare(ada)
    await ada.post('/auth/sign-out', {})
    expect(await create(ada)).toMatchObject({ __typename: 'NotSignedIn' })
    await ada.post('/auth/demo', { externalUserId: 'ada' })
    expect(await create(ada)).toMatchObject(CREATED)
    expect(users).toHaveLength(2)
  })

  test('whatever the order of hovers and clicks, each flow has its own token, of its own user', async () => {
    const step = record({
      who: constantFrom(0, 1, 2),
      act: constantFrom('prepare', 'create'),
      input: constantFrom(OPENAI, SLACK),
      waits: constantFrom(true, false),
      minutes: constantFrom(0, 0, 0, 5),
    })
    const run = asyncProperty(array(step, { maxLength: 12 }), async (steps) => {
      const { signIn, emulator, intercept, advance } = await createPreparingGateway()
      const owners = new Map<string, string>()
      intercept(async (request) => {
        if (!request.url.endsWith('/tokens')) return undefined
        const { external_user_id: owner } = await request.clone().json()
        const response = await emulator.fetch(request)
        owners.set((await response.clone().json()).token, owner)
        return response
      })
      const names = ['ada', 'ada', 'grace']
      const people = await Promise.all(names.map((name) => signIn(name)))
      await Promise.all(people.map((person) => create(person, SLACK)))
      const clicks: Promise<readonly [string | undefined, unknown]>[] = []
      for (const { who, act, input, waits, minutes } of steps) {
        advance(minutes * MINUTE_MS)
        const person = people[who]
        if (!person) continue
        const done = act === 'prepare' ? prepare(person, input) : create(person, input)
        if (act === 'create') clicks.push(done.then(({ token }) => [names[who], token] as const))
        if (waits) await done
      }
      const issued = await Promise.all(clicks)
      expect(new Set(issued.map(([, token]) => token)).size).toBe(issued.length)
      for (const [name, token] of issued) expect(owners.get(String(token))).toBe(name)
    })
    await assert(run, { numRuns: 40 })
    expect.hasAssertions()
  })
})

test('an account that is held by now is not reconnected with a prepared token', async () => {
  const gateway = await createPreparingGateway()
  const { signIn, browser, advance } = gateway
  const ada = await signIn('ada')
  const accountId = await ada.connectOpenai()
  const { token } = Object(await create(ada, { accountId }))
  await prepare(ada, { accountId })
  const finishUrl = await finishUrlOf(gateway, token)
  advance(1000)
  await ada.typeKey(token, 'openai', accountId)
  gateway.intercept(({ method }) =>
    method === 'DELETE' ? new Response('', { status: 503 }) : undefined,
  )
  // Another browser finishes the flow, which revokes it.
  await follow(gateway, finishUrl, browser())
  expect(await create(ada, { accountId })).toMatchObject({ __typename: 'NotAllowed' })
})
