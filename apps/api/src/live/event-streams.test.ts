import { describe, expect, test } from 'vitest'
import { createVerifyJwt } from '../auth/verify-jwt.ts'
import { InvalidBearer, KeysUnavailable } from '../errors.ts'
import { unlimited } from '../http/rate-limits.ts'
import { openDatabase } from '../store/open-database.ts'
import { createIssuer } from '../../test/fixtures/create-issuer.ts'
import { testLimits } from '../../test/fixtures/create-test-gateway.ts'
import { createLiveTestGateway } from '../../test/fixtures/create-live-gateway.ts'
import { describePostgres } from '../../test/fixtures/engines.ts'
import { subscribe } from '../../test/fixtures/subscribe.ts'

test('headers tell proxies to pass on every event immediately', async () => {
  const { signIn } = await createLiveTestGateway()
  const { response } = await subscribe(await signIn('ada'))
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  expect(response.headers.get('cache-control')).toContain('no-transform')
  expect(response.headers.get('x-accel-buffering')).toBe('no')
})

test('an idle stream sends heartbeats', async () => {
  const { signIn, tick } = await createLiveTestGateway()
  const stream = await subscribe(await signIn('ada'))
  expect(await stream.read()).toMatch(/^retry: \d+\nid: \d+\n\n$/)
  tick()
  expect(await stream.read()).toBe(':\n\n')
})

test('a reader that does not read is dropped, and misses nothing when it reconnects', async () => {
  const { signIn, happen } = await createLiveTestGateway({ live: { pendingBytes: 2000 } })
  const ada = await signIn('ada')
  const slow = await subscribe(ada)
  await slow.read()
  const quick = await subscribe(ada)
  const accountIds = Array.from({ length: 30 }, (_, index) => `apn_${index}`)
  for (const id of accountIds) {
    await happen('ada', id)
    await quick.take(1)
  }
  // What had been sent before.
  const taken: unknown[] = []
  const takeAll = async () => {
    for (;;) taken.push((await slow.take(1))[0]?.accountId)
  }
  await expect(takeAll()).rejects.toBeInstanceOf(Error)
  expect(taken.length).toBeLessThan(30)
  const [lastEventId] = [...slow.text().matchAll(/(?<=^id: )\d+$/gm)].at(-1) ?? []
  const again = await subscribe(ada, { lastEventId })
  const rest = await again.take(30 - taken.length)
  expect([...taken, ...rest.map((event) => event.accountId)]).toEqual(accountIds)
})

test('the heartbeat drops a reader that reads nothing', async () => {
  const { signIn, tick } = await createLiveTestGateway({ live: { pendingBytes: 100 } })
  const stream = await subscribe(await signIn('ada'))
  await stream.read()
  for (let beats = 0; beats < 100; beats += 1) tick()
  await expect(stream.next()).rejects.toBeInstanceOf(Error)
})

test('a reader that catches up slowly is not dropped', async () => {
  const { signIn, happen } = await createLiveTestGateway({ live: { pendingBytes: 300 } })
  const ada = await signIn('ada')
  for (let count = 0; count < 120; count += 1) await happen('ada', `apn_${count}`)
  const stream = await subscribe(ada, { after: '0' })
  expect(await stream.take(120)).toHaveLength(120)
})

/** A subscriber with a JWT that is accepted for a minute, whose keys cannot be fetched afterwards. */
async function subscribeWithJwt() {
  let time = Math.floor(Date.now() / 1000)
  let areKeysGone = false
  const issuer = await createIssuer()
  const now = () => new Date(time * 1000)
  const verify = createVerifyJwt(issuer.auth, { fetch: issuer.fetch, now })
  const gateway = await createLiveTestGateway({
    now,
    async verifyJwt(jwt) {
      if (areKeysGone) throw new KeysUnavailable({})
      return verify(jwt)
    },
  })
  const exp = time + 60 - issuer.auth.clockToleranceSeconds
  const ada = gateway.browser()
  ada.headers.authorization = `Bearer ${await issuer.sign({ exp })}`
  const stream = await subscribe(ada)
  await stream.read()
  areKeysGone = true
  return { ...gateway, stream, pass: (seconds: number) => void (time += seconds) }
}

describe('a subscriber that is no longer signed in', () => {
  test.each([
    ['signing out', '/auth/sign-out', {}],
    ['signing in as another user', '/auth/demo', { externalUserId: 'bob' }],
  ])('receives nothing after %s', async (_, path, body) => {
    const { signIn, tick } = await createLiveTestGateway()
    const ada = await signIn('ada')
    const [stream, other] = [await subscribe(ada), await subscribe(await signIn('ada'))]
    await ada.post(path, body)
    expect(await stream.next()).toMatchObject({ event: 'complete' })
    expect(await stream.next()).toBeUndefined()
    tick()
    await other.read()
    expect(await other.read()).toBe(':\n\n')
  })

  test('receives nothing after signing out while the stream opened', async () => {
    const [isCounted, isOut] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    let isOpening = false
    const take = async (name: string) => {
      if (!isOpening || name !== 'person') return undefined
      isOpening = false
      isCounted.resolve()
      await isOut.promise
      return undefined
    }
    const limits = { ...testLimits, rates: { ...unlimited, take } }
    const { signIn } = await createLiveTestGateway({ limits })
    const ada = await signIn('ada')
    isOpening = true
    const opening = subscribe(ada)
    await isCounted.promise
    await ada.post('/auth/sign-out', {})
    isOut.resolve()
    const stream = await opening
    await stream.read()
    expect(await stream.next()).toMatchObject({ event: 'complete' })
  })

  test('receives nothing after signing out at another replica, from the next check on', async () => {
    const database = await openDatabase(':memory:')
    const [here, there] = await Promise.all(
      [1, 2].map(async () => createLiveTestGateway({ database })),
    )
    if (!here || !there) throw new Error('There are two.')
    const ada = await here.signIn('ada')
    const adaThere = there.browser()
    for (const [name, value] of ada.cookies) adaThere.cookies.set(name, value)
    const stream = await subscribe(adaThere)
    await ada.post('/auth/sign-out', {})
    there.tick()
    expect(await stream.next()).toMatchObject({ event: 'complete' })
  })

  test('receives events while its JWT cannot be verified, until it expires', async () => {
    const { stream, happen, pass, tick } = await subscribeWithJwt()
    pass(59)
    tick()
    await happen('ada', 'apn_1')
    expect(await stream.take(1)).toMatchObject([{ accountId: 'apn_1' }])
    pass(1)
    await happen('ada', 'apn_2')
    expect(await stream.next()).toMatchObject({ event: 'complete' })
    expect(stream.text()).not.toContain('apn_2')
  })

  test('is disconnected when its JWT has expired, without an event', async () => {
    const { stream, pass, tick } = await subscribeWithJwt()
    pass(60)
    tick()
    expect(await stream.next()).toMatchObject({ event: 'complete' })
  })

  test('does not wait for the checks of others, some of them running at the same time', async () => {
    let isRechecking = false
    let running = 0
    const { browser, tick } = await createLiveTestGateway({
      async verifyJwt(jwt) {
        const expiresAt = new Date(Date.now() + 60_000)
        if (isRechecking && jwt === 'withdrawn') throw new InvalidBearer('Its key was withdrawn.')
        if (isRechecking) await new Promise(() => (running += 1))
        return { viewer: { kind: 'user', externalUserId: jwt }, expiresAt }
      },
    })
    const subscribeAs = async (jwt: string) => {
      const person = browser()
      person.headers.authorization = `Bearer ${jwt}`
      return subscribe(person)
    }
    await subscribeAs('first')
    const withdrawn = await subscribeAs('withdrawn')
    for (let count = 0; count < 100; count += 1) await subscribeAs(`user-${count}`)
    isRechecking = true
    tick()
    expect(await withdrawn.next()).toMatchObject({ event: 'complete' })
    expect(running).toBeLessThan(100)
  })
})

describe('limits', () => {
  test('a user has a maximum number of streams, until one is closed', async () => {
    const { signIn } = await createLiveTestGateway({ live: { perUser: 2 } })
    const ada = await signIn('ada')
    const first = await subscribe(ada)
    await subscribe(ada)
    const { response } = await subscribe(ada)
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
    expect((await subscribe(await signIn('bob'))).response.status).toBe(200)
    await first.leave()
    expect((await subscribe(ada)).response.status).toBe(200)
  })

  test('a process has a maximum number of streams', async () => {
    const { signIn } = await createLiveTestGateway({ live: { perProcess: 1 } })
    await subscribe(await signIn('ada'))
    const { response } = await subscribe(await signIn('bob'))
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
  })
})

test('a server that stops ends the streams without completing them', async () => {
  const { server, signIn } = await createLiveTestGateway()
  const stream = await subscribe(await signIn('ada'))
  await stream.read()
  await server.close()
  expect(await stream.next()).toBeUndefined()
  expect(stream.text()).not.toContain('complete')
})

describePostgres('two servers on PostgreSQL', ({ makePlace }) => {
  test('an event of one server reaches the other, and a stream resumes there', async () => {
    const { location, remove } = await makePlace()
    const [here, there] = await Promise.all(
      [1, 2].map(async () => createLiveTestGateway({ database: await openDatabase(location) })),
    )
    if (!here || !there) throw new Error('There are two.')
    const ada = await here.signIn('ada')
    const adaThere = there.browser()
    for (const [name, value] of ada.cookies) adaThere.cookies.set(name, value)
    const stream = await subscribe(adaThere)
    const accountId = await ada.connectOpenai()
    const [started, connected] = await stream.take(2)
    expect(started).toMatchObject({ type: 'FLOW_CREATED' })
    expect(connected).toMatchObject({ type: 'FLOW_SUCCEEDED', accountId })
    const resumed = await subscribe(ada, { after: String(started?.id) })
    expect(await resumed.take(1)).toEqual([connected])
    await Promise.all([here.server.close(), there.server.close()])
    await remove()
  })
})
