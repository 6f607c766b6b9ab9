import { createHmac } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { deploy, triggerPath } from '../../test/deploy.ts'
import { createHarness, type Harness } from '../../test/harness.ts'
import { listen } from '../server/listen.ts'

const NOW = new Date('2026-01-01T00:00:00.000Z')
const HOOK = 'https://app.example/hook'
const PROJECT_HOOK = 'https://app.example/all'
const WEBHOOK = '/v1/connect/proj_emulator/webhook'

interface Received {
  url: string
  headers: Record<string, string>
  body: string
}

interface Scene extends Harness {
  received: Received[]
  waits: number[]
  /** Resolves after this many webhooks have arrived. */
  arrived: (count: number) => Promise<Received[]>
}

async function setScene(options: Parameters<typeof createHarness>[0] = {}): Promise<Scene> {
  const received: Received[] = []
  const waits: number[] = []
  const harness = await createHarness({
    now: () => NOW,
    sleep: async (milliseconds) => void waits.push(milliseconds),
    fetch: async (url, { headers, body }) => {
      received.push({ url, headers, body })
      return { status: 200 }
    },
    ...options,
  })
  const arrived = async (count: number) => {
    await expect.poll(() => received).toHaveLength(count)
    return received
  }
  return { ...harness, received, waits, arrived }
}

async function deployWithKey(scene: Scene): Promise<{ id: string; key: string }> {
  const { data } = (await deploy(scene, { webhook_url: HOOK })).body
  return { id: data.id, key: data.webhook_signing_key }
}

function isSigned({ headers, body }: Received, key: string): boolean {
  const [, t = '', v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers['x-pd-signature'] ?? '') ?? []
  return createHmac('sha256', key).update(`${t}.${body}`).digest('hex') === v1
}

test('an event is sent unchanged, signed, with its user', async () => {
  const scene = await setScene()
  const { id, key } = await deployWithKey(scene)
  expect(scene.emulator.triggers.emit(id, { text: 'Grüße', n: [1] })).toMatch(/-0$/)
  const [webhook] = await scene.arrived(1)
  expect(webhook).toMatchObject({
    url: HOOK,
    body: '{"text":"Grüße","n":[1]}',
    headers: {
      'content-type': 'application/json',
      'x-pd-timestamp': NOW.toISOString(),
      'x-pd-emitter-id': id,
      'x-pd-external-user-id': 'ada',
      'x-pd-project-id': 'proj_emulator',
      'x-pd-environment': 'development',
    },
  })
  expect(webhook?.headers['x-pd-signature']).toMatch(/^t=1767225600,v1=/)
  expect(webhook !== undefined && isSigned(webhook, key)).toBe(true)
  expect(scene.emulator.deliveries).toMatchObject([
    { event: 'TRIGGER_EVENT', url: HOOK, headers: webhook?.headers, body: webhook?.body },
  ])
})

test('an emitted event costs a credit', async () => {
  const scene = await setScene()
  const { id } = await deployWithKey(scene)
  scene.emulator.triggers.emit(id, 1)
  scene.emulator.triggers.emit(id, 2)
  const start = NOW.getTime() / 1000
  const usage = await scene.asServer(`/v1/connect/usage?start_ts=${start}&end_ts=${start + 60}`)
  expect(usage.body.data).toMatchObject([{ source_emit_credits_used: 2 }])
})

test('a user id of any characters fits into the header', async () => {
  const scene = await setScene()
  const user = 'Ada Grüße/🙂'
  const { data } = (await deploy(scene, { external_user_id: user, webhook_url: HOOK })).body
  scene.emulator.triggers.emit(data.id, {})
  const [webhook] = await scene.arrived(1)
  const header = new Headers(webhook?.headers).get('x-pd-external-user-id') ?? ''
  expect(decodeURIComponent(header)).toBe(user)
})

test('without its own webhooks a trigger uses the project’s, for its environment', async () => {
  const scene = await setScene()
  const created = await scene.asServer(WEBHOOK, { method: 'PUT', json: { url: PROJECT_HOOK } })
  const { data } = (await deploy(scene)).body
  const live = (await deploy(scene, {}, 'production')).body.data
  const own = await deployWithKey(scene)
  scene.emulator.triggers.emit(live.id, 'nowhere')
  scene.emulator.triggers.emit(data.id, 'project')
  scene.emulator.triggers.emit(own.id, 'own')
  const received = await scene.arrived(2)
  expect(received.map(({ url, body }) => [url, body])).toEqual([
    [PROJECT_HOOK, '"project"'],
    [HOOK, '"own"'],
  ])
  const [first, second] = received
  expect(first && isSigned(first, created.body.data.signing_key)).toBe(true)
  expect(second && isSigned(second, own.key)).toBe(true)
})

test('optionally, the project’s webhook also receives what goes to a trigger’s own', async () => {
  const scene = await setScene({ inferred: { triggerWebhooks: 'own-and-project' } })
  await scene.asServer(WEBHOOK, { method: 'PUT', json: { url: PROJECT_HOOK } })
  const { id } = await deployWithKey(scene)
  scene.emulator.triggers.emit(id, 1)
  expect((await scene.arrived(2)).map(({ url }) => url)).toEqual([HOOK, PROJECT_HOOK])
})

test('an inactive trigger emits nothing', async () => {
  const scene = await setScene()
  const { id } = await deployWithKey(scene)
  await scene.asServer(triggerPath(id), { method: 'PUT', json: { active: false } })
  expect(scene.emulator.triggers.emit(id, 1)).toBeNull()
  expect((await scene.asServer(triggerPath(id, '/events'))).body).toEqual({ data: [] })
  expect(scene.emulator.deliveries).toEqual([])
})

test('invalid events are rejected', async () => {
  const scene = await setScene()
  const { id } = await deployWithKey(scene)
  expect(() => scene.emulator.triggers.emit('dc_Unknown', 1)).toThrow(RangeError)
  expect(() => scene.emulator.triggers.emit(id, undefined)).toThrow(TypeError)
  expect(() => scene.emulator.triggers.emit(id, 1n)).toThrow(TypeError)
})

test('a forged webhook arrives first, with another signature than the trigger’s', async () => {
  const scene = await setScene()
  const { id, key } = await deployWithKey(scene)
  scene.emulator.faults.add({ kind: 'webhook-forged' })
  scene.emulator.triggers.emit(id, { text: 'hello' })
  const received = await scene.arrived(2)
  expect(received.map((one) => isSigned(one, key))).toEqual([false, true])
})

test.each([
  ['webhook-dropped', [2]],
  ['webhook-duplicated', [1, 1, 2]],
  ['webhook-reordered', [2, 1]],
] as const)('%s applies to triggers too', async (kind, order) => {
  const scene = await setScene()
  const { id, key } = await deployWithKey(scene)
  scene.emulator.faults.add({ kind, path: '/hook', times: 1 })
  scene.emulator.triggers.emit(id, 1)
  await expect
    .poll(() => scene.emulator.deliveries.some(({ state }) => state === 'pending'))
    .toBe(kind === 'webhook-reordered')
  scene.emulator.triggers.emit(id, 2)
  const received = await scene.arrived(order.length)
  expect(received.map(({ body }) => Number(body))).toEqual(order)
  expect(received.every((one) => isSigned(one, key))).toBe(true)
})

test('a delayed webhook waits', async () => {
  const scene = await setScene()
  const { id } = await deployWithKey(scene)
  scene.emulator.faults.add({ kind: 'webhook-delayed', delayMs: 10_000 })
  scene.emulator.triggers.emit(id, 1)
  await scene.arrived(1)
  expect(scene.waits).toEqual([10_000])
})

test('an active timer fires for each interval that the clock passes', async () => {
  const scene = await setScene()
  const { asServer, emulator } = scene
  const { id } = (
    await deploy(scene, {
      id: 'schedule-custom-interval',
      webhook_url: HOOK,
      configured_props: { cron: { intervalSeconds: 60 } },
    })
  ).body.data
  const put = (json: unknown) => asServer(triggerPath(id), { method: 'PUT', json })
  const times = async () =>
    (await asServer(`${triggerPath(id, '/events')}&n=100`)).body.data.map(
      ({ ts }) => (Number(ts) - NOW.getTime()) / 1000,
    )
  emulator.clock.advance(59_999)
  expect(await times()).toEqual([])
  emulator.clock.advance(1)
  expect(await times()).toEqual([60])
  emulator.clock.advance(125_000)
  expect(await times()).toEqual([180, 120, 60])
  await scene.arrived(3)
  await put({ active: false })
  emulator.clock.advance(600_000)
  await put({ active: true })
  expect(await times()).toEqual([180, 120, 60])
  emulator.clock.advance(60_000)
  expect((await times())[0]).toBe(845)
  const changed = await put({ configured_props: { cron: { intervalSeconds: 600 } } })
  expect(changed.body.data).toMatchObject({
    interval_seconds: 600,
    schedule_changed_at: NOW.getTime() / 1000 + 845,
  })
  emulator.clock.advance(599_999)
  expect(await times()).toHaveLength(4)
  emulator.clock.advance(1)
  expect((await times())[0]).toBe(1445)
})

test('a timer that missed many intervals emits no more than can be listed', async () => {
  const scene = await setScene()
  const configured_props = { cron: { intervalSeconds: 1 } }
  const { id } = (await deploy(scene, { id: 'schedule-custom-interval', configured_props })).body
    .data
  scene.emulator.clock.advance(3_000_000)
  const { data } = (await scene.asServer(`${triggerPath(id, '/events')}&n=100`)).body
  const seconds = data.map(({ ts }) => (Number(ts) - NOW.getTime()) / 1000)
  expect([seconds.length, seconds[0], seconds.at(-1)]).toEqual([100, 3000, 2901])
})

test('over the port', async () => {
  const { url, emulator, close } = await listen({ port: 0 })
  onTestFinished(close)
  const order = async (id: string, json: unknown) => {
    const path = `${url}/__emulator/triggers/${id}/events`
    const response = await fetch(path, { method: 'POST', body: JSON.stringify(json) })
    return { status: response.status, body: await response.json() }
  }
  expect(await order('dc_Unknown', { event: 1 })).toMatchObject({ status: 400 })
  const { clientId, clientSecret } = emulator.credentials
  const post = async (path: string, bearer: string, json: unknown) =>
    (
      await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bearer}` },
        body: JSON.stringify(json),
      })
    ).json()
  const grant = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  }
  const { access_token } = await post('/v1/oauth/token', '', grant)
  const { data } = await post('/v1/connect/proj_emulator/triggers/deploy', access_token, {
    id: 'http-new-requests',
    external_user_id: 'ada',
  })
  const emitted = await order(data.id, { event: { a: 1 }, summary: 'one' })
  expect(emitted).toEqual({ status: 200, body: { id: expect.any(String) } })
  expect(await order(data.id, {})).toMatchObject({ status: 400 })
  const events = await fetch(`${url}${triggerPath(data.id, '/events')}`, {
    headers: { authorization: `Bearer ${access_token}`, 'x-pd-environment': 'production' },
  })
  expect((await events.json()).data).toMatchObject([{ e: { a: 1 }, sum: 'one' }])
})
