import { expect, test } from 'vitest'
import { ask, sheets, slack, startConnected } from '../../test/call-component.ts'
import type { Harness } from '../../test/harness.ts'

const CONTACTS = { sheetId: 'contacts-apn_AdaSheets', worksheetId: 0 }
const NOW_MS = Date.parse('2026-01-01T00:00:00.900Z')

const run = (harness: Harness, body: Record<string, unknown>) => ask(harness, '/actions/run', body)

/** Adds a row under the headers of "Contacts", as a form does after reloading its props. */
async function addContact(harness: Harness, cells: Record<string, unknown>) {
  const id = 'google_sheets-add-single-row'
  const configured_props = { ...sheets(), ...CONTACTS, hasHeaders: true }
  const reloaded = await ask(harness, '/actions/props', { id, configured_props })
  return run(harness, {
    id,
    configured_props: { ...configured_props, ...cells },
    dynamic_props_id: reloaded.body.dynamicProps.id,
  })
}

async function readContacts(harness: Harness, range?: string): Promise<unknown> {
  const { body } = await run(harness, {
    id: 'google_sheets-get-values-in-range',
    configured_props: { ...sheets(), ...CONTACTS, range },
  })
  return body.ret
}

test('another action and the proxy return the row that an action added', async () => {
  const harness = await startConnected()
  const added = await addContact(harness, { col_0000: 'Ada', col_0001: 'ada@example.com' })
  expect(added).toMatchObject({ status: 200 })
  expect(added.body).toEqual({
    exports: { $summary: expect.any(String) },
    os: [{ k: 'console.log', ts: NOW_MS, msg: expect.any(String) }],
    ret: expect.objectContaining({ spreadsheetId: CONTACTS.sheetId, updatedRows: 1 }),
    stash_id: null,
  })
  const row = ['Ada', 'ada@example.com']
  expect(await readContacts(harness)).toEqual([['Name', 'Email', 'Phone'], row])
  expect(await readContacts(harness, 'A2:A2')).toEqual([['Ada']])
  const url = `https://sheets.googleapis.com/v4/spreadsheets/${CONTACTS.sheetId}/values/A2:C2`
  const query = 'external_user_id=ada&account_id=apn_AdaSheets'
  const { body } = await harness.asServer(`/v1/connect/proj_emulator/proxy/${btoa(url)}?${query}`)
  expect(body).toMatchObject({ values: [row] })
})

test('a choice with its label is as valid as its value', async () => {
  const harness = await startConnected()
  const { body } = await run(harness, {
    id: 'google_sheets-add-single-row',
    configured_props: {
      ...sheets(),
      sheetId: { __lv: { label: 'Contacts', value: CONTACTS.sheetId } },
      worksheetId: { __lv: { label: 'Sheet1', value: 0 } },
      hasHeaders: false,
      myColumnData: ['Grace'],
    },
    dynamic_props_id: (
      await ask(harness, '/components/props', {
        id: 'google_sheets-add-single-row',
        configured_props: { ...sheets(), ...CONTACTS, hasHeaders: false },
      })
    ).body.dynamicProps.id,
  })
  expect(body.ret).toMatchObject({ updatedRows: 1 })
  expect(await readContacts(harness, 'A2:C2')).toEqual([['Grace']])
})

test('a spreadsheet that an action created can be chosen', async () => {
  const harness = await startConnected()
  const { body } = await run(harness, {
    id: 'google_sheets-create-spreadsheet',
    configured_props: { ...sheets(), title: 'Leads' },
  })
  const { spreadsheetId } = body.ret
  const options = await ask(harness, '/actions/configure', {
    id: 'google_sheets-add-single-row',
    prop_name: 'sheetId',
    configured_props: sheets(),
    query: 'lead',
  })
  expect(options.body.options).toEqual([{ label: 'Leads', value: spreadsheetId }])
})

test('a message, a reply to it, and the channels', async () => {
  const harness = await startConnected()
  const id = 'slack-send-message'
  const configured_props = { ...slack(), conversation: 'CEMULATOR00', text: 'Hello' }
  const sent = await run(harness, { id, configured_props })
  expect(sent.body.ret).toMatchObject({
    ok: true,
    channel: 'CEMULATOR00',
    message: { text: 'Hello' },
  })
  const replying = { ...configured_props, replyToThread: true }
  const props = await ask(harness, '/actions/props', { id, configured_props: replying })
  const reply = await run(harness, {
    id,
    configured_props: { ...replying, text: 'Hello yourself', thread_ts: sent.body.ret.ts },
    dynamic_props_id: props.body.dynamicProps.id,
  })
  expect(reply.body.ret.message).toMatchObject({ thread_ts: sent.body.ret.ts })
  const channels = await run(harness, { id: 'slack-list-channels', configured_props: slack() })
  expect(channels.body.ret.channels).toContainEqual(
    expect.objectContaining({ id: 'CEMULATOR00', name: 'general' }),
  )
})

test('an action emits an event of a trigger', async () => {
  const harness = await startConnected()
  const { body } = await ask(harness, '/triggers/deploy', {
    id: 'slack-new-message',
    configured_props: slack(),
  })
  await run(harness, {
    id: 'slack-send-message',
    configured_props: { ...slack(), conversation: 'CEMULATOR00', text: 'Hello' },
  })
  const path = `/v1/connect/proj_emulator/deployed-triggers/${body.data.id}/events`
  const events = await harness.asServer(`${path}?external_user_id=ada`)
  expect(events.body.data).toMatchObject([{ e: { text: 'Hello', channel: 'CEMULATOR00' } }])
})

const EXPORT = 'google_sheets-export-csv'

test.each([
  ['NEW', /^[0-9a-f]{32}$/],
  [true, /^[0-9a-f]{32}$/],
  ['ab'.repeat(16), /^(ab){16}$/],
])('a file is stored for stash_id %j', async (stash_id, id) => {
  const harness = await startConnected()
  await addContact(harness, { col_0000: 'Lovelace, "Ada"', col_0002: '1\n2' })
  const { body } = await run(harness, {
    id: EXPORT,
    configured_props: { ...sheets(), ...CONTACTS },
    stash_id,
  })
  expect(body.stash_id).toMatch(id)
  const [upload] = body.exports.$filestash_uploads
  expect(upload).toMatchObject({
    localPath: 'export.csv',
    s3Key: expect.stringMatching(
      new RegExp(`^1day/proj_emulator/[^/]+/${body.stash_id}/u/export\\.csv$`),
    ),
  })
  const query = new URLSearchParams({ s3_key: upload.s3Key })
  const path = `/v1/connect/proj_emulator/file_stash/download?${query}`
  const text = 'Name,Email,Phone\r\n"Lovelace, ""Ada""",,"1\n2"\r\n'
  expect((await harness.asServer(path)).body).toBe(text)
  const download = await harness.emulator.fetch(new Request(upload.get_url))
  expect(await download.text()).toBe(text)
})

test.each([undefined, null, '', false])('no file is stored for stash_id %j', async (stash_id) => {
  const harness = await startConnected()
  const { status, body } = await run(harness, {
    id: EXPORT,
    configured_props: { ...sheets(), ...CONTACTS },
    stash_id,
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({ exports: {}, ret: null, stash_id: null, os: [{ k: 'error' }] })
})

test('a run costs a credit, even when it fails', async () => {
  const harness = await startConnected()
  const start = Date.parse('2026-01-01T00:00:00Z') / 1000
  const spent = async () => {
    const path = `/v1/connect/usage?start_ts=${start}&end_ts=${start + 60}`
    return (await harness.asServer(path)).body.data[0]?.action_run_credits_used
  }
  const id = 'slack-list-channels'
  await run(harness, { id, configured_props: slack() })
  await run(harness, { id })
  await run(harness, { id: 'slack-no-such-thing' })
  expect(await spent()).toBe(2)
})

test.each([
  ['no account', 'slack-list-channels', {}],
  ['a prop that is missing', 'slack-send-message', { ...slack(), conversation: 'CEMULATOR00' }],
  ['a prop of the wrong kind', 'slack-send-message', { ...slack(), conversation: {}, text: 'Hi' }],
  [
    'a channel that is not there',
    'slack-send-message',
    { ...slack(), conversation: 'C', text: 'Hi' },
  ],
  [
    'a spreadsheet that is not there',
    'google_sheets-get-values-in-range',
    { ...sheets(), sheetId: 'nothing', worksheetId: 0 },
  ],
  [
    'a worksheet that is not there',
    'google_sheets-get-values-in-range',
    { ...sheets(), ...CONTACTS, worksheetId: 7 },
  ],
  [
    'an invalid range',
    'google_sheets-get-values-in-range',
    { ...sheets(), ...CONTACTS, range: '!!' },
  ],
  [
    'columns without the id of their reload',
    'google_sheets-add-single-row',
    { ...sheets(), ...CONTACTS, hasHeaders: true, col_0000: 'Ada' },
  ],
])('%s is an observation, with status 200', async (_, id, configured_props) => {
  const response = await run(await startConnected(), { id, configured_props })
  expect(response).toMatchObject({ status: 200 })
  expect(response.body).toEqual({
    exports: {},
    os: [
      {
        k: 'error',
        ts: NOW_MS,
        err: { name: 'Error', message: expect.stringMatching(/./), stack: expect.any(String) },
      },
    ],
    ret: null,
    stash_id: null,
  })
})

test('a dead account cannot run anything', async () => {
  const harness = await startConnected()
  harness.emulator.accounts.update('apn_AdaSlack', { dead: true })
  const { body } = await run(harness, { id: 'slack-list-channels', configured_props: slack() })
  expect(body).toMatchObject({ ret: null, os: [{ k: 'error' }] })
})
