import { PipedreamError } from 'pipedream-client/server'
import { currentRequest } from '../observability/log.ts'
import { supportCodeOf } from '../observability/support-code.ts'
import type { Services } from '../services.ts'
import type { Flow } from '../store/flows.ts'
import { revokeFlow, claimCreatedAccount } from './finish-flow.ts'
import { settleFlows } from './settle-flows.ts'

export interface Arrival {
  secret: string
  /** Hash of the cookie of the browser that arrives. */
  browserHash: string | undefined
  /** Who is signed in there, if that is known. */
  signedIn: string | undefined
  /** Whether Pipedream sent it here because connecting failed. */
  hasFailed: boolean
  /** Whether it only looks (HEAD), so that nothing may change. */
  isLook: boolean
  /** Where the person's accounts are. */
  accountsPath: string
}

/**
 * `GET /connect/finish/:secret`: where Pipedream's hosted page sends the browser. The one that started the flow confirms by
 * coming here, unless somebody else is signed in there now. Any other was perhaps lured into somebody else's flow, and
 * burns it.
 */
export async function connectFinish(arrival: Arrival, services: Services): Promise<Response> {
  const { accountsPath } = arrival
  const flow = await services.flows.findBySecret(arrival.secret)
  if (!flow) return finishPage(404, { ...UNKNOWN, accountsPath })
  try {
    return await answer(flow, arrival, services)
  } catch (error) {
    if (!(error instanceof PipedreamError)) throw error
    // What is burned stays burned, and the reconciler goes on with it.
    currentRequest()?.log.warn({ err: error, flowId: flow.id }, 'A flow could not be finished')
    return finishPage(503, { ...LATER, supportCode: supportCodeOf(flow.id), accountsPath })
  }
}

async function answer(flow: Flow, arrival: Arrival, services: Services): Promise<Response> {
  if (!arrival.isLook) await arrive(flow, arrival, services)
  const { hasFailed, accountsPath } = arrival
  const trouble = { supportCode: supportCodeOf(flow.id), accountsPath }
  if (flow.browserHash === null) {
    const words = hasFailed ? { ...NOT_CONNECTED, ...trouble } : { ...FINISHED, accountsPath }
    return finishPage(200, words)
  }
  if (isStranger(flow, arrival)) return finishPage(403, { ...STRANGER, ...trouble })
  // A fixed place: nobody can make this address send a browser elsewhere.
  return new Response(null, { status: 303, headers: { location: accountsPath } })
}

async function arrive(flow: Flow, arrival: Arrival, services: Services): Promise<void> {
  const { hasFailed } = arrival
  if (flow.browserHash === null) {
    await settleFlows(flow, services)
    return
  }
  if (isStranger(flow, arrival)) {
    await revokeFlow(flow, services)
    return
  }
  if (flow.status === 'open') await claimCreatedAccount(flow, services, { isReturn: !hasFailed })
  // In vain when it has succeeded: the first one to close a flow wins.
  const failing = { viewerKind: flow.viewerKind, reason: 'connection_failed' }
  if (hasFailed) await services.flows.fail(flow.id, failing)
}

function isStranger(flow: Flow, { browserHash, signedIn }: Arrival): boolean {
  return (
    flow.browserHash !== browserHash || (signedIn ?? flow.externalUserId) !== flow.externalUserId
  )
}

const UNKNOWN = {
  title: 'Nothing to finish here',
  text: 'There is no such connection attempt. Open the product’s accounts page and start again from “Connect”.',
}
const LATER = {
  title: 'Please wait a moment',
  text: 'Pipedream cannot be reached just now, so nothing was confirmed. Reload this page in a minute.',
}
const FINISHED = { title: 'You are done', text: 'You can close this page.' }
const NOT_CONNECTED = {
  title: 'Nothing was connected',
  text: 'You can close this page and try again.',
}
const STRANGER = {
  title: 'Nothing was connected',
  text: 'This connection was started in another browser, or by somebody else. So that nobody gets hold of your account, it was cancelled, and what you just connected is being deleted. If somebody sent you a link, do not use it again. If it was you, wait twenty minutes, and start again from “Connect” in this browser.',
}

interface FinishWords {
  title: string
  text: string
  /** For the person to quote to the operator; default: nothing went wrong. */
  supportCode?: string
  /** Where the person's accounts are. */
  accountsPath: string
}

/** A page of a heading and a sentence, for a person whom Pipedream sent here. */
function finishPage(status: number, words: FinishWords): Response {
  const { title, text, supportCode, accountsPath } = words
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
