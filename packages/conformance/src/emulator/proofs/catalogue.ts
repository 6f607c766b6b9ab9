// oxlint-disable vitest/no-standalone-expect -- these run inside of a test, by `runProof`
import { expect } from 'vitest'
import { type Proof, prove } from '../proof.ts'
import { collect, refusalOf } from '../run-proof.ts'

/** Apps and their categories. */
export const catalogueProofs: readonly Proof[] = [
  prove('apps.list', 'GET /v1/connect/apps', {
    'walked to the end, none twice': async ({ client }) => {
      const { response } = await client.apps.list({ limit: 1 })
      const apps = await collect(client.apps.list({ limit: 100 }))
      const slugs = apps.map(({ nameSlug }) => nameSlug)
      expect(slugs).toHaveLength(response.pageInfo.totalCount ?? -1)
      expect(new Set(slugs).size).toBe(slugs.length)
    },
    searched: async ({ client }) => {
      const found = await collect(client.apps.list({ q: 'google sh' }))
      expect(found.map(({ nameSlug }) => nameSlug)).toEqual(['google_sheets'])
    },
    'sorted both ways': async ({ client }) => {
      const weights = async (sortDirection: 'asc' | 'desc') => {
        const { data } = await client.apps.list({ sortKey: 'featured_weight', sortDirection })
        return data.map(({ featuredWeight }) => featuredWeight)
      }
      const [rising, falling] = [await weights('asc'), await weights('desc')]
      expect(rising).toEqual(rising.toSorted((a, b) => a - b))
      expect(falling).toEqual(falling.toSorted((a, b) => b - a))
      expect(falling[0]).toBeGreaterThan(rising[0] ?? Infinity)
    },
    'of a category': async ({ client }) => {
      const category = (await client.appCategories.list()).find(
        ({ name }) => name === 'Communication',
      )
      const { data } = await client.apps.list({ categoryIds: [category?.id ?? ''], limit: 50 })
      expect(data.map(({ nameSlug }) => nameSlug)).toContain('slack')
      expect(new Set(data.flatMap(({ categories }) => categories))).toEqual(
        new Set(['Communication']),
      )
    },
  }),
  prove('apps.retrieve', 'GET /v1/connect/apps/{id}', {
    'by slug and by id': async ({ client }) => {
      const { data } = await client.apps.retrieve('openai')
      expect(data).toMatchObject({ nameSlug: 'openai', authType: 'keys' })
      expect(JSON.parse(data.customFieldsJson ?? '')).toMatchObject([
        { name: 'api_key', type: 'password' },
      ])
      expect(await client.apps.retrieve(data.id ?? '')).toEqual({ data })
    },
    'an unknown one: 404': async ({ client }) => {
      await client.apps.retrieve('slack')
      expect((await refusalOf(client.apps.retrieve('sla/ck'))).statusCode).toBe(404)
    },
    'by a connect token': async ({ asUser }) => {
      const { data } = await (await asUser('ada')).apps.retrieve('slack')
      expect(data.nameSlug).toBe('slack')
    },
  }),
  prove('appCategories.list', 'GET /v1/connect/app_categories', {
    'listed with names': async ({ client }) => {
      const categories = await client.appCategories.list()
      expect(categories.map(({ name }) => name)).toContain('Productivity')
      expect(categories.every(({ id }) => id?.startsWith('appcat_'))).toBe(true)
    },
  }),
  prove('appCategories.retrieve', 'GET /v1/connect/app_categories/{id}', {
    'the same as listed': async ({ client }) => {
      const [first] = await client.appCategories.list()
      expect(await client.appCategories.retrieve(first?.id ?? '')).toEqual(first)
    },
    'an unknown one: 404': async ({ client }) => {
      const [first] = await client.appCategories.list()
      await client.appCategories.retrieve(first?.id ?? '')
      const refusal = await refusalOf(client.appCategories.retrieve('appcat_none'))
      expect(refusal.statusCode).toBe(404)
    },
  }),
  ...['/apps', '/apps/{id}', '/app_categories', '/app_categories/{id}'].map((path) =>
    prove(null, `GET /v1${path}`, {
      'as below /v1/connect': async ({ client, url }) => {
        const [category] = await client.appCategories.list()
        const id = path.startsWith('/apps') ? 'slack' : (category?.id ?? '')
        const asked = path.replace('{id}', id)
        const ask = async (base: string) => {
          const headers = { authorization: `Bearer ${await client.rawAccessToken}` }
          return (await fetch(`${url}${base}${asked}`, { headers })).json()
        }
        expect(await ask('/v1')).toEqual(await ask('/v1/connect'))
      },
    }),
  ),
]
