import { describe, expect, test } from 'vitest'
import { listOf, type StubRequest, stubPipedream } from '../../../test/stub-pipedream.ts'

interface ScriptedPage {
  ids: string[]
  end?: string | null | undefined
}

/** A list whose pages depend on the cursor that is sent; a blank one is the first page. */
function listing(pages: Record<string, ScriptedPage>) {
  const stub = stubPipedream({
    onCall: ({ path }) => {
      const cursor = new URL(path, 'https://api.pipedream.com').searchParams.get('after') ?? ''
      const page = pages[cursor]
      if (page === undefined) throw new Error(`Stub: no page after ${cursor}`)
      return listOf(
        page.ids.map((id) => ({ id })),
        page.end,
      )
    },
  })
  const walk = async () => {
    const ids: string[] = []
    for await (const account of await stub.client.accounts.list()) ids.push(account.id)
    return ids
  }
  return { ...stub, walk }
}

const afters = (calls: StubRequest[]) => calls.map(({ path }) => path.split('?')[1] ?? '')

describe('a walk', () => {
  test.each([
    ['null', null],
    ['absent', undefined],
    ['empty', ''],
  ])('ends when the cursor is %s', async (_, end) => {
    const { walk, calls } = listing({
      '': { ids: ['apn_1', 'apn_2'], end: 'c1' },
      c1: { ids: ['apn_3'], end },
    })
    expect(await walk()).toEqual(['apn_1', 'apn_2', 'apn_3'])
    expect(afters(calls)).toEqual(['', 'after=c1'])
  })

  test('ends at an empty page, even with a cursor', async () => {
    const { walk } = listing({ '': { ids: ['apn_1'], end: 'c1' }, c1: { ids: [], end: 'c2' } })
    expect(await walk()).toEqual(['apn_1'])
  })

  test('ends when the sent cursor is returned', async () => {
    const { walk, calls } = listing({
      '': { ids: ['apn_1'], end: 'c1' },
      c1: { ids: ['apn_2'], end: 'c1' },
    })
    expect(await walk()).toEqual(['apn_1', 'apn_2'])
    expect(calls).toHaveLength(2)
  })

  test('ends when cursors repeat', async () => {
    const { walk, calls } = listing({
      '': { ids: ['apn_1'], end: 'c1' },
      c1: { ids: ['apn_2'], end: 'c2' },
      c2: { ids: ['apn_3'], end: 'c1' },
    })
    expect(await walk()).toEqual(['apn_1', 'apn_2', 'apn_3'])
    expect(calls).toHaveLength(3)
  })

  test('fetches only the pages that are read', async () => {
    const { client, calls } = listing({ '': { ids: ['apn_1', 'apn_2'], end: 'c1' } })
    for await (const account of await client.accounts.list()) {
      if (account.id === 'apn_2') break
    }
    expect(calls).toHaveLength(1)
  })

  test('keeps the query, except for the cursor', async () => {
    const { client, calls } = stubPipedream({
      onCall: ({ path }) => listOf([{ id: 'apn_1' }], path.includes('after=c1') ? null : 'c1'),
    })
    const page = await client.accounts.list({ externalUserId: 'ada', before: 'c9', limit: 1 })
    for await (const account of page) expect(account.id).toBe('apn_1')
    expect(afters(calls)).toEqual([
      'external_user_id=ada&before=c9&limit=1',
      'external_user_id=ada&after=c1&limit=1',
    ])
  })

  test('stops when its signal is aborted', async () => {
    const controller = new AbortController()
    const { client } = listing({ '': { ids: ['apn_1'], end: 'c1' } })
    const page = await client.accounts.list({}, { signal: controller.signal })
    const walk = async () => {
      for await (const account of page) controller.abort(account.id)
    }
    await expect(walk()).rejects.toMatchObject({ code: 'ERR_ABORTED', cause: 'apn_1' })
  })

  test('can be repeated', async () => {
    const { client } = listing({ '': { ids: ['apn_1'], end: 'c1' }, c1: { ids: ['apn_2'] } })
    const page = await client.accounts.list()
    const ids: string[] = []
    for await (const { id } of page) ids.push(id)
    for await (const { id } of page) ids.push(id)
    expect(ids).toEqual(['apn_1', 'apn_2', 'apn_1', 'apn_2'])
  })
})

describe('a page', () => {
  test('says where it is in the list', async () => {
    const { client } = stubPipedream({
      onCall: () =>
        Response.json({
          data: [{ id: 'apn_1' }],
          page_info: { total_count: 120, count: 1, start_cursor: 's', end_cursor: 'e' },
        }),
    })
    const page = await client.accounts.list()
    expect(page.pageInfo).toEqual({
      totalCount: 120,
      count: 1,
      startCursor: 's',
      endCursor: 'e',
    })
    expect(page.nextCursor).toBe('e')
  })

  test.each([
    { when: 'its cursor is the one that was sent', query: { after: 'c1' }, ids: ['a'], end: 'c1' },
    { when: 'it is empty', query: {}, ids: [], end: 'c1' },
    { when: 'its cursor is empty', query: {}, ids: ['a'], end: '' },
  ])('is the last one when $when', async ({ query, ids, end }) => {
    const { client } = stubPipedream({
      onCall: () =>
        listOf(
          ids.map((id) => ({ id })),
          end,
        ),
    })
    const page = await client.accounts.list(query)
    expect(page.nextCursor).toBeNull()
    expect(page.pageInfo.endCursor).toBe(end)
  })

  test.each([
    ['limit', 0],
    ['limit', 1.5],
    ['limit', Number.NaN],
    ['after', ''],
    ['before', ' '],
  ])('is not requested with %s %o', async (input, value) => {
    const { client, tokenRequests } = stubPipedream()
    await expect(client.apps.list({ [input]: value })).rejects.toMatchObject({
      code: 'ERR_INVALID_INPUT',
      input,
    })
    expect(tokenRequests).toHaveLength(0)
  })
})
