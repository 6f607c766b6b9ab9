import {
  parseConnectionWebhook,
  PipedreamError,
  PipedreamWebhookError,
} from 'pipedream-client/server'
import { callAs } from '../pipedream/upstream-caller.ts'
import type { Services } from '../services.ts'
import { currentRequest } from '../observability/log.ts'
import { deadlineOf } from '../store/flow-deadline.ts'
import { isAccountId } from './accounts.ts'
import { isSameSecret } from '../store/secrets.ts'
import { settleReported } from './settle-flow.ts'
import { type Reply, sentence } from '../http/reply.ts'

/**
 * `POST /webhooks/pipedream/:secret`: Pipedream reports how a flow ended. The webhook is not signed, so only its address and
 * the connect token in it show where it comes from, and the gateway reads the account that it names again. A reported error
 * does not close the flow, because the user may try again. Webhooks have their own share of calls, the same for each owner of
 * flows; if the account cannot be read now, the reconciler reads it with the user's list.
 */
export async function pipedreamWebhook(
  body: string,
  secret: string,
  services: Services,
): Promise<Reply> {
  const flow = await services.flows.findBySecret(secret)
  if (!flow) return sentence(404, 'Not found.')
  const webhook = readWebhook(body)
  if (!webhook) return sentence(400, 'Invalid connection webhook.')
  const isForged = !isSameSecret(webhook.connectToken, flow.connectTokenHash ?? undefined)
  if (isForged || services.now() > deadlineOf(flow)) return received()
  if (webhook.event === 'CONNECTION_ERROR') {
    currentRequest()?.log.info({ flowId: flow.id }, 'Pipedream reports that connecting failed')
    return received()
  }
  const { id: accountId } = webhook.account
  const { externalUserId } = flow
  try {
    await services.once(`${flow.id} ${accountId}`, () =>
      callAs({ externalUserId, share: 'webhook' }, async () => {
        await settleReported(flow, accountId, services)
      }),
    )
  } catch (error) {
    if (!(error instanceof PipedreamError)) throw error
    // The flow's owner may be the attacker, who must not be able to prevent a proof by using up her share.
    if (isAccountId(accountId)) await services.reports.record({ flowId: flow.id, accountId })
    currentRequest()?.log.info({ err: error, flowId: flow.id }, 'A webhook waits')
  }
  return received()
}

function received(): Reply {
  return { status: 204, headers: {}, body: null }
}

function readWebhook(body: string) {
  try {
    return parseConnectionWebhook(body)
  } catch (error) {
    if (error instanceof PipedreamWebhookError) return undefined
    throw error
  }
}
