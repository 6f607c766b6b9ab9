import type { Context, Hono } from 'hono'
import { requireAccess } from '../server/access.ts'
import { findApp } from '../catalogue/catalogue.ts'
import type { Component } from '../components/component.ts'
import { listComponents } from '../components/registry.ts'
import { paginate } from '../wire/page-info.ts'
import { type ComponentFamily, requireComponent } from '../components/require-component.ts'
import type { Scope } from '../connect/scopes.ts'
import { formatComponent } from '../wire/component.ts'
import { wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { projectPaths } from './project-paths.ts'

/** The three views of the components: all, actions, triggers. */
export const FAMILIES: readonly { path: string; family: ComponentFamily; scope: Scope }[] = [
  { path: '/components', family: 'any', scope: 'connect:*' },
  { path: '/actions', family: 'action', scope: 'connect:actions:*' },
  { path: '/triggers', family: 'trigger', scope: 'connect:triggers:*' },
]

/** GET a page of components, and GET one by its key, wrapped in `data`. */
export function routeComponents(app: Hono, context: EmulatorContext): void {
  for (const { path, family, scope } of FAMILIES) {
    app.on('GET', projectPaths(path), (c) => {
      requireAccess(c, context, scope)
      const type = family === 'any' ? readType(c) : family
      const items = searchComponents(c, readRegistry(c)).filter(
        (component) => type === 'any' || component.type === type,
      )
      const page = paginate(c, context, { items, keyOf: ({ key }) => key })
      return c.json({ data: page.data.map(formatComponent), page_info: page.page_info })
    })

    app.on('GET', projectPaths(`${path}/:key`), (c) => {
      requireAccess(c, context, scope)
      const key = c.req.param('key') ?? ''
      const version = c.req.query('version') || null
      return c.json({ data: formatComponent(requireComponent({ family, key, version })) })
    })
  }
}

// Inferred: `q` searches names and keys.
function searchComponents(c: Context, components: readonly Component[]): readonly Component[] {
  const words = (c.req.query('q') ?? '').trim().toLowerCase()
  const app = c.req.query('app') || null
  const slug = app === null ? null : (findApp(app)?.slug ?? app)
  return components.filter(
    (component) =>
      (slug === null || component.app === slug) &&
      (component.name.toLowerCase().includes(words) || component.key.includes(words)),
  )
}

// A workspace may have a private registry of components; the emulator's is empty.
function readRegistry(c: Context): readonly Component[] {
  const registry = c.req.query('registry') || 'all'
  if (registry === 'private') return []
  if (registry === 'public' || registry === 'all') return listComponents()
  throw wireError(400, 'registry must be public, private or all.')
}

function readType(c: Context): ComponentFamily {
  const type = c.req.query('component_type') || 'any'
  if (type === 'action' || type === 'trigger' || type === 'any') return type
  throw wireError(400, 'component_type must be action or trigger.')
}
