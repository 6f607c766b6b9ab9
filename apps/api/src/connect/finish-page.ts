import { PipedreamError } from 'pipedream-client/server'
import type { Browser } from '../auth/cookies.ts'
import type { Reply } from '../http/reply.ts'
import { currentRequest } from '../observability/log.ts'
import { supportCodeOf } from '../observability/support-code.ts'
import { callAsGateway } from '../pipedream/upstream-caller.ts'
import type { Services } from '../services.ts'
import { deadlineOf, isRevocable } from '../store/flow-deadline.ts'
import type { Flow } from '../store/flows.ts'
import { claimCreatedAccount } from './claim-created-account.ts'
import { isBound } from './flow-binding.ts'
import {
  CANCELED,
  EXPIRED,
  FINISHED,
  GO_BACK,
  LATER,
  NOT_CONNECTED,
  OVER,
  renderPage,
  STARTED_ELSEWHERE,
  UNKNOWN,
} from './finish-messages.ts'
import { removeProvenAccounts } from './remove-proven-accounts.ts'
import { settleFlow } from './settle-flow.ts'

export interface Arrival {
  secret: string
  /** The arriving browser. */
  browser: Browser
  /** The user signed in in that browser, if known. */
  signedIn: string | undefined
  /** Whether Pipedream redirected here because connecting failed. */
  hasFailed: boolean
  /** GET is how Pipedream's page leads here, and what link scanners send; HEAD must not change anything. */
  method: 'GET' | 'HEAD' | 'POST'
  /** Path of the user's accounts page. */
  accountsPath: string
}

/**
 * `/connect/finish/:secret`: Pipedream's hosted page redirects the browser here. The browser that started the flow confirms
 * it by arriving here, unless another user is signed in there now. Any other browser may have been lured into an attacker's
 * flow: it gets a page that posts itself, and the POST revokes the flow. The challenge of a user's flow does not change that.
 * A service starts its flows for other devices, so an arrival neither confirms nor revokes them.
 */
export async function finishPage(arrival: Arrival, services: Services): Promise<Reply> {
  const { accountsPath } = arrival
  const flow = await services.flows.findBySecret(arrival.secret)
  if (!flow) return renderPage(404, { ...UNKNOWN, accountsPath })
  try {
    return await finish(flow, arrival, services)
  } catch (error) {
    if (!(error instanceof PipedreamError)) throw error
    currentRequest()?.log.warn({ err: error, flowId: flow.id }, 'Could not finish a flow')
    return renderPage(503, { ...LATER, supportCode: supportCodeOf(flow.id), accountsPath })
  }
}

async function finish(flow: Flow, arrival: Arrival, services: Services): Promise<Reply> {
  if (flow.viewerKind === 'service' || !isBound(flow))
    return finishAnywhere(flow, arrival, services)
  if (!isFromElsewhere(flow, arrival)) return finishOwn(flow, arrival, services)
  if (isSameUser(flow, arrival)) return bindAgain(flow, arrival, services)
  return finishElsewhere(flow, arrival, services)
}

/** A flow that any browser may finish: nothing has to be confirmed, or the holder of the verifier confirms. */
async function finishAnywhere(flow: Flow, arrival: Arrival, services: Services): Promise<Reply> {
  const { hasFailed, accountsPath } = arrival
  if (mayAct(flow, arrival, services)) {
    await services.once(`${flow.id} arrival`, async () => void (await settleFlow(flow, services)))
  }
  const trouble = { supportCode: supportCodeOf(flow.id), accountsPath }
  if (hasFailed) return renderPage(200, { ...NOT_CONNECTED, ...trouble })
  if (flow.status === 'succeeded' || !isBound(flow))
    return renderPage(200, { ...FINISHED, accountsPath })
  const isWaiting = flow.status === 'open' && !isOver(flow, services)
  return renderPage(200, isWaiting ? { ...GO_BACK, accountsPath } : { ...OVER, ...trouble })
}

async function finishOwn(flow: Flow, arrival: Arrival, services: Services): Promise<Reply> {
  const { hasFailed } = arrival
  if (flow.status === 'open' && mayAct(flow, arrival, services)) {
    const isReturn = !hasFailed
    await services.once(`${flow.id} return`, () =>
      claimCreatedAccount(flow, services, { isReturn }),
    )
    // No effect if the flow has succeeded: the first transition that closes a flow wins.
    const failing = { viewerKind: flow.viewerKind, reason: 'connection_failed' }
    if (hasFailed) await services.flows.fail(flow.id, failing)
  }
  return toAccounts(arrival)
}

/** The user signed out and in again meanwhile: the flow is not confirmed, but its owner can keep the account here. */
async function bindAgain(flow: Flow, arrival: Arrival, services: Services): Promise<Reply> {
  if (mayAct(flow, arrival, services)) {
    await services.flows.bind(flow.id, arrival.browser.bind(flow.externalUserId))
  }
  return toAccounts(arrival)
}

async function finishElsewhere(flow: Flow, arrival: Arrival, services: Services): Promise<Reply> {
  const { accountsPath } = arrival
  const page = { supportCode: supportCodeOf(flow.id), accountsPath }
  if (!isRevocable(flow, services.now())) return renderPage(403, { ...EXPIRED, ...page })
  if (flow.revokedAt !== null) return renderPage(403, { ...CANCELED, ...page })
  if (arrival.method !== 'POST') return renderPage(403, { ...STARTED_ELSEWHERE, ...page })
  await services.flows.revoke(flow.id, { reason: 'finished_elsewhere' })
  // After the flow's time, its addresses ask Pipedream nothing; the reconciler removes what is proven.
  if (!isOver(flow, services)) await removeNow(flow, services)
  return renderPage(403, { ...CANCELED, ...page })
}

// The reconciler tries again if this fails. The page does not mention it: without a webhook, nothing is proven.
async function removeNow({ id }: Flow, services: Services): Promise<void> {
  await services.heartbeat.beat()
  // Not within the budget of the flow's owner, who may be the attacker.
  const { errors } = await callAsGateway(() => removeProvenAccounts(services, { flowId: id }))
  for (const err of errors) {
    currentRequest()?.log.warn({ err, flowId: id }, 'Could not remove an account of a flow')
  }
}

// The target is fixed, so this URL cannot be used as an open redirect.
function toAccounts({ accountsPath }: Arrival): Reply {
  return { status: 303, headers: { location: accountsPath }, body: null }
}

function mayAct(flow: Flow, { method }: Arrival, services: Services): boolean {
  return method !== 'HEAD' && !isOver(flow, services)
}

function isOver(flow: Flow, { now }: Services): boolean {
  return now() > deadlineOf(flow)
}

function isFromElsewhere(flow: Flow, { browser, signedIn }: Arrival): boolean {
  return (
    flow.browserHash !== browser.hash || (signedIn ?? flow.externalUserId) !== flow.externalUserId
  )
}

function isSameUser(flow: Flow, { signedIn }: Arrival): boolean {
  return signedIn === flow.externalUserId
}
