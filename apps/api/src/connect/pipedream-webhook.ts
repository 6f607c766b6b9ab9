import {
  parseConnectionWebhook,
  PipedreamError,
  PipedreamWebhookError,
} from 'pipedream-client/server'
import type { Services } from '../services.ts'
import { currentRequest } from '../observability/log.ts'
import { settleFlows } from './settle-flows.ts'
import { sentence } from '../http/responses.ts'

/**
 * `POST /webhooks/pipedream/:secret`: Pipedream says how a flow ended. It signs nothing, so this is a hint like any other: it
 * makes us look, and closes nothing by itself. An error closes nothing at all, for the person may try again.
 */
export async function pipedreamWebhook(
  request: Request,
  secret: string,
  services: Services,
): Promise<Response> {
  const flow = await services.flows.findBySecret(secret)
  if (!flow) return sentence(404, 'There is nothing here.')
  const told = readWebhook(await request.text())
  if (!told) return sentence(400, 'This is not a connection webhook.')
  if (told.event === 'CONNECTION_ERROR') {
    currentRequest()?.log.info({ flowId: flow.id }, 'Pipedream reports that connecting failed')
  }
  const accountId = told.event === 'CONNECTION_SUCCESS' ? told.account.id : undefined
  try {
    await settleFlows(flow, services, { flowId: flow.id, accountId })
  } catch (error) {
    if (!(error instanceof PipedreamError)) throw error
    // Whoever sends again is welcome; if nobody does, the reconciler looks.
    currentRequest()?.log.warn({ err: error, flowId: flow.id }, 'A webhook could not be followed')
    return sentence(503, 'Pipedream cannot be asked just now.')
  }
  return new Response(null, { status: 204 })
}

function readWebhook(body: string) {
  try {
    return parseConnectionWebhook(body)
  } catch (error) {
    if (error instanceof PipedreamWebhookError) return undefined
    throw error
  }
}
