import type { Context, Hono } from 'hono'
import { type Access, requireUndocumentedAccess } from '../server/access.ts'
import { type CatalogueApp, findApp } from '../catalogue/catalogue.ts'
import { paginate } from '../wire/page-info.ts'
import {
  type Body,
  optionalString,
  optionalStrings,
  readJsonBody,
  requiredString,
} from '../wire/read-body.ts'
import type { OauthApp } from '../state/store.ts'
import { formatApp } from '../wire/app.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { projectPaths } from './project-paths.ts'
import { randomAlphanumeric } from '../state/random.ts'

/** The project's OAuth clients: list, POST, GET, PUT, DELETE. Both environments share them (inferred). */
export function routeOauthApps(app: Hono, context: EmulatorContext): void {
  app.on('GET', projectPaths('/oauth_apps'), (c) => {
    const { projectId } = requireUndocumentedAccess(c, context, 'connect:*')
    const slug = readAppFilter(c)
    const words = (c.req.query('q') ?? '').toLowerCase()
    const items = [...context.store.oauthApps.values()].filter(
      (one) =>
        one.projectId === projectId &&
        (slug === null || one.slug === slug) &&
        [one.name, one.description].some((text) => (text ?? '').toLowerCase().includes(words)),
    )
    const page = paginate(c, context, { items, keyOf: ({ id }) => id })
    return c.json({
      data: page.data.map((one) => formatOauthApp(context, one)),
      page_info: page.page_info,
    })
  })

  app.on('POST', projectPaths('/oauth_apps'), async (c) => {
    const access = requireUndocumentedAccess(c, context, 'connect:*')
    const created = newOauthApp(context, access, await readJsonBody(c))
    context.store.oauthApps.set(created.id, created)
    return c.json(formatOauthApp(context, created))
  })

  app.on('GET', projectPaths('/oauth_apps/:id'), (c) => {
    const access = requireUndocumentedAccess(c, context, 'connect:*')
    return c.json(formatOauthApp(context, requireOauthApp(c, context, access)))
  })

  app.on('PUT', projectPaths('/oauth_apps/:id'), async (c) => {
    const found = requireOauthApp(c, context, requireUndocumentedAccess(c, context, 'connect:*'))
    const changed: OauthApp = {
      ...found,
      ...readChanges(await readJsonBody(c), found),
      updatedAt: context.clock.now(),
    }
    context.store.oauthApps.set(found.id, changed)
    return c.json(formatOauthApp(context, changed))
  })

  app.on('DELETE', projectPaths('/oauth_apps/:id'), (c) => {
    const found = requireOauthApp(c, context, requireUndocumentedAccess(c, context, 'connect:*'))
    if (context.inferred.usedClientDeletion === 400) rejectInUse(context, found)
    context.store.oauthApps.delete(found.id)
    return c.body(null, 204)
  })
}

/** Returns the slug of the `app` filter, null without one; throws 404 for an unknown app (inferred). */
export function readAppFilter(c: Context): string | null {
  const app = c.req.query('app')
  if (!app) return null
  const found = findApp(app)
  if (found === undefined) throw recordNotFound()
  return found.slug
}

function requireOauthApp(c: Context, context: EmulatorContext, { projectId }: Access): OauthApp {
  const found = context.store.oauthApps.get(c.req.param('id') ?? '')
  if (found?.projectId !== projectId) throw recordNotFound()
  return found
}

function newOauthApp(context: EmulatorContext, { projectId }: Access, body: Body): OauthApp {
  const app = requireOauthKind(requiredString(body, 'app'))
  requiredString(body, 'client_secret')
  const now = context.clock.now()
  return {
    id: `oa_${randomAlphanumeric(7)}`,
    projectId,
    slug: app.slug,
    clientId: requiredString(body, 'client_id'),
    name: optionalString(body, 'name'),
    description: optionalString(body, 'description'),
    scopes: optionalStrings(body, 'scopes'),
    additionalScopes: optionalStrings(body, 'additional_scopes'),
    createdAt: now,
    updatedAt: now,
  }
}

// Pipedream documents that an app must allow OAuth clients of customers. Here every OAuth app does.
function requireOauthKind(idOrSlug: string): CatalogueApp {
  const app = findApp(idOrSlug)
  if (app === undefined) throw wireError(400, 'App not found. Please check your app id.')
  if (app.authType !== 'oauth') throw wireError(400, `${app.name} does not use OAuth.`)
  return app
}

// Absent fields stay unchanged, and so do blank ids and secrets.
function readChanges(body: Body, now: OauthApp): Partial<OauthApp> {
  optionalString(body, 'client_secret')
  return {
    clientId: optionalString(body, 'client_id') ?? now.clientId,
    name: body.name === undefined ? now.name : optionalString(body, 'name'),
    description:
      body.description === undefined ? now.description : optionalString(body, 'description'),
    scopes: body.scopes == null ? now.scopes : optionalStrings(body, 'scopes'),
    additionalScopes:
      body.additional_scopes == null
        ? now.additionalScopes
        : optionalStrings(body, 'additional_scopes'),
  }
}

// Pipedream documents a 400 without its reason. Inferred: the client is in use.
function rejectInUse({ store }: EmulatorContext, { id }: OauthApp): void {
  const users = [...store.accounts.values(), ...store.appOverrides.values()]
  if (users.some(({ oauthAppId }) => oauthAppId === id)) {
    throw wireError(400, 'This OAuth client is in use. Delete its accounts and overrides first.')
  }
}

function formatOauthApp(context: EmulatorContext, one: OauthApp): Record<string, unknown> {
  const app = findApp(one.slug)
  if (app === undefined) throw recordNotFound()
  const { connect: _, ...wire } = formatApp(app, context.publicUrl)
  return {
    ...wire,
    id: one.id,
    client_id: one.clientId,
    scopes: one.scopes,
    additional_scopes: one.additionalScopes,
    redirect_uri: `${context.publicUrl}/connect/oauth/${one.id}/callback`,
    owner_id: one.projectId,
    name: one.name ?? wire.name,
    description: one.description ?? wire.description,
    created_at: one.createdAt.toISOString(),
    updated_at: one.updatedAt.toISOString(),
  }
}
