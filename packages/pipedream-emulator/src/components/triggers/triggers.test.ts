import { expect, test } from 'vitest'
import type { ComponentContext, ConfiguredProps } from '../component.ts'
import { TRIGGERS } from '../registry.ts'

/** A provider that returns these bodies by path and query. */
function createContext(
  configuredProps: ConfiguredProps,
  responses: Record<string, unknown>,
): ComponentContext {
  return {
    configuredProps,
    async call({ url }) {
      const { pathname, search } = new URL(url)
      const body = responses[decodeURIComponent(pathname)] ?? responses[pathname + search]
      return Response.json(body ?? { error: 'unknown' }, { status: body === undefined ? 404 : 200 })
    },
    log: () => undefined,
    stash: () => ({ s3Key: '', url: '' }),
  }
}

const find = (key: string) => TRIGGERS.find((one) => one.key === key)
const firstPage = { page: 0, prevContext: {}, query: '' }
const values = [['Name'], ['Ada'], ['Grace']]

test('spreadsheets and worksheets can be chosen', async () => {
  const { options = {} } = find('google_sheets-new-row-added') ?? {}
  const context = createContext(
    { sheetID: 's1' },
    {
      '/drive/v3/files': { files: [{ id: 's1', name: 'Contacts' }], nextPageToken: 'more' },
      '/v4/spreadsheets/s1': { sheets: [{ properties: { sheetId: 0, title: 'W' } }] },
    },
  )
  expect(await options.sheetID?.(context, firstPage)).toEqual({
    options: [{ label: 'Contacts', value: 's1' }],
    context: { nextPageToken: 'more' },
  })
  expect(await options.worksheetIDs?.(context, firstPage)).toEqual({
    options: [{ label: 'W', value: 'W' }],
    context: null,
  })
})

test('existing rows, without the header', async () => {
  const context = createContext(
    { sheetID: 's1', worksheetIDs: ['It’s'] },
    { "/v4/spreadsheets/s1/values/'It’s'": { values } },
  )
  const history = await find('google_sheets-new-row-added')?.history?.(context)
  const event = { spreadsheetId: 's1', worksheet: 'It’s' }
  expect(history?.map((one) => one.event)).toEqual([
    { ...event, row: ['Ada'], rowNumber: 2 },
    { ...event, row: ['Grace'], rowNumber: 3 },
  ])
})

test('channels can be chosen, and their existing messages are emitted oldest first', async () => {
  const { options = {}, history } = find('slack-new-message') ?? {}
  const context = createContext(
    { conversations: ['C01'] },
    {
      '/api/conversations.list': {
        ok: true,
        channels: [{ id: 'C01', name: 'general' }],
        response_metadata: { next_cursor: 'more' },
      },
      '/api/conversations.history': {
        ok: true,
        messages: [
          { text: 'second', ts: '2.0' },
          { text: 'first', ts: '1.0' },
        ],
      },
    },
  )
  expect(await options.conversations?.(context, firstPage)).toEqual({
    options: [{ label: '#general', value: 'C01' }],
    context: { cursor: 'more' },
  })
  expect((await history?.(context))?.map(({ summary }) => summary)).toEqual(['first', 'second'])
})

test.each([
  ['google_sheets-new-row-added', { sheetID: 's1' }, {}],
  [
    'slack-new-message',
    { conversations: ['C01'] },
    { '/api/conversations.history': { ok: false } },
  ],
])('%s fails when its provider does', async (key, props, responses) => {
  await expect(find(key)?.history?.(createContext(props, responses))).rejects.toThrow(Error)
})
