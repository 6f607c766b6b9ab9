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
 * `POST /webhooks/pipedream/:secret`: Pipedream reports how a flow ended. The webhook is not signed, so it is only a hint:
 * the gateway then reads the accounts, and does not trust the webhook's content. A reported error does not close the flow,
 * because the user may try again.
 */
export async function pipedreamWebhook(
  request: Request,
  secret: string,
  services: Services,
): Promise<Response> {
  const flow = await services.flows.findBySecret(secret)
  if (!flow) return sentence(404, 'Not found.')
  const webhook = readWebhook(await request.text())
  if (!webhook) return sentence(400, 'Invalid connection webhook.')
  if (webhook.event === 'CONNECTION_ERROR') {
    currentRequest()?.log.info({ flowId: flow.id }, 'Pipedream reports that connecting failed')
  }
  const accountId = webhook.event === 'CONNECTION_SUCCESS' ? webhook.account.id : undefined
  try {
    await settleFlows(flow, services, { flowId: flow.id, accountId })
  } catch (error) {
    if (!(error instanceof PipedreamError)) throw error
    // Pipedream may retry; if it does not, the reconciler finds the account.
    currentRequest()?.log.warn({ err: error, flowId: flow.id }, 'Could not process a webhook')
    return sentence(503, 'Pipedream is unavailable. Try again later.')
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
