import { expect, test } from 'vitest'
import { ask, sheets, slack, startConnected } from '../../test/call-component.ts'
import type { Harness } from '../../test/harness.ts'

const ROW = 'google_sheets-add-single-row'
const CONTACTS = { sheetId: 'contacts-apn_AdaSheets', worksheetId: 0 }

interface Option {
  label: string
  value: unknown
}

const configure = (harness: Harness, body: Record<string, unknown>) =>
  ask(harness, '/components/configure', body)

test('the choices of a prop have exactly these keys', async () => {
  const harness = await startConnected()
  const response = await configure(harness, {
    id: ROW,
    prop_name: 'worksheetId',
    configured_props: { ...sheets(), ...CONTACTS },
  })
  expect([response.status, response.body]).toEqual([
    200,
    {
      observations: [],
      context: null,
      options: [{ label: 'Sheet1', value: 0 }],
      stringOptions: null,
      errors: [],
    },
  ])
})

test('choices are paged without duplicates, and filtered by the search term', async () => {
  const harness = await startConnected()
  const order = { id: 'slack-send-message', prop_name: 'conversation', configured_props: slack() }
  const found: Option[] = []
  let context: unknown = null
  let page = 0
  do {
    const { body } = await configure(harness, { ...order, page, prev_context: context })
    found.push(...body.options)
    context = body.context
    page += 1
  } while (context !== null && page < 10)
  expect(page).toBeGreaterThan(1)
  expect(new Set(found.map(({ value }) => value)).size).toBe(found.length)
  expect(found).toContainEqual({ label: '#general', value: 'CEMULATOR00' })
  const narrowed = await configure(harness, { ...order, query: 'GENER' })
  expect(narrowed.body.options).toEqual([{ label: '#general', value: 'CEMULATOR00' }])
})

test('a search term with quotes matches quotes', async () => {
  const harness = await startConnected()
  const order = { id: ROW, prop_name: 'sheetId', configured_props: sheets() }
  expect((await configure(harness, { ...order, query: "' or \\'" })).body).toMatchObject({
    options: [],
    errors: [],
  })
  expect((await configure(harness, { ...order, query: 'cont' })).body.options).toHaveLength(1)
})

test('triggers have choices, too', async () => {
  const { body } = await ask(await startConnected(), '/triggers/configure', {
    id: 'google_sheets-new-row-added',
    prop_name: 'sheetID',
    configured_props: sheets(),
  })
  expect(body.options).toEqual([{ label: 'Contacts', value: CONTACTS.sheetId }])
})

test('without an account there are no choices and no error', async () => {
  const { status, body } = await configure(await startConnected(), {
    id: ROW,
    prop_name: 'sheetId',
  })
  expect([status, body]).toMatchObject([200, { options: [], errors: [], observations: [] }])
})
