import type { Hono } from 'hono'
import { type Access, requireServerAccess } from '../server/access.ts'
import { readJsonBody, requiredString } from '../wire/read-body.ts'
import type { ProjectWebhook } from '../state/store.ts'
import { recordNotFound } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { projectPaths } from './project-paths.ts'
import { randomAlphanumeric, randomHex } from '../state/random.ts'
import { checkWebhookUrl } from '../triggers/check-trigger.ts'

/** The default receiver of a project's trigger events: one address for each environment. */
export function routeProjectWebhook(app: Hono, context: EmulatorContext): void {
  const { projectWebhooks } = context.store

  app.on('GET', projectPaths('/webhook'), (c) => {
    const key = webhookKey(requireServerAccess(c, context, 'connect:*'))
    const webhook = projectWebhooks.get(key)
    return c.json({ data: webhook === undefined ? null : formatWebhook(webhook) })
  })

  app.on('PUT', projectPaths('/webhook'), async (c) => {
    const key = webhookKey(requireServerAccess(c, context, 'connect:*'))
    const url = checkWebhookUrl('url', requiredString(await readJsonBody(c), 'url'))
    const now = context.clock.now()
    const known = projectWebhooks.get(key)
    if (known !== undefined) {
      const changed = { ...known, url, updatedAt: now }
      projectWebhooks.set(key, changed)
      return c.json({ data: formatWebhook(changed) })
    }
    const created = {
      // Pipedream's prefix is unknown.
      id: `wh_${randomAlphanumeric(7)}`,
      url,
      signingKey: randomHex(32),
      createdAt: now,
      updatedAt: now,
    }
    projectWebhooks.set(key, created)
    return c.json({ data: formatNewKey(created) })
  })

  app.on('DELETE', projectPaths('/webhook'), (c) => {
    const key = webhookKey(requireServerAccess(c, context, 'connect:*'))
    if (!projectWebhooks.delete(key)) throw recordNotFound()
    return c.body(null, 204)
  })

  app.on('POST', projectPaths('/webhook/regenerate_signing_key'), (c) => {
    const key = webhookKey(requireServerAccess(c, context, 'connect:*'))
    const webhook = projectWebhooks.get(key)
    if (webhook === undefined) throw recordNotFound()
    const changed = { ...webhook, signingKey: randomHex(32), updatedAt: context.clock.now() }
    projectWebhooks.set(key, changed)
    return c.json({ data: formatNewKey(changed) })
  })
}

function webhookKey({ projectId, environment }: Access): string {
  return `${projectId} ${environment}`
}

// Pipedream documents seconds here, and ISO dates for accounts.
function formatWebhook(webhook: ProjectWebhook): Record<string, unknown> {
  return {
    id: webhook.id,
    url: webhook.url,
    signing_key_set: true,
    created_at: Math.floor(webhook.createdAt.getTime() / 1000),
    updated_at: Math.floor(webhook.updatedAt.getTime() / 1000),
  }
}

// Pipedream documents that a key is returned only when it is new.
function formatNewKey(webhook: ProjectWebhook): Record<string, unknown> {
  return { ...formatWebhook(webhook), signing_key: webhook.signingKey }
}
