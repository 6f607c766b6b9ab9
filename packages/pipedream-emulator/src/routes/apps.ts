import type { Context, Hono } from 'hono'
import { requireCaller } from '../server/access.ts'
import { type CatalogueApp, findApp, listApps, listCategories } from '../catalogue/catalogue.ts'
import { listComponents } from '../components/registry.ts'
import { paginate } from '../wire/page-info.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'
import { formatApp } from '../wire/app.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/**
 * Pipedream's support confirmed publicly that this scope allows the list and a single app. No scope is more specific.
 */
const SCOPE = 'connect:apps:*'

type Compare = (a: CatalogueApp, b: CatalogueApp) => number

// Created on first use: a collator takes as long to create as a dozen modules to load.
let collator: Intl.Collator | undefined
const COMPARE: Record<string, Compare> = {
  name: (a, b) => compareText(a.name, b.name),
  name_slug: (a, b) => compareText(a.slug, b.slug),
  featured_weight: (a, b) => a.featuredWeight - b.featuredWeight,
}
const HAS = [
  ['has_components', 'any'],
  ['has_actions', 'action'],
  ['has_triggers', 'trigger'],
] as const
/** The catalogue is long and constant, so each order is sorted once. */
const ORDERS = new Map<string, readonly CatalogueApp[]>()

function compareText(a: string, b: string): number {
  collator ??= new Intl.Collator('en')
  return collator.compare(a, b)
}

/**
 * GET /v1/connect/apps, a page of the catalogue, and one app by id or slug, wrapped in `data`. The older paths work
 * too.
 */
export function routeApps(app: Hono, context: EmulatorContext): void {
  app.on('GET', ['/v1/connect/apps', '/v1/apps'], (c) => {
    requireCaller(c, context, SCOPE)
    const ordered = listInOrder(c, context)
    const items = searchApps(filterByComponents(c, ordered), {
      query: c.req.query('q') ?? '',
      categoryIds: c.req.queries('category_ids') ?? [],
    })
    const page = paginate(c, context, { items, keyOf: ({ slug }) => slug })
    return c.json({
      data: page.data.map((item) => formatApp(item, context.publicUrl)),
      page_info: page.page_info,
    })
  })

  app.on('GET', ['/v1/connect/apps/:id', '/v1/apps/:id'], (c) => {
    requireCaller(c, context, SCOPE)
    const found = findApp(c.req.param('id') ?? '')
    if (found === undefined) throw recordNotFound()
    return c.json({ data: formatApp(found, context.publicUrl) })
  })
}

// Inferred: `false` selects the apps without any.
function filterByComponents(c: Context, apps: readonly CatalogueApp[]): readonly CatalogueApp[] {
  let found = apps
  for (const [name, type] of HAS) {
    const value = c.req.query(name) || null
    if (value === null) continue
    if (value !== 'true' && value !== 'false')
      throw wireError(400, `${name} must be true or false.`)
    const components = listComponents().filter((one) => type === 'any' || one.type === type)
    const slugs = new Set(components.map(({ app }) => app))
    found = found.filter(({ slug }) => slugs.has(slug) === (value === 'true'))
  }
  return found
}

function searchApps(
  apps: readonly CatalogueApp[],
  { query, categoryIds }: { query: string; categoryIds: string[] },
): readonly CatalogueApp[] {
  const words = query.trim().toLowerCase()
  const names = new Set(
    listCategories()
      .filter(({ id }) => categoryIds.includes(id))
      .map(({ name }) => name),
  )
  if (words === '' && categoryIds.length === 0) return apps
  return apps.filter(
    ({ name, slug, category }) =>
      (name.toLowerCase().includes(words) || slug.includes(words)) &&
      (categoryIds.length === 0 || (category !== null && names.has(category))),
  )
}

// The default order is undocumented; sorting by name is inferred.
function listInOrder(c: Context, { inferred }: EmulatorContext): readonly CatalogueApp[] {
  const byWeight = inferred.appOrder === 'featured-weight' && c.req.query('sort_key') === undefined
  const key = c.req.query('sort_key') ?? (byWeight ? 'featured_weight' : 'name')
  const direction = c.req.query('sort_direction') ?? (byWeight ? 'desc' : 'asc')
  const compare = COMPARE[key]
  if (compare === undefined || !Object.hasOwn(COMPARE, key)) {
    throw wireError(400, 'sort_key must be name, name_slug or featured_weight.')
  }
  if (direction !== 'asc' && direction !== 'desc') {
    throw wireError(400, 'sort_direction must be asc or desc.')
  }
  const name = `${key} ${direction}`
  const known = ORDERS.get(name)
  if (known !== undefined) return known
  const sorted = listApps().toSorted(direction === 'asc' ? compare : (a, b) => compare(b, a))
  ORDERS.set(name, sorted)
  return sorted
}

/** GET /v1/connect/app_categories, a bare list, and one category by id. The older paths work too. */
export function routeAppCategories(app: Hono, context: EmulatorContext): void {
  app.on('GET', ['/v1/connect/app_categories', '/v1/app_categories'], (c) => {
    requireCaller(c, context, 'connect:*')
    return c.json(listCategories())
  })

  app.on('GET', ['/v1/connect/app_categories/:id', '/v1/app_categories/:id'], (c) => {
    requireCaller(c, context, 'connect:*')
    const category = listCategories().find(({ id }) => id === c.req.param('id'))
    if (category === undefined) throw recordNotFound()
    return c.json(category)
  })
}
