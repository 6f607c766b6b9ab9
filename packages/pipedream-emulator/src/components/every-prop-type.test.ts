import { expect, test } from 'vitest'
import { ask } from '../../test/call-component.ts'
import { createHarness, type Harness } from '../../test/harness.ts'

const KEY = 'airtable_oauth-every-prop-type'
const APPS = {
  airtable: { authProvisionId: 'apn_AdaAirtable' },
  discord: { authProvisionId: 'apn_AdaDiscord' },
}
const FILLED = {
  ...APPS,
  airtableBase: 'appEmulator000001',
  airtableTable: 'tblEmulator000001',
}

/** Every type that Pipedream documents, whether it has choices, and a value if it takes one. */
const TYPES: readonly [type: string, remote: boolean, value: unknown][] = [
  ['app', false, { authProvisionId: 'apn_AdaAirtable' }],
  ['string', true, { __lv: { label: '#general', value: '100000000000000002' } }],
  ['string[]', true, ['a', 'b']],
  ['integer', true, 3],
  ['integer[]', true, [1, 2, 3]],
  ['boolean', false, true],
  ['object', false, { camelCase: { snake_case: [1, null] } }],
  ['any', false, [{ 1: 'one' }]],
  ['alert', false, undefined],
  ['sql', false, { value: 'select $1', query: '', params: ['a'], usePreparedStatements: true }],
  ['http_request', false, { method: 'POST', url: 'https://api.example.com', params: [] }],
  ['data_store', false, undefined],
  ['dir', false, undefined],
  ['$.interface.timer', false, { cron: '0 9 * * 1', timezone: 'UTC' }],
  ['$.interface.http', false, undefined],
  ['$.interface.apphook', false, undefined],
  ['$.service.db', false, undefined],
  ['$.airtable.baseId', true, 'appEmulator000001'],
  ['$.airtable.tableId', true, 'tblEmulator000001'],
  ['$.airtable.viewId', true, 'viwEmulator000001'],
  ['$.airtable.fieldId', true, 'fldEmulator000001'],
  ['$.discord.channel', true, '100000000000000001'],
  ['$.discord.channel[]', true, ['100000000000000001']],
]

const start = (): Promise<Harness> =>
  createHarness({
    rateLimits: false,
    seed: {
      accounts: [
        { externalUserId: 'ada', app: 'airtable_oauth', id: 'apn_AdaAirtable' },
        { externalUserId: 'ada', app: 'discord', id: 'apn_AdaDiscord' },
      ],
    },
  })

const configure = async (harness: Harness, body: Record<string, unknown>) =>
  ask(harness, '/actions/configure', { id: KEY, configured_props: FILLED, ...body })

interface Prop {
  name: string
  type: string
  [extra: string]: unknown
}

async function listProps({ asServer }: Harness): Promise<Prop[]> {
  const { body } = await asServer(`/v1/connect/proj_emulator/actions/${KEY}`)
  return JSON.parse(JSON.stringify(body.data)).configurable_props
}

/** What Pipedream requires of some types: a key that names a prop of a type, or contains a string. */
const REQUIRED: readonly [type: string, key: string, named: string | null][] = [
  ['app', 'app', null],
  ['alert', 'content', null],
  ['$.interface.apphook', 'appProp', 'app'],
  ['$.airtable.baseId', 'appProp', 'app'],
  ['$.airtable.tableId', 'baseIdProp', '$.airtable.baseId'],
  ['$.airtable.viewId', 'tableIdProp', '$.airtable.tableId'],
  ['$.airtable.fieldId', 'tableIdProp', '$.airtable.tableId'],
  ['$.discord.channel', 'appProp', 'app'],
]

test('the component has every type, with the keys that Pipedream requires', async () => {
  const props = await listProps(await start())
  expect(new Set(props.map(({ type }) => type))).toEqual(new Set(TYPES.map(([type]) => type)))
  expect(new Set(props.map(({ name }) => name)).size).toBe(props.length)
  for (const [type, key, named] of REQUIRED) {
    const values = props.filter((prop) => prop.type === type).map((prop) => prop[key])
    expect(values).toEqual(values.map(() => expect.stringMatching(/./)))
    const pointsAt = values.map((value) => props.find(({ name }) => name === value)?.type)
    expect(pointsAt.every((pointed) => named === null || pointed === named)).toBe(true)
  }
  expect(props.some(({ format }) => format === 'file-ref')).toBe(true)
})

/** Returns every choice of a prop, from all pages; null where it is rejected as having none. */
async function listValues(harness: Harness, prop_name: string): Promise<unknown[] | null> {
  const values: unknown[] = []
  let context: unknown
  for (let page = 0; context !== null && page < 10; page += 1) {
    const { status, body } = await configure(harness, { prop_name, page, prev_context: context })
    if (status === 400) return null
    expect(body.errors).toEqual([])
    values.push(...body.options.map(({ value }: { value: unknown }) => value))
    context = body.context
  }
  expect(context).toBeNull()
  return values
}

test('every prop either returns choices without duplicates, or is rejected as having none', async () => {
  const harness = await start()
  const remote = new Set<string>()
  for (const { name, type } of await listProps(harness)) {
    const values = await listValues(harness, name)
    if (values === null) continue
    remote.add(type)
    expect(values).not.toEqual([])
    expect(new Set(values).size).toBe(values.length)
  }
  expect(remote).toEqual(new Set(TYPES.filter(([, isRemote]) => isRemote).map(([type]) => type)))
})

test.each([
  ['airtableTable', { airtableBase: undefined }],
  ['airtableTable', { airtableBase: 'appElsewhere' }],
  ['airtableView', { airtableTable: undefined }],
  ['airtableField', { airtableTable: undefined }],
  ['discordChannel', { discord: undefined }],
])(
  '%s returns nothing until the prop that it depends on is set: %j',
  async (prop_name, missing) => {
    const harness = await start()
    const { body } = await configure(harness, {
      prop_name,
      configured_props: { ...FILLED, ...missing },
    })
    expect(body).toMatchObject({ options: [], context: null, errors: [] })
  },
)

test('the search term filters the choices', async () => {
  const { body } = await configure(await start(), { prop_name: 'discordChannels', query: 'SUPP' })
  expect(body.options).toEqual([{ label: '#support', value: '100000000000000003' }])
})

test.each(TYPES)(
  'a reload adds a prop of the type %s, which can be configured and run with its value',
  async (type, remote, value) => {
    const harness = await start()
    const configured_props = { ...FILLED, addProp: type }
    const reloaded = await ask(harness, '/actions/props', { id: KEY, configured_props })
    expect(reloaded).toMatchObject({ status: 200, body: { errors: [], observations: [] } })
    const { id, configurableProps } = reloaded.body.dynamicProps
    expect(configurableProps.at(-1)).toMatchObject({ name: 'added', type })
    expect(configurableProps).toHaveLength((await listProps(harness)).length + 1)

    const order = { configured_props, dynamic_props_id: id }
    const configured = await configure(harness, { ...order, prop_name: 'added' })
    expect(configured.body.options.length > 0).toBe(remote)

    const ran = await ask(harness, '/actions/run', {
      ...order,
      id: KEY,
      configured_props: {
        ...configured_props,
        text: '',
        integer: 1,
        ...(value !== undefined && { added: value }),
      },
    })
    expect(ran.body.os).toEqual([])
    expect(ran.body.ret.added).toEqual(value)
  },
)

test('a run returns every value as sent, and requires the required ones', async () => {
  const harness = await start()
  const configured_props = { ...FILLED, anything: { a: [1, null] }, object: { snake_case: 1 } }
  const run = (props: object) =>
    ask(harness, '/actions/run', { id: KEY, configured_props: { ...configured_props, ...props } })
  const { body } = await run({})
  expect(body).toMatchObject({ ret: configured_props, os: [] })
  const missing = await run({ airtableBase: undefined })
  expect(missing.body.ret).toBeNull()
  expect(missing.body.os[0]?.err.message).toContain('airtableBase')
})
