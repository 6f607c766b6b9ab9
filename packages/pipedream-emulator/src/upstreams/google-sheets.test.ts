import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createHarness } from '../../test/harness.ts'
import { callThroughProxy } from '../../test/proxy.ts'

const SHEETS = 'https://sheets.googleapis.com/v4/spreadsheets'

async function openContacts() {
  const harness = await createHarness({ rateLimits: false })
  const { accountIds } = harness.emulator.seed({
    accounts: [
      { externalUserId: 'ada', app: 'google_sheets' },
      { externalUserId: 'ada', app: 'google_sheets' },
    ],
  })
  const [accountId = '', other = ''] = accountIds
  const proxy = callThroughProxy(harness)
  const contacts = `${SHEETS}/contacts-${accountId}`
  return {
    other,
    contacts,
    get: (url: string) => proxy(url, { accountId }),
    post: (url: string, json: unknown) => proxy(url, { accountId, json }),
    put: (url: string, json: unknown) => proxy(url, { accountId, json, method: 'PUT' }),
    getAsOther: (url: string) => proxy(url, { accountId: other }),
    append: (values: unknown) =>
      proxy(`${contacts}/values/Sheet1:append?valueInputOption=RAW`, {
        accountId,
        json: { values },
      }),
    rows: async (): Promise<unknown[][]> =>
      JSON.parse((await proxy(`${contacts}/values/Sheet1`, { accountId })).text).values,
  }
}

test('every account starts with the same Contacts', async () => {
  const { get, contacts } = await openContacts()
  const { body } = await get(contacts)
  expect(body).toMatchObject({
    properties: { title: 'Contacts' },
    sheets: [{ properties: { sheetId: 0, title: 'Sheet1' } }],
  })
  expect((await get(contacts)).body).toEqual(body)
})

test('an appended row can be read, below those before', async () => {
  const { append, rows } = await openContacts()
  const response = await append([['Ada', 'ada@example.com']])
  expect(response).toMatchObject({
    status: 200,
    body: { updates: { updatedRange: 'Sheet1!A2:B2', updatedRows: 1, updatedCells: 2 } },
  })
  await append([['Grace'], ['Edsger', '', 42]])
  expect(await rows()).toEqual([
    ['Name', 'Email', 'Phone'],
    ['Ada', 'ada@example.com'],
    ['Grace'],
    ['Edsger', '', '42'],
  ])
})

test('a part can be read, written and cleared', async () => {
  const { get, put, post, contacts, rows } = await openContacts()
  const written = await put(`${contacts}/values/Sheet1!B2:C3?valueInputOption=RAW`, {
    values: [
      [1, true],
      [null, 'x'],
    ],
  })
  expect(written.body).toMatchObject({ updatedRange: 'Sheet1!B2:C3', updatedCells: 4 })
  expect((await get(`${contacts}/values/B2:C2`)).body.values).toEqual([['1', 'TRUE']])
  const raw = await get(`${contacts}/values/B2:C2?valueRenderOption=UNFORMATTED_VALUE`)
  expect(raw.body.values).toEqual([[1, true]])
  await post(`${contacts}/values/Sheet1!A1:B3:clear`, {})
  expect(await rows()).toEqual([
    ['', '', 'Phone'],
    ['', '', 'TRUE'],
    ['', '', 'x'],
  ])
})

test('a new spreadsheet can be read, and another account cannot see it', async () => {
  const { post, get, getAsOther } = await openContacts()
  const { body } = await post(SHEETS, { properties: { title: 'Budget' } })
  expect((await get(`${SHEETS}/${body.spreadsheetId}`)).body.properties.title).toBe('Budget')
  expect(await getAsOther(`${SHEETS}/${body.spreadsheetId}`)).toMatchObject({
    status: 404,
    body: { error: { code: 404, status: 'NOT_FOUND' } },
  })
})

test.each([
  ['Nowhere!A1', 400],
  ['Sheet1!A1:B2:C3', 400],
  [encodeURIComponent("'Sheet1'!1:1"), 200],
])('the range %s returns %i', async (range, status) => {
  const { get, contacts } = await openContacts()
  expect((await get(`${contacts}/values/${range}`)).status).toBe(status)
})

test('what Google rejects is rejected', async () => {
  const { append, put, post, get, contacts, rows } = await openContacts()
  const values = [['x']]
  const refused = [
    await post(`${contacts}/values/Sheet1:append`, { values }),
    await append('x'),
    await append([['x'], 'y']),
    await append([[{ nested: true }]]),
    await put(`${contacts}/values/Sheet1!A1001?valueInputOption=RAW`, { values }),
    await put(`${contacts}/values/Sheet1!ZZZ1?valueInputOption=RAW`, { values }),
  ]
  expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400])
  expect((await get(`${SHEETS}/nope`)).status).toBe(404)
  expect((await post(`${contacts}/values/Sheet1:explode`, {})).status).toBe(404)
  expect(await rows()).toEqual([['Name', 'Email', 'Phone']])
})

test('appended rows are returned as they were shown', async () => {
  const cell = fc.string({ minLength: 1 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 }),
      async (values) => {
        const { append, rows } = await openContacts()
        await append(values)
        expect((await rows()).slice(1)).toEqual(values)
      },
    ),
    { numRuns: 50 },
  )
})
