import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import { HTTPException } from 'hono/http-exception'
import { findEndpointKey } from '../server/endpoint-host.ts'
import { applyFaults, NoResponse } from '../faults/apply-faults.ts'
import { notifyTriggers } from '../triggers/notify-triggers.ts'
import { readHttpEvent } from '../triggers/read-http-event.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'
import { respondAsWorkflow } from './workflows.ts'

/**
 * Serves the hosts of endpoints at every path: a deployed HTTP trigger or a workflow. It is a separate app, so that no
 * such host serves the API or the pages.
 */
export function createEndpoints(context: EmulatorContext): Hono {
  const app = new Hono()
  // Inferred: pages of every origin may call endpoints, because webhooks arrive from anywhere.
  app.use('*', cors())
  app.use('*', applyFaults(context))
  app.all('*', (c) => {
    const key = findEndpointKey(new URL(c.req.url).hostname, context.publicUrl) ?? ''
    return /^e[no]/.test(key) ? respondAsWorkflow(c, context) : emitRequest(c, context, key)
  })
  app.onError((error) => {
    if (error instanceof NoResponse) throw error
    return error instanceof HTTPException
      ? error.getResponse()
      : wireError(500, 'Internal Server Error').getResponse()
  })
  return app
}

// Inferred: an inactive trigger does not exist.
async function emitRequest(c: Context, context: EmulatorContext, key: string): Promise<Response> {
  const trigger = [...context.store.deployedTriggers.values()].find(
    ({ endpointKey, active }) => endpointKey === key && active,
  )
  if (trigger === undefined) throw recordNotFound()
  const event = await readHttpEvent(c.req.raw)
  notifyTriggers(context, {
    componentKey: trigger.componentKey,
    accountId: null,
    event: { ...event, triggerId: trigger.id },
    summary: `${event.method} ${event.path}`,
  })
  return c.text('Success!')
}
