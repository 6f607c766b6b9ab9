import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as samples from '../../../test/samples.ts'
import { listOf, refuse, stubPipedream } from '../../../test/stub-pipedream.ts'
import type { ComponentInput } from '../../server.ts'

const respondingWith = (response: unknown) =>
  stubPipedream({ onCall: () => Response.json(response) })
const input = { key: 'slack-send-message', externalUserId: 'ada' }

// Names of props belong to the component and must not be renamed.
const configuredProps = {
  slack: { authProvisionId: 'apn_1' },
  snake_case: 1,
  camelCase: { inner_key: [null, { deepKey: true }] },
}

describe.each(['components', 'actions', 'triggers'] as const)('%s', (family) => {
  test('list sends its query', async () => {
    const { client, calls } = stubPipedream({ onCall: () => listOf([samples.component]) })
    const query = {
      search: 'send msg',
      app: 'slack',
      registry: 'public',
      after: 'a',
      limit: 3,
    } as const
    const page = await client[family].list(query)
    expect(page.data).toMatchObject([{ key: 'slack-send-message', componentType: 'action' }])
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `GET /v1/connect/proj_stub/${family}?after=a&limit=3&q=send%20msg&app=slack&registry=public`,
    ])
  })

  test('list can be iterated to the end with the same query', async () => {
    const { client, calls } = stubPipedream({
      onCall: ({ path }) => listOf([samples.component], path.includes('after=2') ? null : '2'),
    })
    const keys: string[] = []
    for await (const { key } of await client[family].list({ app: 'slack' })) keys.push(key)
    expect(keys).toHaveLength(2)
    expect(calls[1]?.path).toBe(`/v1/connect/proj_stub/${family}?after=2&app=slack`)
  })

  test('get reads a component, of the latest version or of another', async () => {
    const { client, calls } = respondingWith({ data: samples.component })
    const { raw, configurableProps, ...rest } = await client[family].get('slack-send-message')
    await client[family].get('slack-send-message', { version: '0.1.2' })
    expect(rest).toEqual({
      key: 'slack-send-message',
      name: 'Send Message',
      version: '0.1.2',
      description: 'Post a message to a channel',
      componentType: 'action',
      stash: null,
      annotations: {
        title: null,
        readOnlyHint: null,
        destructiveHint: false,
        idempotentHint: null,
        openWorldHint: null,
      },
    })
    expect(raw).toEqual(samples.component)
    expect(configurableProps).toHaveLength(4)
    expect(calls.map(({ path }) => path)).toEqual([
      `/v1/connect/proj_stub/${family}/slack-send-message`,
      `/v1/connect/proj_stub/${family}/slack-send-message?version=0.1.2`,
    ])
  })

  test('configureProp returns options', async () => {
    const { client, calls } = respondingWith(samples.configuredProp)
    const outcome = await client[family].configureProp({
      ...input,
      version: '0.1.2',
      propName: 'conversation',
      configuredProps,
      dynamicPropsId: 'dyp_1',
      page: 1,
      prevContext: { nextPageToken: 'abc' },
      query: 'gen',
      blocking: true,
    })
    expect(outcome).toMatchObject({
      ok: true,
      options: [
        { label: '#general', value: 'C01' },
        { label: '#random', value: 'C02' },
      ],
      context: { nextPageToken: 'def' },
      observations: [
        { kind: 'console.log', message: 'fetched', at: new Date('2026-01-01'), error: null },
      ],
    })
    expect(calls).toMatchObject([
      {
        method: 'POST',
        path: `/v1/connect/proj_stub/${family}/configure`,
        body: {
          id: 'slack-send-message',
          version: '0.1.2',
          external_user_id: 'ada',
          prop_name: 'conversation',
          blocking: true,
          configured_props: configuredProps,
          dynamic_props_id: 'dyp_1',
          page: 1,
          prev_context: { nextPageToken: 'abc' },
          query: 'gen',
        },
      },
    ])
  })

  test('reloadProps returns all props', async () => {
    const { client, calls } = respondingWith(samples.reloadedProps)
    const outcome = await client[family].reloadProps({ ...input, configuredProps })
    expect(outcome).toMatchObject({
      ok: true,
      dynamicPropsId: 'dyp_Ex4mpl',
      configurableProps: [{ name: 'slack' }, { name: 'thread_ts' }],
    })
    expect(calls).toMatchObject([{ method: 'POST', path: `/v1/connect/proj_stub/${family}/props` }])
    expect(calls[0]?.body).toEqual({
      id: 'slack-send-message',
      external_user_id: 'ada',
      configured_props: configuredProps,
    })
  })

  test('an unknown component is reported', async () => {
    const { client } = stubPipedream({ onCall: () => refuse(404) })
    await expect(client[family].get('nope')).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' })
  })

  test.each<[string, Partial<ComponentInput>]>([
    ['key', { key: ' ' }],
    ['externalUserId', { externalUserId: '' }],
    ['version', { version: '' }],
    ['dynamicPropsId', { dynamicPropsId: ' ' }],
    ['configuredProps', { configuredProps: [] as unknown as Record<string, unknown> }],
    ['configuredProps', { configuredProps: 'a' as unknown as Record<string, unknown> }],
  ])('an invalid %s is rejected before anything is sent', async (name, wrong) => {
    const { client, tokenRequests } = stubPipedream()
    const bad = { ...input, ...wrong }
    const error = { code: 'ERR_INVALID_INPUT', input: name }
    await expect(client[family].reloadProps(bad)).rejects.toMatchObject(error)
    await expect(client[family].configureProp({ ...bad, propName: 'a' })).rejects.toMatchObject(
      error,
    )
    expect(tokenRequests).toHaveLength(0)
  })
})

test('components.list distinguishes actions and triggers', async () => {
  const { client, calls } = stubPipedream({ onCall: () => listOf([]) })
  await client.components.list({ componentType: 'trigger' })
  expect(calls[0]?.path).toBe('/v1/connect/proj_stub/components?component_type=trigger')
})

test('props are read', async () => {
  const { client } = respondingWith({ data: samples.component })
  const { configurableProps } = await client.actions.get('slack-send-message')
  expect(configurableProps).toMatchObject([
    { name: 'slack', type: 'app', app: 'slack', label: 'slack', optional: false, options: null },
    {
      name: 'conversation',
      label: 'Channel',
      description: 'Where to post',
      remoteOptions: true,
      useQuery: true,
      reloadProps: true,
      withLabel: true,
    },
    { name: 'unfurl', optional: true, default: false },
    {
      name: 'color',
      options: [
        { label: 'red', value: 'red' },
        { label: 'Blue', value: 'b' },
        { label: 'Green', value: 7 },
      ],
      raw: samples.component.configurable_props[3],
    },
  ])
})

test('one invalid prop does not make the list unreadable', async () => {
  const odd = { name: 'a', type: 'string', label: 7, optional: 'yes', options: 'none', app: {} }
  const component = { ...samples.component, configurable_props: [odd] }
  const { client } = stubPipedream({ onCall: () => listOf([component]) })
  const { data } = await client.components.list()
  expect(data[0]?.configurableProps).toMatchObject([
    { name: 'a', label: 'a', optional: false, options: null, app: null, raw: odd },
  ])
})

test('unreadable annotations are null, and do not affect the rest', async () => {
  const annotations = { title: 1, readOnlyHint: 'yes', openWorldHint: true }
  const { client } = respondingWith({ data: { ...samples.component, annotations } })
  await expect(client.actions.get('a')).resolves.toMatchObject({
    annotations: { title: null, readOnlyHint: null, openWorldHint: true },
  })
})

test.each([undefined, null, 'none', []])('annotations of %j become null', async (annotations) => {
  const { client } = respondingWith({ data: { ...samples.component, annotations } })
  await expect(client.actions.get('a')).resolves.toMatchObject({ annotations: null })
})

test('older responses say source for trigger', async () => {
  const { client } = respondingWith({ data: { ...samples.component, component_type: 'source' } })
  await expect(client.triggers.get('a')).resolves.toMatchObject({ componentType: 'trigger' })
})

test('options that are plain strings are read too', async () => {
  const { client } = respondingWith({ options: null, stringOptions: ['a', 'b'] })
  const outcome = await client.actions.configureProp({ ...input, propName: 'a' })
  expect(outcome).toMatchObject({ ok: true, options: [{ label: 'a', value: 'a' }, { value: 'b' }] })
})

test.each([
  ['key', undefined],
  ['name', 7],
  ['version', null],
  ['configurable_props', 'none'],
  ['configurable_props', [{ name: 'a' }]],
  ['configurable_props', ['a']],
])('a component that does not match the contract is rejected: %s %o', async (key, value) => {
  const { client } = respondingWith({ data: { ...samples.component, [key]: value } })
  await expect(client.actions.get('a')).rejects.toMatchObject({
    code: 'ERR_BAD_RESPONSE',
    message: expect.stringContaining(key),
  })
})

const thrown = { k: 'error', ts: 1, err: { name: 'TypeError', message: 'No.', stack: 'at a' } }

describe('code that fails with a 200 response', () => {
  test.each<[string, unknown, { name: string | null; message: string }]>([
    ['an observation', { observations: [thrown] }, { name: 'TypeError', message: 'No.' }],
    [
      'an observation without an error',
      { observations: [{ k: 'error', msg: 'Oh.' }], errors: ['a'] },
      { name: null, message: 'Oh.' },
    ],
    ['a string', { errors: ['No channel.'] }, { name: null, message: 'No channel.' }],
    [
      'JSON inside a string',
      { errors: ['{"name":"ConfigurationError","message":"No."}'], options: [] },
      { name: 'ConfigurationError', message: 'No.' },
    ],
    ['an object', { errors: [{ message: 'No.' }] }, { name: null, message: 'No.' }],
    ['nothing to read', { errors: [7] }, { name: null, message: expect.any(String) }],
  ])('is an outcome without options; reported by %s', async (_, response, error) => {
    const { client } = respondingWith(response)
    const outcome = await client.actions.configureProp({ ...input, propName: 'a' })
    expect(outcome).toMatchObject({ ok: false, error, raw: response })
    expect(outcome).not.toHaveProperty('options')
    const reloaded = await client.actions.reloadProps(input)
    expect(reloaded).toMatchObject({ ok: false, error })
    expect(reloaded).not.toHaveProperty('configurableProps')
  })
})

test.each([
  {},
  { async_handle: 'h' },
  { options: 'a' },
  { options: [], errors: 'a' },
  { options: [], observations: {} },
  { options: [], observations: [{ ts: 1 }] },
  { options: [], context: 'a' },
  [],
])('options that do not match the contract are rejected (%#)', async (response) => {
  const { client } = respondingWith(response)
  const call = client.actions.configureProp({ ...input, propName: 'a' })
  await expect(call).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' })
})

test.each([{}, { async_handle: 'h' }, { dynamicProps: null }, { dynamicProps: { id: 'a' } }])(
  'props that do not match the contract are rejected (%#)',
  async (response) => {
    const { client } = respondingWith(response)
    const call = client.actions.reloadProps(input)
    await expect(call).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' })
  },
)

test('configured props are sent and returned unchanged, whatever their names', async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (configuredProps) => {
      const { client, calls } = stubPipedream({
        onCall: ({ body }) => Response.json({ ...samples.reloadedProps, sent: body }),
      })
      await client.actions.reloadProps({ ...input, configuredProps })
      expect(JSON.stringify(calls[0]?.body)).toBe(
        JSON.stringify({
          id: input.key,
          external_user_id: 'ada',
          configured_props: JSON.parse(JSON.stringify(configuredProps)) as unknown,
        }),
      )
    }),
  )
})
