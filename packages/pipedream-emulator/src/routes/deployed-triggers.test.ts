import { expect, test } from 'vitest'
import { withChanges } from '../../test/response-body.ts'
import { deploy, triggerPath } from '../../test/deploy.ts'
import { createHarness, type Harness, newAccessToken } from '../../test/harness.ts'

const LIST = '/v1/connect/proj_emulator/deployed-triggers'
const ACCOUNTS = [
  { externalUserId: 'ada', app: 'slack', id: 'apn_AdaSlack' },
  { externalUserId: 'grace', app: 'slack', id: 'apn_GraceSlack' },
]
const TIMER = {
  id: 'schedule-custom-interval',
  configured_props: { cron: { intervalSeconds: 900 } },
}

async function start(): Promise<Harness> {
  return createHarness({
    now: () => new Date('2026-01-01T00:00:00Z'),
    seed: { accounts: ACCOUNTS },
  })
}

const source = (user = 'ada', account = 'apn_AdaSlack') => ({
  id: 'slack-new-message',
  external_user_id: user,
  configured_props: { slack: { authProvisionId: account } },
})

async function newId(harness: Harness, body: Record<string, unknown> = {}): Promise<string> {
  return (await deploy(harness, body)).body.data.id
}

test('a paged list of one user and one kind', async () => {
  const harness = await start()
  const { asServer } = harness
  const ids = [await newId(harness, source()), await newId(harness, source())]
  const http = await newId(harness)
  const timer = await newId(harness, TIMER)
  await newId(harness, source('grace', 'apn_GraceSlack'))
  const list = async (query: string) =>
    (await asServer(`${LIST}?external_user_id=ada${query}`)).body
  const idsOf = async (query: string) =>
    (await list(query)).data.map(({ id }: { id: string }) => id)
  expect(await idsOf('')).toEqual(ids)
  expect(await idsOf('&emitter_type=source')).toEqual(ids)
  expect(await idsOf('&emitter_type=http')).toEqual([http])
  expect(await idsOf('&emitter_type=timer')).toEqual([timer])
  expect(await idsOf('&emitter_type=email')).toEqual([])
  const first = await list('&limit=1')
  expect(first.page_info).toMatchObject({ total_count: 2, count: 1 })
  expect(await idsOf(`&limit=1&after=${first.page_info.end_cursor}`)).toEqual([ids[1]])
  expect(await asServer(`${LIST}?external_user_id=ada&emitter_type=fax`)).toMatchObject({
    status: 400,
  })
  expect(await asServer(LIST)).toMatchObject({ status: 400 })
})

test('only its own user finds it, in its own environment', async () => {
  const harness = await start()
  const id = await newId(harness)
  const { asServer, call } = harness
  expect((await asServer(triggerPath(id))).body.data.id).toBe(id)
  expect(await asServer(triggerPath(id, '', 'grace'))).toMatchObject({ status: 404 })
  expect(await asServer(triggerPath('hi_Unknown'))).toMatchObject({ status: 404 })
  expect(await asServer(triggerPath(id), { environment: 'production' })).toMatchObject({
    status: 404,
  })
  expect(await asServer(`${LIST}/${id}`)).toMatchObject({ status: 400 })
  const bearer = await harness.newConnectToken()
  expect(
    await call(`/v1/connect/deployed-triggers/${id}?external_user_id=ada`, { bearer }),
  ).toMatchObject({ status: 200 })
  const grace = await harness.newConnectToken({ external_user_id: 'grace' })
  expect(await call(triggerPath(id), { bearer: grace })).toMatchObject({ status: 403 })
  expect(await call(triggerPath(id, '', 'grace'), { bearer: grace })).toMatchObject({ status: 404 })
})

test('permission to read is no permission to write', async () => {
  const harness = await start()
  const id = await newId(harness)
  const bearer = await newAccessToken(harness.call, 'connect:deployed_triggers:read')
  const ask = (method: string, rest = '') =>
    harness.asServer(triggerPath(id, rest), {
      method,
      bearer,
      json: method === 'GET' ? undefined : {},
    })
  for (const rest of ['', '/events', '/pipelines', '/webhooks']) {
    expect(await ask('GET', rest)).toMatchObject({ status: 200 })
  }
  for (const rest of ['', '/pipelines', '/webhooks']) {
    expect(await ask('PUT', rest)).toMatchObject({ status: 403 })
  }
  expect(await ask('DELETE')).toMatchObject({ status: 403 })
})

test('named fields change, and the rest stays', async () => {
  const harness = await start()
  const id = await newId(harness, source())
  const put = (json: unknown) => harness.asServer(triggerPath(id), { method: 'PUT', json })
  const before = (await harness.asServer(triggerPath(id))).body.data
  harness.emulator.clock.advance(60_000)
  const renamed = await put({ name: 'Acme Trigger', active: false, emit_on_deploy: false })
  expect(renamed).toMatchObject({ status: 200 })
  expect(renamed.body.data).toEqual(
    withChanges(before, {
      name: 'Acme Trigger',
      name_slug: 'acme-trigger',
      active: false,
      emit_on_deploy: false,
      updated_at: before.updated_at + 60,
    }),
  )
  const moved = await put({ configured_props: { conversations: ['C01'] } })
  expect(moved.body.data.configured_props).toEqual({
    slack: { authProvisionId: 'apn_AdaSlack' },
    conversations: ['C01'],
  })
  const stolen = await put({ configured_props: { slack: { authProvisionId: 'apn_GraceSlack' } } })
  expect(stolen).toMatchObject({ status: 500 })
  expect(await put({ active: 'yes' })).toMatchObject({ status: 400 })
  expect((await harness.asServer(triggerPath(id))).body).toEqual(moved.body)
})

test('a deleted trigger is gone', async () => {
  const harness = await start()
  const id = await newId(harness)
  const path = `${triggerPath(id)}&ignore_hook_errors=true`
  expect(await harness.asServer(path, { method: 'DELETE' })).toMatchObject({
    status: 204,
    body: '',
  })
  expect(await harness.asServer(path, { method: 'DELETE' })).toMatchObject({ status: 404 })
})

test('its events, newest first, as many as requested and at most 100', async () => {
  const harness = await start()
  const { emulator, asServer } = harness
  const id = await newId(harness)
  for (let turn = 1; turn <= 101; turn += 1) emulator.triggers.emit(id, { turn })
  emulator.clock.advance(1)
  emulator.triggers.emit(id, { turn: 102 }, { summary: 'the last' })
  const events = async (n = '') => (await asServer(`${triggerPath(id, '/events')}${n}`)).body.data
  const newest = await events('&n=1')
  const ts = new Date('2026-01-01T00:00:00.001Z').getTime()
  expect(newest).toEqual([{ e: { turn: 102 }, k: 'emit', ts, id: `${ts}-0`, sum: 'the last' }])
  expect(await events()).toHaveLength(20)
  expect(await events('&n=0')).toHaveLength(1)
  const all = await events('&n=1000')
  expect(all).toHaveLength(100)
  expect(all.map(({ e }: { e: { turn: number } }) => e.turn).slice(0, 3)).toEqual([102, 101, 100])
  expect(new Set(all.map(({ id: one }: { id: string }) => one)).size).toBe(100)
})

test('its workflows are replaced as a whole', async () => {
  const harness = await start()
  const path = triggerPath(await newId(harness), '/pipelines')
  const put = (json: unknown) => harness.asServer(path, { method: 'PUT', json })
  const ids = ['p_One', 'p_Two']
  expect((await put({ workflow_ids: [...ids, 'p_One'] })).body).toEqual({ workflow_ids: ids })
  expect((await harness.asServer(path)).body).toEqual({ workflow_ids: ids })
  for (const workflow_ids of [['One'], 'p_One', null, [1]]) {
    expect(await put({ workflow_ids })).toMatchObject({ status: 400 })
  }
  expect((await put({ workflow_ids: [] })).body).toEqual({ workflow_ids: [] })
})
