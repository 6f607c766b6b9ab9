import type { Context, Hono } from 'hono'
import { requireAccess, requireServer } from '../server/access.ts'
import { deleteAccount } from '../state/delete-account.ts'
import { paginate } from '../wire/page-info.ts'
import {
  type Body,
  optionalBoolean,
  optionalString,
  readJsonBody,
  requiredString,
} from '../wire/read-body.ts'
import type { Project, Store } from '../state/store.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'
import { type EmulatorContext, findProject } from '../state/emulator-context.ts'
import { projectPaths } from './project-paths.ts'
import { randomAlphanumeric } from '../state/random.ts'

// Any other segment after `projects/` belongs to a path without a project, such as `projects/info` (inferred).
const ONE = '/v1/connect/projects/:id{proj_[^/]+}'
const IMAGE =
  /^data:image\/(?:png|jpeg|gif|webp|svg\+xml);base64,(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/

/** The projects of the workspace: list, POST, GET, PATCH, DELETE and the logo. The credentials give access to all of them. */
export function routeProjects(app: Hono, context: EmulatorContext): void {
  app.get('/v1/connect/projects', (c) => {
    requireServer(c, context, 'connect:projects:read')
    const words = (c.req.query('q') ?? '').toLowerCase()
    const items = [context.project, ...context.store.projects.values()].filter(({ name }) =>
      name.toLowerCase().includes(words),
    )
    const page = paginate(c, context, { items, keyOf: ({ id }) => id })
    return c.json({ data: page.data.map(formatProject), page_info: page.page_info })
  })

  app.post('/v1/connect/projects', async (c) => {
    requireServer(c, context, 'connect:projects:write')
    const body = await readJsonBody(c)
    const name = requiredString(body, 'name')
    const project: Project = {
      id: `proj_${randomAlphanumeric(7)}`,
      ...readChanges(body, { name, appName: name, supportEmail: '', requireKeyAuthTest: false }),
    }
    context.store.projects.set(project.id, project)
    return c.json(formatProject(project), 201)
  })

  app.get(ONE, (c) => {
    requireServer(c, context, 'connect:projects:read')
    return c.json(formatProject(requireProject(c, context)))
  })

  app.patch(ONE, async (c) => {
    requireServer(c, context, 'connect:projects:write')
    const project = requireProject(c, context)
    const changes = readChanges(await readJsonBody(c), project)
    // The emulator's own project is not a row of the store.
    if (project === context.project) Object.assign(context.project, changes)
    else context.store.projects.set(project.id, { ...project, ...changes })
    return c.json(formatProject({ ...project, ...changes }))
  })

  app.delete(ONE, (c) => {
    requireServer(c, context, 'connect:projects:write')
    const { id } = requireProject(c, context)
    if (id === context.project.id) {
      throw wireError(400, 'The emulator’s own project cannot be deleted.')
    }
    deleteProject(context.store, id)
    return c.body(null, 204)
  })

  // The logo is validated and then discarded: no page of the emulator shows it.
  app.post(`${ONE}/logo`, async (c) => {
    requireServer(c, context, 'connect:projects:write')
    requireProject(c, context)
    const logo = requiredString(await readJsonBody(c), 'logo')
    if (logo.endsWith('base64,') || !IMAGE.test(logo)) {
      throw wireError(400, 'logo must be a data URL with a base64 image.')
    }
    return c.body(null, 200)
  })
}

/** GET projects/info, which Pipedream has deprecated: the project's OAuth clients and their apps. */
export function routeProjectInfo(app: Hono, context: EmulatorContext): void {
  app.on('GET', projectPaths('/projects/info'), (c) => {
    const { projectId } = requireAccess(c, context, 'connect:*')
    const apps = [...context.store.oauthApps.values()]
      .filter((one) => one.projectId === projectId)
      .map(({ id, slug }) => ({ id, name_slug: slug }))
    return c.json({ apps })
  })
}

function requireProject(c: Context, context: EmulatorContext): Project {
  const project = findProject(context, c.req.param('id') ?? '')
  if (project === undefined) throw recordNotFound()
  return project
}

// Absent fields stay unchanged.
function readChanges(body: Body, now: Omit<Project, 'id'>): Omit<Project, 'id'> {
  const key = 'connect_require_key_auth_test'
  return {
    name: optionalString(body, 'name') ?? now.name,
    appName: optionalString(body, 'app_name') ?? now.appName,
    supportEmail: optionalString(body, 'support_email') ?? now.supportEmail,
    requireKeyAuthTest: body[key] == null ? now.requireKeyAuthTest : optionalBoolean(body, key),
  }
}

function deleteProject(store: Store, id: string): void {
  store.projects.delete(id)
  for (const { id: accountId, projectId } of store.accounts.values()) {
    if (projectId === id) deleteAccount(store, accountId)
  }
  const { users, connectTokens, oauthApps, appOverrides, deployedTriggers, stashedFiles } = store
  const tables = [users, connectTokens, oauthApps, appOverrides, deployedTriggers, stashedFiles]
  for (const table of tables) {
    for (const [key, { projectId }] of table) if (projectId === id) table.delete(key)
  }
  for (const environment of ['development', 'production']) {
    store.projectWebhooks.delete(`${id} ${environment}`)
  }
}

function formatProject(project: Project): Record<string, unknown> {
  return {
    id: project.id,
    name: project.name,
    app_name: project.appName,
    support_email: project.supportEmail,
    connect_require_key_auth_test: project.requireKeyAuthTest,
  }
}
