import { describe, expect, test } from 'vitest'
import * as samples from '../../../test/samples.ts'
import { listOf, stubPipedream } from '../../../test/stub-pipedream.ts'
import type { DeployedTriggers, PipedreamClient } from '../../server.ts'

const respondingWith = (response: unknown) =>
  stubPipedream({ onCall: () => Response.json(response) })
const owner = { externalUserId: 'u 1' }
const root = '/v1/connect/proj_stub/deployed-triggers'
const instant = new Date('2026-01-01')

test('list sends its query', async () => {
  const { client, calls } = stubPipedream({ onCall: () => listOf([samples.deployedSource]) })
  const page = await client.deployedTriggers.list({
    ...owner,
    type: 'source',
    after: 'a',
    limit: 2,
  })
  expect(page.data).toMatchObject([{ id: 'dc_Ex4mpl' }])
  expect(calls).toMatchObject([
    {
      method: 'GET',
      path: `${root}?after=a&limit=2&external_user_id=u%201&emitter_type=source`,
    },
  ])
})

test('get reads a source, with timestamps in seconds or milliseconds', async () => {
  const { client, calls } = respondingWith({ data: samples.deployedSource })
  const trigger = await client.deployedTriggers.get('dc_Ex4mpl', owner)
  expect(calls).toMatchObject([{ method: 'GET', path: `${root}/dc_Ex4mpl?external_user_id=u%201` }])
  expect(trigger).toEqual({
    id: 'dc_Ex4mpl',
    type: 'source',
    name: 'Acme - exu_Ex4mpl',
    ownerId: 'exu_Ex4mpl',
    componentKey: 'slack-new-message',
    active: true,
    configurableProps: [expect.objectContaining({ name: 'slack', app: 'slack' })],
    configuredProps: samples.deployedSource.configured_props,
    createdAt: instant,
    updatedAt: instant,
    emitOnDeploy: true,
    webhookSigningKey: '00112233445566778899aabbccddeeff',
    raw: samples.deployedSource,
  })
})

const seconds = { created_at: 1_767_225_600, updated_at: 1_767_225_600 }

test.each([
  [
    'an address',
    {
      id: 'hi_1',
      key: '0123abcd',
      endpoint_url: 'https://0123abcd.m.pipedream.net',
      custom_response: false,
      ...seconds,
      type: 'HttpInterface',
    },
    { type: 'http', endpointUrl: 'https://0123abcd.m.pipedream.net' },
  ],
  [
    'a clock',
    {
      id: 'ti_1',
      interval_seconds: 900,
      cron: null,
      timezone: 'UTC',
      schedule_changed_at: 1_767_225_600,
      ...seconds,
      type: 'TimerInterface',
    },
    {
      type: 'timer',
      intervalSeconds: 900,
      cron: null,
      timezone: 'UTC',
      scheduleChangedAt: instant,
    },
  ],
  [
    'an e-mail address',
    { id: 'ei_1', email_address: 'a@upload.example.net', ...seconds, type: 'EmailInterface' },
    { type: 'email', emailAddress: 'a@upload.example.net' },
  ],
  ['something new', { id: 'xi_1', ...seconds, type: 'NewInterface' }, { type: 'unknown' }],
])('get reads %s', async (_, data, expected) => {
  const { client } = respondingWith({ data })
  const base = { id: data.id, createdAt: instant, updatedAt: instant, raw: data }
  expect(await client.deployedTriggers.get(data.id, owner)).toEqual({ ...base, ...expected })
})

test('update sends only what is set', async () => {
  const { client, calls } = respondingWith({ data: samples.deployedSource })
  const configuredProps = { timer: { intervalSeconds: 900 }, a_b: 1 }
  await client.deployedTriggers.update('dc_1', { ...owner, active: false, configuredProps })
  await client.deployedTriggers.update('dc_1', { ...owner, name: 'n', emitOnDeploy: true })
  expect(calls).toMatchObject([
    { method: 'PUT', path: `${root}/dc_1?external_user_id=u%201` },
    { method: 'PUT', path: `${root}/dc_1?external_user_id=u%201` },
  ])
  expect(calls.map(({ body }) => body)).toEqual([
    { active: false, configured_props: configuredProps },
    { name: 'n', emit_on_deploy: true },
  ])
})

test('delete can ignore errors of the trigger’s own code', async () => {
  const { client, calls } = stubPipedream({ onCall: () => new Response(null, { status: 204 }) })
  await client.deployedTriggers.delete('dc_1', owner)
  await client.deployedTriggers.delete('dc_1', { ...owner, ignoreHookErrors: true })
  expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `DELETE ${root}/dc_1?external_user_id=u%201`,
    `DELETE ${root}/dc_1?external_user_id=u%201&ignore_hook_errors=true`,
  ])
})

test('events.list reads the latest events', async () => {
  const { client, calls } = respondingWith({ data: [samples.emittedEvent] })
  const events = await client.deployedTriggers.events.list('dc_1', { ...owner, limit: 10 })
  expect(events).toEqual([
    {
      id: '1767225600000-0',
      event: { text: 'hello' },
      kind: 'emit',
      summary: 'hello',
      emittedAt: instant,
      raw: samples.emittedEvent,
    },
  ])
  expect(calls).toMatchObject([
    { method: 'GET', path: `${root}/dc_1/events?external_user_id=u%201&n=10` },
  ])
})

describe('webhooks', () => {
  const list = { webhook_urls: [samples.triggerWebhook.url], webhooks: [samples.triggerWebhook] }
  const webhook = {
    id: 'wh_example',
    url: 'https://app.example.com/hooks/trigger',
    signingKey: '00112233445566778899aabbccddeeff',
    signingKeySet: true,
  }
  const one = { ...owner, webhookId: 'wh_example' }

  test('are listed and replaced', async () => {
    const { client, calls } = respondingWith(list)
    const { webhooks } = client.deployedTriggers
    expect(await webhooks.list('dc_1', owner)).toMatchObject([webhook])
    const input = { ...owner, webhookUrls: [webhook.url] }
    expect(await webhooks.update('dc_1', input)).toMatchObject([webhook])
    await webhooks.update('dc_1', { ...owner, webhookUrls: [] })
    const path = `${root}/dc_1/webhooks?external_user_id=u%201`
    expect(calls).toMatchObject([
      { method: 'GET', path },
      { method: 'PUT', path, body: { webhook_urls: [webhook.url] } },
      { method: 'PUT', path, body: { webhook_urls: [] } },
    ])
  })

  test('are read, and get a new signing key', async () => {
    const { client, calls } = respondingWith({ data: { ...samples.triggerWebhook, ...seconds } })
    const { webhooks } = client.deployedTriggers
    const expected = { ...webhook, createdAt: instant, updatedAt: instant }
    expect(await webhooks.get('dc_1', one)).toMatchObject(expected)
    expect(await webhooks.regenerateSigningKey('dc_1', one)).toMatchObject(expected)
    const path = `${root}/dc_1/webhooks/wh_example`
    expect(calls).toMatchObject([
      { method: 'GET', path: `${path}?external_user_id=u%201` },
      {
        method: 'POST',
        path: `${path}/regenerate_signing_key?external_user_id=u%201`,
        body: undefined,
      },
    ])
  })
})

test('workflows are listed and replaced', async () => {
  const { client, calls } = respondingWith({ workflow_ids: ['p_1'] })
  const { workflows } = client.deployedTriggers
  expect(await workflows.list('dc_1', owner)).toEqual(['p_1'])
  expect(await workflows.update('dc_1', { ...owner, workflowIds: ['p_1'] })).toEqual(['p_1'])
  const path = `${root}/dc_1/pipelines?external_user_id=u%201`
  expect(calls).toMatchObject([
    { method: 'GET', path },
    { method: 'PUT', path, body: { workflow_ids: ['p_1'] } },
  ])
})

type Owned = (client: PipedreamClient, id: string, externalUserId: string) => Promise<unknown>

const owned: [string, Owned][] = [
  [
    'get',
    ({ deployedTriggers }, id, externalUserId) => deployedTriggers.get(id, { externalUserId }),
  ],
  [
    'update',
    ({ deployedTriggers }, id, externalUserId) => deployedTriggers.update(id, { externalUserId }),
  ],
  [
    'delete',
    ({ deployedTriggers }, id, externalUserId) => deployedTriggers.delete(id, { externalUserId }),
  ],
  [
    'events.list',
    ({ deployedTriggers }, id, externalUserId) =>
      deployedTriggers.events.list(id, { externalUserId }),
  ],
  [
    'webhooks.list',
    ({ deployedTriggers }, id, externalUserId) =>
      deployedTriggers.webhooks.list(id, { externalUserId }),
  ],
  [
    'webhooks.update',
    ({ deployedTriggers }, id, externalUserId) =>
      deployedTriggers.webhooks.update(id, { externalUserId, webhookUrls: [] }),
  ],
  [
    'webhooks.get',
    ({ deployedTriggers }, id, externalUserId) =>
      deployedTriggers.webhooks.get(id, { externalUserId, webhookId: 'wh_1' }),
  ],
  [
    'webhooks.regenerateSigningKey',
    ({ deployedTriggers }, id, externalUserId) =>
      deployedTriggers.webhooks.regenerateSigningKey(id, { externalUserId, webhookId: 'wh_1' }),
  ],
  [
    'workflows.list',
    ({ deployedTriggers }, id, externalUserId) =>
      deployedTriggers.workflows.list(id, { externalUserId }),
  ],
  [
    'workflows.update',
    ({ deployedTriggers }, id, externalUserId) =>
      deployedTriggers.workflows.update(id, { externalUserId, workflowIds: [] }),
  ],
]

test.each(owned)('%s requires the trigger and its user', async (_, call) => {
  const { client, tokenRequests } = stubPipedream()
  const userMissing = { code: 'ERR_INVALID_INPUT', input: 'externalUserId' }
  await expect(call(client, 'dc_1', ' ')).rejects.toMatchObject(userMissing)
  for (const id of ['', '..', 'a/b', 'a%2fb', 'a?b']) {
    await expect(call(client, id, 'ada')).rejects.toMatchObject({
      code: 'ERR_INVALID_INPUT',
      input: 'id',
    })
  }
  expect(tokenRequests).toHaveLength(0)
})

test.each([
  ['externalUserId', (triggers: DeployedTriggers) => triggers.list({ externalUserId: '' })],
  ['limit', (triggers: DeployedTriggers) => triggers.list({ ...owner, limit: 0 })],
  ['limit', ({ events }: DeployedTriggers) => events.list('dc_1', { ...owner, limit: 1.5 })],
  ['name', (triggers: DeployedTriggers) => triggers.update('dc_1', { ...owner, name: ' ' })],
  [
    'webhookId',
    ({ webhooks }: DeployedTriggers) => webhooks.get('dc_1', { ...owner, webhookId: '..' }),
  ],
  [
    'webhookUrls',
    ({ webhooks }: DeployedTriggers) => webhooks.update('dc_1', { ...owner, webhookUrls: [''] }),
  ],
  [
    'webhookUrls',
    ({ webhooks }: DeployedTriggers) =>
      webhooks.update('dc_1', {
        ...owner,
        webhookUrls: 'https://a.example' as unknown as string[],
      }),
  ],
  [
    'workflowIds',
    ({ workflows }: DeployedTriggers) => workflows.update('dc_1', { ...owner, workflowIds: [' '] }),
  ],
])('an invalid %s is rejected before anything is sent', async (input, call) => {
  const { client, tokenRequests } = stubPipedream()
  await expect(call(client.deployedTriggers)).rejects.toMatchObject({
    code: 'ERR_INVALID_INPUT',
    input,
  })
  expect(tokenRequests).toHaveLength(0)
})

test.each([
  ['id', 7],
  ['name', undefined],
  ['created_at', '2026-01-01'],
  ['configured_props', []],
  ['configurable_props', {}],
  ['active', 'yes'],
])('a trigger that does not match the contract is rejected: %s %o', async (key, value) => {
  const { client } = respondingWith({ data: { ...samples.deployedSource, [key]: value } })
  await expect(client.deployedTriggers.get('dc_1', owner)).rejects.toMatchObject({
    code: 'ERR_BAD_RESPONSE',
    message: expect.stringContaining(key),
  })
})
