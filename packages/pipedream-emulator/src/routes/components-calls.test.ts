import {
  anything,
  assert,
  asyncProperty,
  constant,
  constantFrom,
  nat,
  oneof,
  record,
  string,
} from 'fast-check'
import { expect, test } from 'vitest'
import { ask, sheets, slack, startConnected } from '../../test/call-component.ts'
import { newAccessToken } from '../../test/harness.ts'

const ROW = 'google_sheets-add-single-row'
const CONTACTS = { sheetId: 'contacts-apn_AdaSheets', worksheetId: 0 }
const PATHS = [
  '/components/configure',
  '/components/props',
  '/actions/configure',
  '/actions/props',
  '/actions/run',
]

test.each([
  ['an unknown', 'apn_Unknown'],
  ['another user’s', 'apn_GraceSheets'],
  ['another environment’s', 'apn_AdaLive'],
  ['another app’s', 'apn_AdaSlack'],
])('%s account is rejected with the same response', async (_, id) => {
  const harness = await startConnected()
  const configured_props = { ...sheets(id), ...CONTACTS }
  const responses = await Promise.all(
    PATHS.map((path) => ask(harness, path, { id: ROW, prop_name: 'sheetId', configured_props })),
  )
  const unknown = await ask(harness, '/actions/run', {
    id: ROW,
    configured_props: sheets('apn_Unknown'),
  })
  for (const { status, body } of responses) expect([status, body]).toEqual([400, unknown.body])
})

test('an account of another project is rejected too', async () => {
  const harness = await startConnected()
  const project = await harness.asServer('/v1/connect/projects', {
    method: 'POST',
    json: { name: 'Other' },
  })
  const response = await harness.asServer(`/v1/connect/${project.body.id}/actions/run`, {
    method: 'POST',
    json: { id: 'slack-list-channels', external_user_id: 'ada', configured_props: slack() },
  })
  expect(response.status).toBe(400)
})

test('users never see each other’s spreadsheets', async () => {
  const harness = await startConnected()
  const options = async (external_user_id: string, account: string) => {
    const order = { id: ROW, prop_name: 'sheetId', configured_props: sheets(account) }
    return (await ask(harness, '/components/configure', { ...order, external_user_id })).body
      .options
  }
  const create = { id: 'google_sheets-create-spreadsheet' }
  await ask(harness, '/actions/run', {
    ...create,
    configured_props: { ...sheets(), title: 'Secret' },
  })
  expect(await options('ada', 'apn_AdaSheets')).toContainEqual(
    expect.objectContaining({ label: 'Secret' }),
  )
  expect(await options('grace', 'apn_GraceSheets')).toEqual([
    { label: 'Contacts', value: 'contacts-apn_GraceSheets' },
  ])
  const peeked = await ask(harness, '/actions/run', {
    id: 'google_sheets-get-values-in-range',
    external_user_id: 'grace',
    configured_props: { ...sheets('apn_GraceSheets'), ...CONTACTS },
  })
  expect(peeked.body).toMatchObject({ ret: null, os: [{ k: 'error' }] })
})

test.each(PATHS)(
  '%s: a browser calls it for its own user only, without the project',
  async (path) => {
    const { call, newConnectToken } = await startConnected()
    const bearer = await newConnectToken()
    const post = async (external_user_id: string) => {
      const json = { id: ROW, prop_name: 'sheetId', external_user_id }
      return (await call(`/v1/connect${path}`, { method: 'POST', bearer, json })).status
    }
    expect(await post('ada')).toBe(200)
    expect(await post('grace')).toBe(403)
  },
)

test.each([
  ['/components/props', 'connect:*', 'connect:actions:*'],
  ['/actions/props', 'connect:actions:*', 'connect:triggers:*'],
  ['/actions/run', 'connect:actions:*', 'connect:triggers:*'],
  ['/triggers/props', 'connect:triggers:*', 'connect:actions:*'],
])('%s requires the scope %s', async (path, scope, other) => {
  const { call, asServer } = await startConnected()
  const id = path.startsWith('/triggers') ? 'http-new-requests' : ROW
  const post = async (bearer: string) => {
    const json = { id, external_user_id: 'ada' }
    const url = `/v1/connect/proj_emulator${path}`
    return (await asServer(url, { method: 'POST', bearer, json })).status
  }
  expect(await post(await newAccessToken(call, scope))).toBe(200)
  expect(await post(await newAccessToken(call, other))).toBe(403)
  expect(await post('nonsense')).toBe(401)
})

test.each([
  [400, '/components/props', { id: '' }],
  [400, '/components/props', { external_user_id: '' }],
  [400, '/components/props', { configured_props: [] }],
  [400, '/components/props', { configured_props: { googleSheets: 'apn_AdaSheets' } }],
  [400, '/components/props', { version: 'latest' }],
  [404, '/components/props', { version: '99.0.0' }],
  [404, '/components/props', { id: 'slack-no-such-thing' }],
  [404, '/triggers/props', {}],
  [400, '/components/configure', {}],
  [400, '/components/configure', { prop_name: 'hasHeaders' }],
  [400, '/components/configure', { prop_name: 'toString' }],
  [400, '/components/configure', { prop_name: 'sheetId', page: -1 }],
  [400, '/components/configure', { prop_name: 'sheetId', page: 'first' }],
  [400, '/components/configure', { prop_name: 'sheetId', prev_context: 'first' }],
  [400, '/components/configure', { prop_name: 'sheetId', query: 7 }],
  [404, '/triggers/configure', { prop_name: 'sheetId' }],
  [400, '/actions/run', { stash_id: 'mine' }],
  [400, '/actions/run', { stash_id: 7 }],
  [404, '/actions/run', { id: 'slack-new-message' }],
  [404, '/components/run', {}],
])('%i for %s with %j', async (status, path, body) => {
  const response = await ask(await startConnected(), path, { id: ROW, ...body })
  expect(response).toMatchObject({ status, body: { error: expect.any(String) } })
})

test('no body causes a server error', async () => {
  const harness = await startConnected()
  const strange = oneof(
    anything({ withObjectString: true }),
    constantFrom<unknown>(sheets().googleSheets, slack().slack, 'contacts-apn_AdaSheets', '..', 0),
  )
  const rarely = oneof({ weight: 9, arbitrary: constant(null) }, strange)
  const names = 'hasHeaders myColumnData range title text username replyToThread __proto__'
  const known = {
    googleSheets: oneof({ weight: 9, arbitrary: constant(sheets().googleSheets) }, strange),
    slack: oneof({ weight: 9, arbitrary: constant(slack().slack) }, strange),
    sheetId: oneof(constant('contacts-apn_AdaSheets'), strange),
    worksheetId: oneof(constant(0), strange),
    conversation: oneof(constant('CEMULATOR00'), strange),
    sheetID: oneof(constant('contacts-apn_AdaSheets'), strange),
    worksheetIDs: strange,
  }
  const filled = Object.fromEntries(names.split(' ').map((name) => [name, strange]))
  const given = record(
    {
      id: constantFrom(
        ROW,
        'google_sheets-get-values-in-range',
        'google_sheets-create-spreadsheet',
        'google_sheets-export-csv',
        'google_sheets-new-row-added',
        'slack-send-message',
      ),
      prop_name: oneof(
        { weight: 4, arbitrary: constantFrom('sheetId', 'worksheetId', 'conversation', 'sheetID') },
        strange,
      ),
      configured_props: oneof(
        {
          weight: 9,
          arbitrary: record(
            { ...known, ...filled },
            { requiredKeys: ['googleSheets', 'slack', 'sheetId', 'worksheetId'] },
          ),
        },
        strange,
      ),
      page: oneof({ weight: 4, arbitrary: nat() }, strange),
      prev_context: oneof(
        { weight: 4, arbitrary: record({ nextPageToken: strange, cursor: strange }) },
        strange,
      ),
      query: oneof({ weight: 4, arbitrary: string() }, strange),
      stash_id: oneof({ weight: 4, arbitrary: constantFrom('NEW', true) }, strange),
      dynamic_props_id: rarely,
      version: rarely,
      blocking: strange,
    },
    { requiredKeys: ['id', 'prop_name', 'configured_props'] },
  )
  await assert(
    asyncProperty(constantFrom(...PATHS, '/triggers/configure'), given, async (path, body) => {
      const response = await ask(harness, path, body)
      const said = response.status === 200 ? 'nothing' : typeof response.body.error
      expect(['200 nothing', '400 string', '404 string']).toContain(`${response.status} ${said}`)
    }),
    { numRuns: 300 },
  )
})
