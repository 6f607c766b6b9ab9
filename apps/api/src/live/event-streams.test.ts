import { describe, expect, test } from 'vitest'
import { InvalidBearer } from '../errors.ts'
import { openDatabase } from '../store/open-database.ts'
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

describe('a subscriber that is no longer signed in', () => {
  test('receives nothing after signing out', async () => {
    const { signIn, tick } = await createLiveTestGateway()
    const ada = await signIn('ada')
    const [stream, other] = [await subscribe(ada), await subscribe(await signIn('ada'))]
    await ada.post('/auth/sign-out', {})
    tick()
    expect(await stream.next()).toMatchObject({ event: 'complete' })
    expect(await stream.next()).toBeUndefined()
    await other.read()
    expect(await other.read()).toBe(':\n\n')
  })

  test('receives nothing once its JWT has expired', async () => {
    let hasExpired = false
    const { browser, tick } = await createLiveTestGateway({
      async verifyJwt() {
        if (hasExpired) throw new InvalidBearer('It has expired.')
        return { kind: 'user', externalUserId: 'ada' }
      },
    })
    const ada = browser()
    ada.headers.authorization = 'Bearer a.b.c'
    const stream = await subscribe(ada)
    hasExpired = true
    tick()
    expect(await stream.next()).toMatchObject({ event: 'complete' })
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
