import type { Context } from 'hono'
import { readBearer, requireServer } from '../server/access.ts'
import { readHttpEvent } from '../triggers/read-http-event.ts'
import { wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** The bearer of workflows that have one of their own, where Pipedream lets one type it in. */
const STATIC_BEARER = 'emulator-workflow-secret'

/**
 * Answers in the place of a workflow, which tells what it was sent. It lets in who has no token, who has the static bearer
 * and who has an access token for workflows; and asks for the latter from who names an external user (inferred).
 */
export async function answerWorkflow(c: Context, context: EmulatorContext): Promise<Response> {
  admit(c, context)
  const { headers, ...event } = await readHttpEvent(c.req.raw)
  const { authorization, ...rest } = headers
  const shown = authorization === undefined ? rest : { ...rest, authorization: '***' }
  return c.json({ ...event, headers: shown }, 200)
}

function admit(c: Context, context: EmulatorContext): void {
  const isAnonymous = c.req.header('authorization') === undefined
  if (c.req.header('x-pd-external-user-id') === undefined) {
    if (isAnonymous || readBearer(c) === STATIC_BEARER) return
  } else if (isAnonymous) {
    throw wireError(401, 'x-pd-external-user-id needs an access token.')
  }
  requireServer(c, context, 'connect:workflow:invoke')
}
