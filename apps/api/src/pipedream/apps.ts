import type { App, AppCategory } from 'pipedream-client/server'
import { type List, toList } from './upstream-cache.ts'
import type { Context } from '../context.ts'
import { UnknownApp } from '../errors.ts'
import { readText } from '../read-text.ts'
import { isNotFound } from './upstream-error.ts'

type UpstreamContext = Pick<Context, 'pipedream' | 'cache'>

const CATALOGUE = 'catalogue'
const FEATURED_FIRST = { sortKey: 'featuredWeight', sortDirection: 'desc' } as const

export interface ListAppsOptions {
  search: string | null | undefined
  category: string | null | undefined
  limit: number
  after: string | undefined
}

/** Lists one page of the catalogue, most featured first. */
export async function listApps(
  { search, category, ...page }: ListAppsOptions,
  { pipedream, cache }: UpstreamContext,
): Promise<List<App>> {
  const categoryId = readText('category', category)
  const query = {
    ...page,
    search: readText('search', search || undefined)?.trim(),
    categoryIds: categoryId === undefined ? undefined : [categoryId],
  }
  const { value, staleSince } = await cache.apps.get(
    { group: CATALOGUE, key: JSON.stringify(query) },
    async () => {
      const apps = await pipedream.apps.list({ ...query, ...FEATURED_FIRST })
      return toList(apps, apps.data)
    },
  )
  return { ...value, staleSince }
}

/** A category with an ID and a name. */
export type NamedCategory = AppCategory & { id: string; name: string }

/** Lists the categories of the catalogue, sorted by name. */
export async function listAppCategories({
  pipedream,
  cache,
}: UpstreamContext): Promise<NamedCategory[]> {
  const ask = () => pipedream.appCategories.list()
  const { value } = await cache.categories.get({ group: CATALOGUE, key: '' }, ask)
  return value.filter(isNamed).toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}

function isNamed(category: AppCategory): category is NamedCategory {
  return category.name !== null && category.id !== null
}

/** Returns an app of the catalogue by its slug. Throws `UnknownApp`. */
export async function getApp(slug: string, { pipedream, cache }: UpstreamContext): Promise<App> {
  // Only a well-formed slug may become part of the path of a request to Pipedream.
  if (!/^[\w-]{1,100}$/.test(slug)) throw new UnknownApp(slug)
  try {
    const ask = () => pipedream.apps.get(slug)
    return (await cache.app.get({ group: CATALOGUE, key: slug }, ask)).value
  } catch (error) {
    throw isNotFound(error) ? new UnknownApp(slug) : error
  }
}
