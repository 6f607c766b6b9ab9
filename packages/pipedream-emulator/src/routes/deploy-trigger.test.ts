import { anything, assert, asyncProperty, constantFrom, dictionary, oneof } from 'fast-check'
import { expect, test } from 'vitest'
import { deploy, triggerPath } from '../../test/deploy.ts'
import { createHarness, newAccessToken } from '../../test/harness.ts'

const NOW = new Date('2026-01-01T00:00:00.900Z')
const SECONDS = 1_767_225_600
const KEY = /^[0-9a-f]{64}$/
const ACCOUNTS = [
  { externalUserId: 'ada', app: 'slack', id: 'apn_AdaSlack' },
  { externalUserId: 'ada', app: 'google_sheets', id: 'apn_AdaSheets' },
  { externalUserId: 'grace', app: 'slack', id: 'apn_GraceSlack' },
  { externalUserId: 'ada', app: 'slack', id: 'apn_AdaLive', environment: 'production' as const },
]
const start = () => createHarness({ now: () => NOW, seed: { accounts: ACCOUNTS } })
const slack = (id: string) => ({ slack: { authProvisionId: id } })

test('a source has exactly these keys', async () => {
  const harness = await start()
  const { status, body } = await deploy(harness, {
    id: 'slack-new-message',
    version: '0.0.1',
    configured_props: slack('apn_AdaSlack'),
    emit_on_deploy: false,
  })
  const users = await harness.asServer('/v1/connect/proj_emulator/users?q=ada')
  const owner = users.body.data[0]?.id ?? ''
  expect([status, body]).toEqual([
    200,
    {
      data: {
        id: expect.stringMatching(/^dc_[0-9A-Za-z]+$/),
        owner_id: owner,
        component_id: expect.stringMatching(/^sc_/),
        component_key: 'slack-new-message',
        configurable_props: expect.arrayContaining([{ name: 'slack', type: 'app', app: 'slack' }]),
        configured_props: slack('apn_AdaSlack'),
        active: true,
        created_at: SECONDS,
        updated_at: SECONDS,
        name: `Emulator - ${owner}`,
        name_slug: `emulator---${owner.toLowerCase().replace('_', '-')}`,
        callback_observations: null,
        emit_on_deploy: false,
        type: 'DeployedComponent',
      },
    },
  ])
})

test('an HTTP interface and a timer have exactly these', async () => {
  const harness = await start()
  const http = await deploy(harness)
  const { key } = http.body.data
  expect(http.body.data).toEqual({
    id: expect.stringMatching(/^hi_/),
    key: expect.stringMatching(/^[0-9a-z]+$/),
    endpoint_url: expect.any(String),
    custom_response: true,
    created_at: SECONDS,
    updated_at: SECONDS,
    type: 'HttpInterface',
  })
  expect(new URL(http.body.data.endpoint_url).hostname.split('.')[0]).toBe(key)
  const timer = await deploy(harness, {
    id: 'schedule-custom-interval',
    configured_props: { cron: { intervalSeconds: 900 } },
  })
  expect(timer.body.data).toEqual({
    id: expect.stringMatching(/^ti_/),
    interval_seconds: 900,
    cron: null,
    timezone: 'UTC',
    schedule_changed_at: SECONDS,
    created_at: SECONDS,
    updated_at: SECONDS,
    type: 'TimerInterface',
  })
})

test('the signing key is returned to servers when there is a webhook', async () => {
  const harness = await start()
  const webhook_url = 'https://app.example/hook'
  const asked = await deploy(harness, { webhook_url })
  expect(asked.body.data.webhook_signing_key).toMatch(KEY)
  expect((await deploy(harness)).body.data).not.toHaveProperty('webhook_signing_key')
  const again = await harness.asServer(triggerPath(asked.body.data.id))
  expect(again.body.data).not.toHaveProperty('webhook_signing_key')
  const bearer = await harness.newConnectToken()
  const byUser = await harness.call('/v1/connect/triggers/deploy', {
    method: 'POST',
    bearer,
    json: { id: 'http-new-requests', external_user_id: 'ada', webhook_url },
  })
  expect(byUser.status).toBe(200)
  expect(byUser.body.data).not.toHaveProperty('webhook_signing_key')
})

test('each call deploys another trigger, and a workflow can be its destination', async () => {
  const harness = await start()
  const first = await deploy(harness, { workflow_id: 'p_Abc123' })
  const second = await deploy(harness)
  expect(first.body.data.id).not.toBe(second.body.data.id)
  const workflows = await harness.asServer(triggerPath(first.body.data.id, '/pipelines'))
  expect(workflows.body).toEqual({ workflow_ids: ['p_Abc123'] })
})

test.each([
  ['an unknown', 'apn_Unknown'],
  ['another user’s', 'apn_GraceSlack'],
  ['another environment’s', 'apn_AdaLive'],
  ['another app’s', 'apn_AdaSheets'],
])('%s account is an unexplained failure', async (_, id) => {
  const harness = await start()
  const body = { id: 'slack-new-message', configured_props: slack(id) }
  expect(await deploy(harness, body)).toMatchObject({
    status: 500,
    body: { error: 'Internal Server Error' },
  })
  const path = '/v1/connect/proj_emulator/deployed-triggers?external_user_id=ada'
  expect((await harness.asServer(path)).body.data).toEqual([])
})

test.each([
  [400, { id: '' }],
  [400, { external_user_id: '' }],
  [400, { id: 'slack-new-message' }],
  [400, { id: 'slack-new-message', configured_props: { slack: 'apn_AdaSlack' } }],
  [400, { id: 'schedule-custom-interval' }],
  [400, { id: 'schedule-custom-interval', configured_props: { cron: { cron: '0 9 * * 1' } } }],
  [400, { id: 'schedule-custom-interval', configured_props: { cron: { intervalSeconds: 0 } } }],
  [400, { id: 'schedule-custom-interval', configured_props: { cron: { intervalSeconds: '9' } } }],
  [400, { configured_props: [] }],
  [400, { webhook_url: 'javascript:alert(1)' }],
  [400, { workflow_id: 'Abc123' }],
  [400, { emit_on_deploy: 'no' }],
  [400, { dynamic_props_id: 'dyp_Unknown' }],
  [404, { id: 'slack-no-such-thing' }],
  [404, { id: 'slack-send-message' }],
  [404, { version: '9.9.9' }],
])('%i for %j', async (status, body) => {
  const response = await deploy(await start(), body)
  expect(response).toMatchObject({ status, body: { error: expect.any(String) } })
})

test('access: the scope of triggers, and users for themselves', async () => {
  const harness = await start()
  const ask = (bearer: string, external_user_id = 'ada') =>
    harness.asServer('/v1/connect/proj_emulator/triggers/deploy', {
      method: 'POST',
      bearer,
      json: { id: 'http-new-requests', external_user_id },
    })
  expect(await ask(await newAccessToken(harness.call, 'connect:actions:*'))).toMatchObject({
    status: 403,
  })
  expect(await ask(await newAccessToken(harness.call, 'connect:triggers:*'))).toMatchObject({
    status: 200,
  })
  expect(await ask(await harness.newConnectToken())).toMatchObject({ status: 200 })
  expect(await ask(await harness.newConnectToken(), 'grace')).toMatchObject({ status: 403 })
  expect(await ask('nonsense')).toMatchObject({ status: 401 })
})

test('a user over the development limit cannot deploy', async () => {
  const harness = await createHarness({ developmentUserLimit: 1 })
  expect(await deploy(harness)).toMatchObject({ status: 200 })
  expect(await deploy(harness, { external_user_id: 'grace' })).toMatchObject({ status: 400 })
  expect(await deploy(harness, { external_user_id: 'grace' }, 'production')).toMatchObject({
    status: 200,
  })
})

test('no body causes a server error', async () => {
  const harness = await start()
  const id = constantFrom('http-new-requests', 'schedule-custom-interval')
  await assert(
    asyncProperty(
      id,
      dictionary(
        constantFrom('configured_props', 'webhook_url', 'workflow_id', 'emit_on_deploy', 'version'),
        oneof(anything({ withObjectString: true }), constantFrom({ cron: { intervalSeconds: 5 } })),
      ),
      async (id, body) => {
        const { status } = await deploy(harness, { ...body, id })
        expect([200, 400, 404]).toContain(status)
      },
    ),
    { numRuns: 50 },
  )
})
