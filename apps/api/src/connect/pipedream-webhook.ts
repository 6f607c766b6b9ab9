import {
  parseConnectionWebhook,
  PipedreamError,
  PipedreamWebhookError,
} from 'pipedream-client/server'
import type { RateLimits } from '../http/rate-limits.ts'
import { callAs, callAsGateway } from '../pipedream/upstream-caller.ts'
import type { Services } from '../services.ts'
import type { Flow } from '../store/flows.ts'
import { currentRequest } from '../observability/log.ts'
import { deadlineOf } from '../store/flow-deadline.ts'
import { isSameSecret } from '../store/secrets.ts'
import { settleReported } from './settle-flow.ts'
import { sentence } from '../http/responses.ts'

/**
 * `POST /webhooks/pipedream/:secret`: Pipedream reports how a flow ended. The webhook is not signed, so only its address and
 * the connect token in it show where it comes from, and the gateway reads the account that it names again. A reported error
 * does not close the flow, because the user may try again.
 */
export async function pipedreamWebhook(
  request: Request,
  secret: string,
  services: Services & { rates: Pick<RateLimits, 'take'> },
): Promise<Response> {
  const flow = await services.flows.findBySecret(secret)
  if (!flow) return sentence(404, 'Not found.')
  const webhook = readWebhook(await request.text())
  if (!webhook) return sentence(400, 'Invalid connection webhook.')
  const isForged = !isSameSecret(webhook.connectToken, flow.connectTokenHash ?? undefined)
  if (isForged || services.now() > deadlineOf(flow)) return received()
  if (webhook.event === 'CONNECTION_ERROR') {
    currentRequest()?.log.info({ flowId: flow.id }, 'Pipedream reports that connecting failed')
    return received()
  }
  const { id: accountId } = webhook.account
  try {
    await services.once(`${flow.id} ${accountId}`, () =>
      callForWebhook(flow, services.rates, async () => {
        await settleReported(flow, accountId, services)
      }),
    )
  } catch (error) {
    if (!(error instanceof PipedreamError)) throw error
    // Pipedream may retry; if it does not, the reconciler finds the account.
    currentRequest()?.log.warn({ err: error, flowId: flow.id }, 'Could not process a webhook')
    return sentence(503, 'Pipedream is unavailable. Try again later.')
  }
  return received()
}

// The flow's owner may be the attacker, who must not be able to prevent a proof by using up her own budget.
async function callForWebhook(
  { externalUserId }: Flow,
  rates: Pick<RateLimits, 'take'>,
  run: () => Promise<void>,
): Promise<void> {
  const isExcess = (await rates.take('webhook', externalUserId)) !== undefined
  return isExcess ? callAs({ externalUserId, isUrgent: true }, run) : callAsGateway(run)
}

function received(): Response {
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
