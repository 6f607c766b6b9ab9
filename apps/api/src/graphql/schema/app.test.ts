import { expect, test } from 'vitest'
import { createTestGateway } from '../../../test/fixtures/create-test-gateway.ts'

const APPS = `query ($search: String, $first: Int, $after: String) {
  apps(search: $search, first: $first, after: $after) {
    __typename
    ... on AppConnection { totalCount nodes { slug name authType imgSrc categories } pageInfo { endCursor hasNextPage } }
    ... on Error { message }
  }
}`

const CATEGORIES = '{ appCategories { __typename ... on AppCategories { nodes { id name } } } }'

interface Apps {
  apps: { nodes: { slug: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } }
}

test('the catalogue can be searched', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  const { apps } = (await ada.query(APPS, { search: ' google sh ' })) as unknown as Apps
  expect(apps.nodes).toContainEqual(
    expect.objectContaining({ slug: 'google_sheets', name: 'Google Sheets', authType: 'OAUTH' }),
  )
})

test('reading page after page meets every app once', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  const slugs: string[] = []
  let after: string | null = null
  do {
    const { apps } = (await ada.query(APPS, { first: 20, after })) as unknown as Apps
    slugs.push(...apps.nodes.map(({ slug }) => slug))
    after = apps.pageInfo.hasNextPage ? apps.pageInfo.endCursor : null
  } while (after !== null)
  expect(slugs.length).toBeGreaterThanOrEqual(30)
  expect(new Set(slugs).size).toBe(slugs.length)
  expect(slugs).toEqual(expect.arrayContaining(['google_sheets', 'slack', 'openai']))
})

test('one app is found by its slug', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  const APP = `query ($slug: String!) { app(slug: $slug) { __typename ... on App { name authType } ... on UnknownApp { slug } } }`
  expect(await ada.field(APP, { slug: 'openai' })).toMatchObject({ authType: 'KEYS' })
  expect(await ada.field(APP, { slug: 'nope' })).toEqual({ __typename: 'UnknownApp', slug: 'nope' })
})

test('the catalogue is narrowed by one of its categories', async () => {
  const { signIn } = await createTestGateway()
  const ada = await signIn('ada')
  const { nodes } = (await ada.field(CATEGORIES)) as unknown as {
    nodes: { id: string; name: string }[]
  }
  const category = nodes.find(({ name }) => name === 'Communication')
  const NARROWED = `query ($category: String) {
    apps(category: $category) { ... on AppConnection { nodes { categories } } }
  }`
  const narrowed = await ada.field(NARROWED, { category: category?.id })
  const { nodes: apps } = narrowed as unknown as { nodes: { categories: string[] }[] }
  expect(apps.length).toBeGreaterThan(0)
  for (const { categories } of apps) expect(categories).toContain('Communication')
})

test('the catalogue is for people who are signed in', async () => {
  const { browser } = await createTestGateway()
  expect(await browser().field(APPS)).toMatchObject({ __typename: 'NotSignedIn' })
  expect(await browser().field(CATEGORIES)).toMatchObject({ __typename: 'NotSignedIn' })
})
