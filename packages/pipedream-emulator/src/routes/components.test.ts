import { expect, test } from 'vitest'
import { createHarness, newAccessToken } from '../../test/harness.ts'

const PROJECT = '/v1/connect/proj_emulator'
const SEMVER = /^\d+\.\d+\.\d+$/
const KEYS = {
  actions: [
    'airtable_oauth-every-prop-type',
    'google_sheets-add-single-row',
    'google_sheets-create-spreadsheet',
    'google_sheets-export-csv',
    'google_sheets-get-values-in-range',
    'slack-list-channels',
    'slack-send-message',
  ],
  triggers: [
    'google_sheets-new-row-added',
    'http-new-requests',
    'schedule-custom-interval',
    'slack-new-message',
  ],
}
const keysOf = (body: { data: { key: string }[] }) => body.data.map(({ key }) => key).toSorted()

test('an action has exactly these keys', async () => {
  const { asServer } = await createHarness()
  const response = await asServer(`${PROJECT}/actions/google_sheets-get-values-in-range`)
  expect(response).toMatchObject({ status: 200 })
  expect(response.body).toEqual({
    data: {
      key: 'google_sheets-get-values-in-range',
      name: 'Get Values in Range',
      version: expect.stringMatching(SEMVER),
      description: expect.any(String),
      component_type: 'action',
      stash: null,
      annotations: {
        title: null,
        readOnlyHint: true,
        destructiveHint: false,
        idempotentHint: true,
        openWorldHint: true,
      },
      configurable_props: [
        { name: 'googleSheets', type: 'app', app: 'google_sheets' },
        expect.objectContaining({ name: 'sheetId', remoteOptions: true, useQuery: true }),
        expect.objectContaining({ name: 'worksheetId', remoteOptions: true }),
        expect.objectContaining({ name: 'range', optional: true }),
      ],
    },
  })
})

test('a trigger has no stash and no annotations', async () => {
  const { asServer } = await createHarness()
  const { body } = await asServer(`${PROJECT}/components/slack-new-message`)
  expect(body.data).toMatchObject({ component_type: 'trigger', stash: null, annotations: null })
})

test('the families are views of the same components', async () => {
  const { asServer } = await createHarness()
  const { actions, triggers } = KEYS
  const all = [...actions, ...triggers].toSorted()
  const list = async (path: string) => keysOf((await asServer(`${PROJECT}${path}`)).body)
  expect(await list('/actions')).toEqual(actions)
  expect(await list('/triggers')).toEqual(triggers)
  expect(await list('/components?limit=50')).toEqual(all)
  expect(await list('/components?component_type=action')).toEqual(actions)
  expect(await list('/components?component_type=trigger')).toEqual(triggers)
  // A parameter of the other family only.
  expect(await list('/actions?component_type=trigger')).toEqual(actions)
})

test.each([
  ['app=slack', ['slack-list-channels', 'slack-new-message', 'slack-send-message']],
  ['app=no_such_app', []],
  ['app=', [...KEYS.actions, ...KEYS.triggers].toSorted()],
  ['q=SEND', ['slack-send-message']],
  ['q=export-csv', ['google_sheets-export-csv']],
  ['q=new&app=slack', ['slack-new-message']],
  ['registry=public&q=send', ['slack-send-message']],
  ['registry=all&q=send', ['slack-send-message']],
  ['registry=private', []],
])('a list filtered by %s', async (query, keys) => {
  const { asServer } = await createHarness()
  const { status, body } = await asServer(`${PROJECT}/components?limit=50&${query}`)
  expect([status, keysOf(body)]).toEqual([200, keys])
  expect(body.page_info).toMatchObject({ total_count: keys.length, count: keys.length })
})

test('the app can be given as an id', async () => {
  const { asServer } = await createHarness()
  const { id } = (await asServer('/v1/connect/apps/slack')).body.data
  const { body } = await asServer(`${PROJECT}/actions?app=${id}`)
  expect(keysOf(body)).toEqual(['slack-list-channels', 'slack-send-message'])
})

test('pages contain each component once', async () => {
  const { asServer } = await createHarness()
  const seen: string[] = []
  let after = ''
  do {
    const { body } = await asServer(`${PROJECT}/components?limit=3&after=${after}`)
    seen.push(...keysOf(body))
    after = body.page_info.end_cursor ?? ''
  } while (after !== '' && seen.length < 20)
  expect(seen.toSorted()).toEqual([...KEYS.actions, ...KEYS.triggers].toSorted())
})

test.each([
  [400, '/components?registry=secret'],
  [400, '/components?component_type=source'],
  [400, '/components?after=%F0%9F%98%80'],
  [400, '/actions/slack-send-message?version=latest'],
  [404, '/actions/slack-send-message?version=99.0.0'],
  [404, '/actions/slack-no-such-thing'],
  [404, '/actions/slack-new-message'],
  [404, '/triggers/slack-send-message'],
  [404, '/components/__proto__'],
])('%i for GET %s', async (status, path) => {
  const { asServer } = await createHarness()
  expect(await asServer(`${PROJECT}${path}`)).toMatchObject({
    status,
    body: { error: expect.any(String) },
  })
})

test('the existing version, by its number', async () => {
  const { asServer } = await createHarness()
  const path = `${PROJECT}/components/slack-send-message`
  const { version } = (await asServer(path)).body.data
  expect(await asServer(`${path}?version=${version}`)).toMatchObject({ status: 200 })
})

test.each([
  ['components', 'connect:*', 'connect:actions:*'],
  ['actions', 'connect:actions:*', 'connect:triggers:*'],
  ['triggers', 'connect:triggers:*', 'connect:actions:*'],
])('%s require the scope %s', async (family, scope, other) => {
  const { call, asServer } = await createHarness()
  const get = async (bearer: string) => (await asServer(`${PROJECT}/${family}`, { bearer })).status
  expect(await get(await newAccessToken(call, scope))).toBe(200)
  expect(await get(await newAccessToken(call, other))).toBe(403)
  expect(await get('nonsense')).toBe(401)
})

test('a browser leaves out the project', async () => {
  const { call, newConnectToken } = await createHarness()
  const bearer = await newConnectToken()
  for (const path of ['/components', '/actions', '/triggers', '/components/slack-send-message']) {
    expect(await call(`/v1/connect${path}`, { bearer })).toMatchObject({ status: 200 })
  }
})

test('apps with components, actions or triggers', async () => {
  const { asServer } = await createHarness()
  const slugs = async (query: string) =>
    (await asServer(`/v1/connect/apps?${query}`)).body.data.map(
      ({ name_slug }: { name_slug: string }) => name_slug,
    )
  for (const name of ['has_components', 'has_actions', 'has_triggers']) {
    expect(await slugs(`${name}=true`)).toEqual(expect.arrayContaining(['google_sheets', 'slack']))
    expect(await slugs(`${name}=true&q=slack`)).toContain('slack')
    expect(await slugs(`${name}=false&q=slack`)).not.toContain('slack')
    expect(await slugs(`${name}=true&q=openai`)).toEqual([])
    expect(await asServer(`/v1/connect/apps?${name}=perhaps`)).toMatchObject({ status: 400 })
  }
})
