import { expect, test } from 'vitest'
import { createHarness, type Harness } from '../../test/harness.ts'

async function listSlugs(harness: Harness, query: string): Promise<string[]> {
  const { body } = await harness.asServer(`/v1/connect/apps?${query}`)
  return body.data.map((app: { name_slug: string }) => app.name_slug)
}

test('following the cursors returns every app once, in order, and ends', async () => {
  const harness = await createHarness()
  const slugs: string[] = []
  const counts: number[] = []
  let after = ''
  do {
    const { body } = await harness.asServer(
      `/v1/connect/apps?limit=99&sort_key=name_slug&after=${after}`,
    )
    slugs.push(...body.data.map((app: { name_slug: string }) => app.name_slug))
    counts.push(body.page_info.count)
    after = body.page_info.end_cursor
  } while (after !== null)
  const { body } = await harness.asServer('/v1/connect/apps?limit=1')
  expect(slugs).toHaveLength(body.page_info.total_count)
  expect(new Set(slugs).size).toBe(slugs.length)
  expect(slugs).toEqual(slugs.toSorted(new Intl.Collator('en').compare))
  expect(slugs.length).toBeGreaterThan(2500)
  expect(counts.slice(0, -1).every((count) => count === 99)).toBe(true)
})

test('before returns the previous page', async () => {
  const harness = await createHarness()
  const first = await harness.asServer('/v1/connect/apps?limit=3')
  const second = await harness.asServer(
    `/v1/connect/apps?limit=3&after=${first.body.page_info.end_cursor}`,
  )
  const back = await harness.asServer(
    `/v1/connect/apps?limit=3&before=${second.body.page_info.start_cursor}`,
  )
  expect(back.body.data).toEqual(first.body.data)
})

test('an empty page has no cursors', async () => {
  const harness = await createHarness()
  const { body } = await harness.asServer('/v1/connect/apps?q=no-such-app')
  expect(body).toEqual({
    data: [],
    page_info: { total_count: 0, count: 0, start_cursor: null, end_cursor: null },
  })
})

test.each([
  ['', 10],
  ['limit=0', 1],
  ['limit=1000', 100],
  ['limit=many', 10],
])('a page of "%s" has %i apps', async (query, count) => {
  const harness = await createHarness()
  expect(await listSlugs(harness, query)).toHaveLength(count)
})

test.each([
  'after=%00',
  'after=bm9uc2Vuc2U',
  'sort_key=size',
  'sort_key=toString',
  'sort_direction=up',
])('%s is rejected', async (query) => {
  const harness = await createHarness()
  expect(await harness.asServer(`/v1/connect/apps?${query}`)).toMatchObject({ status: 400 })
})

test('the search ignores case and matches parts of names', async () => {
  const harness = await createHarness()
  expect(await listSlugs(harness, 'q=SHEETS')).toEqual(['google_sheets'])
})

test('the most popular apps come first on request', async () => {
  const harness = await createHarness()
  const slugs = await listSlugs(harness, 'sort_key=featured_weight&sort_direction=desc&limit=2')
  expect(slugs).toEqual(['google_sheets', 'slack'])
})

test('a category narrows the list, and several categories are combined', async () => {
  const harness = await createHarness()
  const { body: categories } = await harness.asServer('/v1/connect/app_categories')
  const idOf = (name: string) => categories.find((category) => category.name === name)?.id
  expect(await listSlugs(harness, `category_ids=${idOf('Analytics')}`)).toEqual([
    'google_analytics',
  ])
  expect(
    await listSlugs(
      harness,
      `category_ids=${idOf('Analytics')}&category_ids=${idOf('E-commerce')}`,
    ),
  ).toEqual(['google_analytics', 'shopify_developer_app'])
  expect(await listSlugs(harness, 'category_ids=appcat_none')).toEqual([])
})

test('categories are an unwrapped list, and one category an unwrapped object', async () => {
  const harness = await createHarness()
  const { body } = await harness.asServer('/v1/connect/app_categories')
  expect(body[0]).toEqual({
    id: expect.stringMatching(/^appcat_/),
    name: expect.any(String),
    description: expect.any(String),
  })
  expect((await harness.asServer(`/v1/connect/app_categories/${body[0]?.id}`)).body).toEqual(
    body[0],
  )
  expect(await harness.asServer('/v1/connect/app_categories/appcat_none')).toMatchObject({
    status: 404,
  })
})

test('one app is returned wrapped, by slug or id', async () => {
  const { asServer } = await createHarness()
  const { body } = await asServer('/v1/connect/apps/openai')
  expect(body.data).toMatchObject({
    id: expect.stringMatching(/^app_/),
    name_slug: 'openai',
    auth_type: 'keys',
    img_src: 'http://localhost:4010/_static/logos/openai.svg',
    scope_profiles: [],
    connect: { proxy_enabled: true },
  })
  expect(JSON.parse(body.data.custom_fields_json)).toMatchObject([
    { name: 'api_key', type: 'password' },
  ])
  expect((await asServer(`/v1/connect/apps/${body.data.id}`)).body).toEqual(body)
})

test.each(['nope', '__proto__', '%2e%2e', 'app_%00'])('%s finds no app', async (id) => {
  const { asServer } = await createHarness()
  expect(await asServer(`/v1/connect/apps/${id}`)).toMatchObject({
    status: 404,
    body: { error: 'record not found' },
  })
})

test('connect tokens can read the catalogue, and anonymous callers cannot', async () => {
  const { call, newConnectToken } = await createHarness()
  const bearer = await newConnectToken()
  expect(await call('/v1/connect/apps', { bearer })).toMatchObject({ status: 200 })
  expect(await call('/v1/connect/apps')).toMatchObject({ status: 401 })
})

test('well-known apps come before the generated ones', async () => {
  const harness = await createHarness()
  const query = 'sort_key=featured_weight&sort_direction=desc&limit=100'
  const { body } = await harness.asServer(`/v1/connect/apps?${query}`)
  const known = body.data.filter((app: { categories: string[] }) => app.categories.length > 0)
  expect(known.length).toBeGreaterThanOrEqual(40)
  expect(body.data.slice(0, known.length)).toEqual(known)
  expect(body.data.at(-1)).toMatchObject({ featured_weight: 0, categories: [], description: null })
})

test.each([
  'limit=100&sort_key=featured_weight&sort_direction=desc',
  'limit=100&sort_key=name_slug&sort_direction=desc',
])('every app of %s has a logo that a browser can draw', async (query) => {
  const harness = await createHarness()
  const { body } = await harness.asServer(`/v1/connect/apps?${query}`)
  for (const app of body.data) {
    const logo = await harness.call(new URL(app.img_src).pathname)
    expect(logo.headers.get('content-type')).toMatch(/^image\/svg\+xml/)
    // The tile contains a drawing.
    expect(logo.body).toMatch(/^<svg .*<svg [^>]*>.*<(path|rect|circle|g)\b.*<\/svg><\/svg>$/s)
  }
  expect(await harness.call('/_static/logos/nope.svg')).toMatchObject({ status: 404 })
})

test.each(['apps?limit=3', 'apps/slack', 'app_categories'])(
  '/v1/%s is an older path for the same response',
  async (path) => {
    const { asServer } = await createHarness()
    const { status, body } = await asServer(`/v1/${path}`)
    expect(status).toBe(200)
    expect(body).toEqual((await asServer(`/v1/connect/${path}`)).body)
  },
)

test('an app lists its scope profiles', async () => {
  const { asServer } = await createHarness()
  const { body } = await asServer('/v1/connect/apps/slack')
  expect(body.data.scope_profiles).toContainEqual({
    name: 'read_only',
    scopes: ['channels:read', 'users:read'],
  })
})
