import type { Context, Hono } from 'hono'
import { type Access, requireUndocumentedAccess } from '../server/access.ts'
import { type CatalogueApp, findApp } from '../catalogue/catalogue.ts'
import { paginate } from '../wire/page-info.ts'
import { type Body, optionalString, readJsonBody, requiredString } from '../wire/read-body.ts'
import type { AppOverride } from '../state/store.ts'
import { formatApp } from '../wire/app.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { readAppFilter } from './oauth-apps.ts'
import { projectPaths } from './project-paths.ts'
import { randomAlphanumeric } from '../state/random.ts'

/** Presets for connecting an app: list, POST, GET, PUT, DELETE. Both environments share them (inferred). */
export function routeAppOverrides(app: Hono, context: EmulatorContext): void {
  app.on('GET', projectPaths('/app_overrides'), (c) => {
    const { projectId } = requireUndocumentedAccess(c, context, 'connect:*')
    const slug = readAppFilter(c)
    const items = [...context.store.appOverrides.values()].filter(
      (one) => one.projectId === projectId && (slug === null || one.slug === slug),
    )
    const page = paginate(c, context, { items, keyOf: ({ id }) => id })
    return c.json({
      data: page.data.map((one) => formatOverride(context, one)),
      page_info: page.page_info,
    })
  })

  app.on('POST', projectPaths('/app_overrides'), async (c) => {
    const access = requireUndocumentedAccess(c, context, 'connect:*')
    const created = newOverride(context, access, await readJsonBody(c))
    context.store.appOverrides.set(created.id, created)
    return c.json(formatOverride(context, created), 201)
  })

  app.on('GET', projectPaths('/app_overrides/:id'), (c) => {
    const access = requireUndocumentedAccess(c, context, 'connect:*')
    return c.json(formatOverride(context, requireOverride(c, context, access)))
  })

  app.on('PUT', projectPaths('/app_overrides/:id'), async (c) => {
    const found = requireOverride(c, context, requireUndocumentedAccess(c, context, 'connect:*'))
    const body = await readJsonBody(c)
    const changed: AppOverride = {
      ...found,
      name: optionalString(body, 'name') ?? found.name,
      // Null removes the client, and an absent key keeps it, as Pipedream documents.
      oauthAppId:
        body.oauth_app_id === undefined ? found.oauthAppId : optionalString(body, 'oauth_app_id'),
      cfmap: body.cfmap == null ? found.cfmap : readCfmap(body, requireApp(found.slug)),
      updatedAt: context.clock.now(),
    }
    rejectConflicts(context, changed)
    context.store.appOverrides.set(found.id, changed)
    return c.json(formatOverride(context, changed))
  })

  app.on('DELETE', projectPaths('/app_overrides/:id'), (c) => {
    const found = requireOverride(c, context, requireUndocumentedAccess(c, context, 'connect:*'))
    context.store.appOverrides.delete(found.id)
    return c.body(null, 204)
  })
}

function requireOverride(c: Context, context: EmulatorContext, { projectId }: Access): AppOverride {
  const found = context.store.appOverrides.get(c.req.param('id') ?? '')
  if (found?.projectId !== projectId) throw recordNotFound()
  return found
}

function newOverride(context: EmulatorContext, { projectId }: Access, body: Body): AppOverride {
  const app = requireApp(requiredString(body, 'app'))
  const created: AppOverride = {
    id: `ao_${randomAlphanumeric(7)}`,
    projectId,
    slug: app.slug,
    name: requiredString(body, 'name'),
    oauthAppId: optionalString(body, 'oauth_app_id'),
    cfmap: readCfmap(body, app),
    createdAt: context.clock.now(),
    updatedAt: null,
  }
  rejectConflicts(context, created)
  return created
}

function requireApp(idOrSlug: string): CatalogueApp {
  const app = findApp(idOrSlug)
  if (app === undefined) throw wireError(400, 'App not found. Please check your app id.')
  return app
}

// Pipedream documents that secrets are rejected here. Inferred: unknown fields are, too.
function readCfmap(body: Body, app: CatalogueApp): Record<string, string> {
  if (body.cfmap == null) return {}
  const isObject = typeof body.cfmap === 'object' && !Array.isArray(body.cfmap)
  if (!isObject) throw wireError(400, 'cfmap must be an object.')
  const pairs = Object.entries(body.cfmap).map(([name, value]: [string, unknown]) => {
    const field = app.customFields.find((one) => one.name === name)
    if (field === undefined) throw wireError(400, `${app.name} has no field "${name}".`)
    if (field.type === 'password') {
      throw wireError(400, 'sensitive custom field cannot be pre-defined')
    }
    if (typeof value !== 'string') throw wireError(400, `${field.label} must be a string.`)
    return [name, value] as const
  })
  return Object.fromEntries(pairs)
}

function rejectConflicts({ store }: EmulatorContext, override: AppOverride): void {
  const { id, projectId, name, oauthAppId, slug } = override
  const taken = [...store.appOverrides.values()].some(
    (other) => other.projectId === projectId && other.name === name && other.id !== id,
  )
  if (taken) throw wireError(400, `An override named "${name}" already exists.`)
  if (oauthAppId === null) return
  const client = store.oauthApps.get(oauthAppId)
  if (client?.projectId !== projectId || client.slug !== slug) {
    throw wireError(400, 'oauth_app_id must be an OAuth client of this project for the same app.')
  }
}

function formatOverride(context: EmulatorContext, one: AppOverride): Record<string, unknown> {
  const { connect: _, ...app } = formatApp(requireApp(one.slug), context.publicUrl)
  return {
    id: one.id,
    name: one.name,
    app,
    oauth_app_id: one.oauthAppId,
    cfmap: one.cfmap,
    owner_id: one.projectId,
    created_at: one.createdAt.toISOString(),
    updated_at: one.updatedAt?.toISOString() ?? null,
  }
}
