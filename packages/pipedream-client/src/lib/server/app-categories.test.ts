import { expect, test } from 'vitest'
import * as samples from '../../../test/samples.ts'
import { stubPipedream } from '../../../test/stub-pipedream.ts'

const respondingWith = (response: unknown) =>
  stubPipedream({ onCall: () => Response.json(response) })

test('list reads a list without pagination, outside of any project', async () => {
  const { client, calls } = respondingWith([samples.appCategory, {}])
  const categories = await client.appCategories.list()
  expect(calls).toMatchObject([{ method: 'GET', path: '/v1/connect/app_categories' }])
  expect(categories).toEqual([
    { ...samples.appCategory, raw: samples.appCategory },
    { id: null, name: null, description: null, raw: {} },
  ])
})

test('get reads one resource', async () => {
  const { client, calls } = respondingWith(samples.appCategory)
  await expect(client.appCategories.get('appcat_3yh4Yr')).resolves.toMatchObject({ name: 'CRM' })
  expect(calls).toMatchObject([{ method: 'GET', path: '/v1/connect/app_categories/appcat_3yh4Yr' }])
})

test.each([
  ['a page', { data: [samples.appCategory] }],
  ['an entry that is no category', ['CRM']],
  ['a name that is no text', [{ name: 7 }]],
])('list rejects %s', async (_, response) => {
  const { client } = respondingWith(response)
  await expect(client.appCategories.list()).rejects.toMatchObject({ code: 'ERR_BAD_RESPONSE' })
})

test.each(['', '..', 'a/b'])('get rejects %o', async (appCategoryId) => {
  const { client, tokenRequests } = stubPipedream()
  await expect(client.appCategories.get(appCategoryId)).rejects.toMatchObject({
    code: 'ERR_INVALID_INPUT',
    input: 'appCategoryId',
  })
  expect(tokenRequests).toHaveLength(0)
})
