import { PipedreamError } from 'pipedream-client/server'
import { currentRequest } from '../observability/log.ts'
import { supportCodeOf } from '../observability/support-code.ts'
import type { Services } from '../services.ts'
import type { Flow } from '../store/flows.ts'
import { claimCreatedAccount } from './claim-created-account.ts'
import { revokeFlow } from './revoke-flow.ts'
import { settleFlows } from './settle-flows.ts'

export interface Arrival {
  secret: string
  /** Hash of the cookie of the arriving browser. */
  browserHash: string | undefined
  /** The user signed in in that browser, if known. */
  signedIn: string | undefined
  /** Whether Pipedream redirected here because connecting failed. */
  hasFailed: boolean
  /** Whether the request is a HEAD request, which must not change anything. */
  isHead: boolean
  /** Path of the user's accounts page. */
  accountsPath: string
}

/**
 * `GET /connect/finish/:secret`: Pipedream's hosted page redirects the browser here. The browser that started the flow
 * confirms it by arriving here, unless another user is signed in there now. Any other browser may have been lured into
 * an attacker's flow, so its arrival revokes the flow.
 */
export async function finishPage(arrival: Arrival, services: Services): Promise<Response> {
  const { accountsPath } = arrival
  const flow = await services.flows.findBySecret(arrival.secret)
  if (!flow) return renderPage(404, { ...UNKNOWN, accountsPath })
  try {
    return await finish(flow, arrival, services)
  } catch (error) {
    if (!(error instanceof PipedreamError)) throw error
    // A revoked flow stays revoked; the reconciler deletes its accounts later.
    currentRequest()?.log.warn({ err: error, flowId: flow.id }, 'Could not finish a flow')
    const trouble = { supportCode: supportCodeOf(flow.id), accountsPath }
    const wasRevoked = flow.browserHash !== null && isFromElsewhere(flow, arrival)
    return wasRevoked
      ? renderPage(403, { ...STARTED_ELSEWHERE, ...trouble })
      : renderPage(503, { ...LATER, ...trouble })
  }
}

async function finish(flow: Flow, arrival: Arrival, services: Services): Promise<Response> {
  if (!arrival.isHead) await arrive(flow, arrival, services)
  const { hasFailed, accountsPath } = arrival
  const trouble = { supportCode: supportCodeOf(flow.id), accountsPath }
  if (flow.browserHash === null) {
    const message = hasFailed ? { ...NOT_CONNECTED, ...trouble } : { ...FINISHED, accountsPath }
    return renderPage(200, message)
  }
  if (isFromElsewhere(flow, arrival)) return renderPage(403, { ...STARTED_ELSEWHERE, ...trouble })
  // The target is fixed, so this URL cannot be used as an open redirect.
  return new Response(null, { status: 303, headers: { location: accountsPath } })
}

async function arrive(flow: Flow, arrival: Arrival, services: Services): Promise<void> {
  const { hasFailed } = arrival
  if (flow.browserHash === null) {
    await settleFlows(flow, services)
    return
  }
  if (isFromElsewhere(flow, arrival)) {
    await revokeFlow(flow, services)
    return
  }
  if (flow.status === 'open') await claimCreatedAccount(flow, services, { isReturn: !hasFailed })
  // No effect if the flow has succeeded: the first transition that closes a flow wins.
  const failing = { viewerKind: flow.viewerKind, reason: 'connection_failed' }
  if (hasFailed) await services.flows.fail(flow.id, failing)
}

function isFromElsewhere(flow: Flow, { browserHash, signedIn }: Arrival): boolean {
  return (
    flow.browserHash !== browserHash || (signedIn ?? flow.externalUserId) !== flow.externalUserId
  )
}

const UNKNOWN = {
  title: 'Connection not found',
  text: 'This connection attempt doesn’t exist. Go to your accounts and start again from “Connect”.',
}
const LATER = {
  title: 'Please wait a moment',
  text: 'We can’t confirm your connection right now. Reload this page in a minute.',
}
const FINISHED = { title: 'All done', text: 'You can close this page.' }
const NOT_CONNECTED = {
  title: 'Nothing was connected',
  text: 'You can close this page and try again.',
}
const STARTED_ELSEWHERE = {
  title: 'Nothing was connected',
  text: 'This connection was started in another browser or by another user. To protect your account, we canceled it and are removing what you just connected. If someone sent you a link, don’t use it again. If you started it yourself, wait twenty minutes, then start again from “Connect” in this browser.',
}

interface FinishMessage {
  title: string
  text: string
  /** Shown for the user to quote to support; left out when nothing went wrong. */
  supportCode?: string
  /** Path of the user's accounts page. */
  accountsPath: string
}

/** A page with a heading and one paragraph, for a user whom Pipedream redirected here. */
function renderPage(status: number, message: FinishMessage): Response {
  const { title, text, supportCode, accountsPath } = message
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1rem }</style>
<main>
<h1>${title}</h1>
<p>${text}</p>${supportCode === undefined ? '' : `\n<p>Support code: ${supportCode}</p>`}
<p><a href="${accountsPath}">Your accounts</a></p>
</main>
</html>
`
  return new Response(page, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  })
}
