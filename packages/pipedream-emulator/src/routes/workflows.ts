import type { Context } from 'hono'
import { readBearer, requireServer } from '../server/access.ts'
import { readHttpEvent } from '../triggers/read-http-event.ts'
import { wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** The static bearer of workflows that require one. Pipedream lets customers choose it. */
const STATIC_BEARER = 'emulator-workflow-secret'

/**
 * Responds in place of a workflow with a description of the request. It accepts requests without a token, with the
 * static bearer, or with an access token for workflows. A request that names an external user needs the latter
 * (inferred).
 */
export async function respondAsWorkflow(c: Context, context: EmulatorContext): Promise<Response> {
  authorize(c, context)
  const { headers, ...event } = await readHttpEvent(c.req.raw)
  const { authorization, ...rest } = headers
  const shown = authorization === undefined ? rest : { ...rest, authorization: '***' }
  return c.json({ ...event, headers: shown }, 200)
}

function authorize(c: Context, context: EmulatorContext): void {
  const isAnonymous = c.req.header('authorization') === undefined
  if (c.req.header('x-pd-external-user-id') === undefined) {
    if (isAnonymous || readBearer(c) === STATIC_BEARER) return
  } else if (isAnonymous) {
    throw wireError(401, 'x-pd-external-user-id requires an access token.')
  }
  requireServer(c, context, 'connect:workflow:invoke')
}
