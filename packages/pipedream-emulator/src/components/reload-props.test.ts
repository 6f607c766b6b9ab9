import { expect, test } from 'vitest'
import { ask, sheets, slack, startConnected } from '../../test/call-component.ts'
import type { Harness } from '../../test/harness.ts'

const ROW = 'google_sheets-add-single-row'
const CONTACTS = { sheetId: 'contacts-apn_AdaSheets', worksheetId: 0 }

const reload = (harness: Harness, body: Record<string, unknown>) =>
  ask(harness, '/components/props', body)
const namesOf = (response: { body: { dynamicProps: { configurableProps: { name: string }[] } } }) =>
  response.body.dynamicProps.configurableProps.map(({ name }) => name)

test('a component error is an error and an observation, with status 200', async () => {
  const harness = await startConnected()
  const configured_props = { ...sheets(), sheetId: 'nothing', worksheetId: 0, hasHeaders: true }
  const responses = [
    await ask(harness, '/components/configure', {
      id: ROW,
      prop_name: 'worksheetId',
      configured_props,
    }),
    await reload(harness, { id: ROW, configured_props }),
  ]
  for (const { status, body } of responses) {
    expect(status).toBe(200)
    const [observation] = body.observations
    expect(observation).toMatchObject({ k: 'error', err: { stack: expect.any(String) } })
    const { name, message } = observation?.err ?? {}
    expect(body.errors.map((text: string): unknown => JSON.parse(text))).toEqual([
      { name, message },
    ])
    expect(message).not.toBe('')
  }
  expect(responses[0]?.body.options).toEqual([])
  expect(responses[1]?.body.dynamicProps).toBeNull()
})

test('props depend on the input: a string for each header, or a list', async () => {
  const harness = await startConnected()
  const own = ['googleSheets', 'sheetId', 'worksheetId', 'hasHeaders']
  const props = (configured_props: object) => reload(harness, { id: ROW, configured_props })
  expect(namesOf(await props({}))).toEqual(own)
  const filled = { ...sheets(), ...CONTACTS }
  expect(namesOf(await props({ ...filled, hasHeaders: false }))).toEqual([...own, 'myColumnData'])
  const withHeaders = await props({ ...filled, hasHeaders: true })
  expect(withHeaders.body).toEqual({
    observations: [],
    errors: [],
    dynamicProps: {
      id: expect.stringMatching(/^dyp_[0-9A-Za-z]+$/),
      configurableProps: [
        ...own.map((name) => expect.objectContaining({ name })),
        { name: 'col_0000', type: 'string', label: 'Name', optional: true },
        { name: 'col_0001', type: 'string', label: 'Email', optional: true },
        { name: 'col_0002', type: 'string', label: 'Phone', optional: true },
      ],
    },
  })
})

test('a prop reveals another, and each reload has its own id', async () => {
  const harness = await startConnected()
  const props = (replyToThread: boolean) =>
    reload(harness, { id: 'slack-send-message', configured_props: { ...slack(), replyToThread } })
  const [without, revealed, again] = [await props(false), await props(true), await props(true)]
  expect(namesOf(without)).not.toContain('thread_ts')
  expect(namesOf(revealed)).toContain('thread_ts')
  expect(again.body.dynamicProps.id).not.toBe(revealed.body.dynamicProps.id)
})

test('a component whose props never change returns all of them', async () => {
  const response = await reload(await startConnected(), { id: 'http-new-requests' })
  expect(namesOf(response)).toEqual(['http'])
})

test('reloaded props are only valid for their component, user and environment', async () => {
  const harness = await startConnected()
  const { body } = await reload(harness, { id: ROW })
  const dynamic_props_id = body.dynamicProps.id
  const status = async (order: Record<string, unknown>) =>
    (await reload(harness, { id: ROW, dynamic_props_id, ...order })).status
  expect(await status({})).toBe(200)
  expect(await status({ id: 'slack-send-message' })).toBe(400)
  expect(await status({ external_user_id: 'grace' })).toBe(400)
  expect(await status({ dynamic_props_id: 'dyp_Unknown' })).toBe(400)
  const elsewhere = await harness.asServer('/v1/connect/proj_emulator/components/props', {
    method: 'POST',
    environment: 'production',
    json: { id: ROW, external_user_id: 'ada', dynamic_props_id },
  })
  expect(elsewhere.status).toBe(400)
  const project = await harness.asServer('/v1/connect/projects', {
    method: 'POST',
    json: { name: 'Other' },
  })
  const other = await harness.asServer(`/v1/connect/${project.body.id}/components/props`, {
    method: 'POST',
    json: { id: ROW, external_user_id: 'ada', dynamic_props_id },
  })
  expect(other.status).toBe(400)
})

test('a worksheet without headers has no columns', async () => {
  const harness = await startConnected()
  const created = await ask(harness, '/actions/run', {
    id: 'google_sheets-create-spreadsheet',
    configured_props: { ...sheets(), title: 'Empty' },
  })
  const sheetId = created.body.ret.spreadsheetId
  const { body } = await reload(harness, {
    id: ROW,
    configured_props: { ...sheets(), sheetId, worksheetId: 0, hasHeaders: true },
  })
  expect(body).toMatchObject({ dynamicProps: null, observations: [{ k: 'error' }] })
})

test('reloaded props are deleted with their user', async () => {
  const harness = await startConnected()
  const dynamic_props_id = (await reload(harness, { id: ROW })).body.dynamicProps.id
  await harness.asServer('/v1/connect/proj_emulator/users/ada', { method: 'DELETE' })
  expect(await reload(harness, { id: ROW, dynamic_props_id })).toMatchObject({ status: 400 })
})
