import type { Context, Hono } from 'hono'
import { type Access, requireAccess, requireServerAccess } from '../server/access.ts'
import {
  type DeployedTrigger,
  newTriggerWebhook,
  type TriggerWebhook,
} from '../triggers/deployed-trigger.ts'
import { optionalStrings, readJsonBody } from '../wire/read-body.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { projectPaths } from './project-paths.ts'
import { requireTrigger } from '../triggers/require-trigger.ts'
import { randomHex } from '../state/random.ts'
import { toSeconds } from '../wire/emitter.ts'
import { checkWebhookUrl } from '../triggers/check-trigger.ts'

const READ = 'connect:deployed_triggers:read'
const WRITE = 'connect:deployed_triggers:write'
const WEBHOOKS = '/deployed-triggers/:id/webhooks'

/** The webhooks of a trigger: GET and PUT all, GET one, and create a new signing key for one. */
export function routeTriggerWebhooks(app: Hono, context: EmulatorContext): void {
  app.on('GET', projectPaths(WEBHOOKS), (c) => {
    const access = requireAccess(c, context, READ)
    return c.json(formatWebhooks(requireTrigger(c, context, access), access))
  })

  app.on('PUT', projectPaths(WEBHOOKS), async (c) => {
    const access = requireAccess(c, context, WRITE)
    const trigger = requireTrigger(c, context, access)
    const body = await readJsonBody(c)
    if (body.webhook_urls == null) throw wireError(400, 'webhook_urls is required.')
    const urls = new Set(optionalStrings(body, 'webhook_urls'))
    const now = context.clock.now()
    // Observed: an address that stays keeps its id and key.
    trigger.webhooks = Array.from(
      urls,
      (url) =>
        trigger.webhooks.find((webhook) => webhook.url === url) ??
        newTriggerWebhook(checkWebhookUrl('webhook_urls', url), now),
    )
    return c.json(formatWebhooks(trigger, access))
  })

  app.on('GET', projectPaths(`${WEBHOOKS}/:webhook`), (c) => {
    const access = requireServerAccess(c, context, READ)
    const webhook = requireWebhook(c, requireTrigger(c, context, access))
    return c.json({ data: formatWithKey(webhook) })
  })

  app.on('POST', projectPaths(`${WEBHOOKS}/:webhook/regenerate_signing_key`), (c) => {
    const access = requireServerAccess(c, context, WRITE)
    const trigger = requireTrigger(c, context, access)
    const { id } = requireWebhook(c, trigger)
    const change = { signingKey: randomHex(32), updatedAt: context.clock.now() }
    trigger.webhooks = trigger.webhooks.map((one) => (one.id === id ? { ...one, ...change } : one))
    return c.json({ data: formatWithKey(requireWebhook(c, trigger)) })
  })
}

function requireWebhook(c: Context, { webhooks }: DeployedTrigger): TriggerWebhook {
  const webhook = webhooks.find(({ id }) => id === c.req.param('webhook'))
  if (webhook === undefined) throw recordNotFound()
  return webhook
}

// Pipedream documents that only servers may read signing keys.
function formatWebhooks(
  { webhooks }: DeployedTrigger,
  { externalUserId }: Access,
): Record<string, unknown> {
  return {
    webhook_urls: webhooks.map(({ url }) => url),
    webhooks: webhooks.map(({ id, url, signingKey }) => ({
      id,
      url,
      ...(externalUserId === null ? { signing_key: signingKey } : {}),
      signing_key_set: true,
    })),
  }
}

function formatWithKey(webhook: TriggerWebhook): Record<string, unknown> {
  return {
    id: webhook.id,
    url: webhook.url,
    signing_key: webhook.signingKey,
    signing_key_set: true,
    created_at: toSeconds(webhook.createdAt),
    updated_at: toSeconds(webhook.updatedAt),
  }
}
