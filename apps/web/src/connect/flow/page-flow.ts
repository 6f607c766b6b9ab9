import type {
  ConnectController,
  ConnectError,
  FailedFlow,
  FinishedFlow,
  OpenedFlow,
  RememberedFlow,
} from 'pipedream-client/react'
import type { Client } from 'urql'
import type { Notice } from '../../ui/notices.ts'
import type { ConnectOrigin, ConnectTarget, HeldAccount } from '../connect-flow.ts'
import { CallError, failureSentence, type FlowSentences, troubleOf } from './flow-failure.ts'
import { type FlowOutcome, flowNotice } from './flow-notice.ts'
import { focusAccountsHeading } from '../focus-accounts-heading.ts'
import { cancelFlow, type FlowTrouble, type MintedFlow } from './gateway-calls.ts'

/** A flow of this page; its app's name is needed after a reload. */
export interface PageFlow extends MintedFlow {
  appName: string
  /** Only this account is to be confirmed. */
  heldAccountId?: string
}

/** What the user has started here, until it ends. */
interface Started {
  target: ConnectTarget
  origin: ConnectOrigin
  retry: () => void
}

/** What a flow needs of the page around it. */
interface PageTools {
  client: Client
  controller: ConnectController<PageFlow>
  messages: FlowSentences
  sentence: (failure: object | undefined) => string
  notify: (notice: Notice) => void
  dismiss: () => void
  onArrival: (accountId: string) => void
}

/** The page's flow. */
export interface Page {
  /** The latest: they change with the language. */
  readonly tools: { readonly current: PageTools }
  /** Names of the apps that were started, by slug. */
  readonly appNames: Map<string, string>
  started?: Started | undefined
  /** The target of the flow that ended last: the focus that comes back to its button prepares nothing. */
  served?: ConnectTarget | undefined
}

/** Starts a flow, or retries the failed one. */
export function startFlow(page: Page, target: ConnectTarget, origin: ConnectOrigin): void {
  if (isBusy(page)) return
  const { controller, dismiss, messages } = page.tools.current
  dismiss()
  const retry = () => startFlow(page, target, origin)
  if (!navigator.onLine) {
    return tell(page, target, { type: 'failed', reason: messages.offline, onRetry: retry })
  }
  page.started = { target, origin, retry }
  page.appNames.set(target.app, target.appName)
  controller.start(target)
}

/** Has the gateway prepare a token, unless the flow of this target has just ended. */
export function prepareToken(page: Page, target: ConnectTarget): void {
  if (page.served?.app === target.app && page.served.accountId === target.accountId) return
  page.served = undefined
  page.tools.current.controller.prefetch(target)
}

/** Confirms an account of a flow that this browser started, after any running flow. */
export async function confirmHeld(
  page: Page,
  target: ConnectTarget,
  { flowId, accountId }: HeldAccount,
): Promise<void> {
  const flow = { id: flowId, supportCode: '' }
  const created = { appName: target.appName, expiresAt: '', flow, heldAccountId: accountId }
  await page.tools.current.controller.resume({ target: { app: target.app }, created, accountId })
}

/** A flow ended with a confirmed account. */
export function endConnected(
  page: Page,
  flow: FinishedFlow<PageFlow>,
  accountName: string | null,
): void {
  const { target } = release(page, flow, true)
  page.tools.current.onArrival(flow.accountId)
  tell(page, target, { type: 'connected', accountName })
}

/** The user closed the page of a flow. */
export function endCancelled(page: Page, flow: OpenedFlow<PageFlow>): void {
  const { target } = release(page, flow, false)
  void closeFlow(page, flow, { target, outcome: { type: 'cancelled' } })
}

/** A flow failed: says why, and offers the way out. */
export function endFailed(page: Page, error: ConnectError, flow: FailedFlow<PageFlow>): void {
  const { controller, messages, sentence } = page.tools.current
  const { target, retry } = release(page, flow, false)
  if (error instanceof CallError) {
    // The gateway has ended the flow, or will when it is asked again.
    const { failure, supportCode } = error
    const reason = sentence(failure)
    return tell(page, target, { type: 'failed', reason, supportCode, onRetry: retry })
  }
  const online = navigator.onLine
  const { created } = flow
  const expired = created !== undefined && Date.parse(created.expiresAt) <= Date.now()
  const outcome: FlowOutcome = {
    type: 'failed',
    reason: failureSentence(error, { online, expired, messages }),
    supportCode: created?.flow.supportCode,
    onRetry: retry,
  }
  const isLinked = controller.getState().connectLinkUrl !== undefined
  if (isLinked && online) offerTab(page, target, outcome)
  else void closeFlow(page, flow, { target, outcome, trouble: troubleOf(error, online) })
}

/** A reload or a closed tab interrupted the flow. Its window may still be open, so the flow is not closed. */
export function tellInterrupted(page: Page, { target, created }: RememberedFlow<PageFlow>): void {
  if (isBusy(page)) return
  const { appName } = created
  const onRetry = () => startFlow(page, { ...target, appName }, {})
  const { notify, messages } = page.tools.current
  notify({ kind: 'quiet', text: messages.cutOff({ app: appName }), onRetry })
}

// The flow stays open: the tab continues it, and the gateway is told how it ends.
function offerTab(
  page: Page,
  target: ConnectTarget,
  outcome: Extract<FlowOutcome, { type: 'failed' }>,
): void {
  const { controller, messages } = page.tools.current
  const onRetry = () => {
    if (!controller.openLink())
      offerTab(page, target, { ...outcome, reason: messages.popupBlocked })
  }
  tell(page, target, { ...outcome, retryLabel: messages.openTab, onRetry })
}

interface Closing {
  target: ConnectTarget
  outcome: FlowOutcome
  trouble?: FlowTrouble | undefined
}

/** Closes a flow at the gateway, where it may turn out to have made an account. */
async function closeFlow(
  page: Page,
  { created }: FailedFlow<PageFlow>,
  { target, outcome, trouble }: Closing,
): Promise<void> {
  const { client, onArrival } = page.tools.current
  const accountId = created ? await cancelFlow(client, created.flow.id, trouble) : null
  if (accountId !== null) onArrival(accountId)
  tell(page, target, accountId === null ? outcome : { type: 'connected', accountName: null })
}

/** Gives the page back to the user, with the focus where the flow was started. */
function release(
  page: Page,
  flow: FailedFlow<PageFlow>,
  connected: boolean,
): Pick<Started, 'target' | 'retry'> {
  const { started } = page
  page.started = undefined
  const target = { ...flow.target, appName: flow.created?.appName ?? flow.target.app }
  // A resumed flow was not started here.
  if (!started) return { target, retry: () => retryResumed(page, target, flow.created) }
  page.served = started.target
  const { trigger, vanishes = false } = started.origin
  // Without scrolling, which is for the new account.
  if (trigger?.isConnected && !(vanishes && connected)) trigger.focus({ preventScroll: true })
  else focusAccountsHeading()
  return started
}

function retryResumed(
  page: Page,
  target: ConnectTarget,
  created: FailedFlow<PageFlow>['created'],
): void {
  if (created?.heldAccountId === undefined) return startFlow(page, target, {})
  void confirmHeld(page, target, { flowId: created.flow.id, accountId: created.heldAccountId })
}

/** Says how a flow ended, unless the next one runs. */
function tell(page: Page, target: ConnectTarget, outcome: FlowOutcome): void {
  const { notify, messages } = page.tools.current
  if (!isBusy(page)) notify(flowNotice(outcome, target, messages))
}

function isBusy(page: Page): boolean {
  const { status } = page.tools.current.controller.getState()
  return status !== 'idle' && status !== 'error'
}
