import { connectAccount } from '../browser/connect-account.ts'
import { ConnectError, type ConnectErrorCode } from '../browser/connect-error.ts'
import { type ConnectAccountOptions, readConnectUrl } from '../browser/connect-options.ts'
import type { ConnectTarget, CreatedConnectToken, ReadyToken } from './created-token.ts'

/** A flow whose page the person sees. */
export interface OpenedFlow<Created = CreatedConnectToken> {
  /** What is to be connected. */
  target: ConnectTarget
  /** What `createConnectToken` gave for this flow, your own members included. */
  created: Created
}

/** A flow in which the person has connected an account. */
export interface FinishedFlow<Created = CreatedConnectToken> extends OpenedFlow<Created> {
  /** `apn_...`. It comes from the browser: let your server read the account from Pipedream before it believes it. */
  accountId: string
}

interface ConnectFlowInput {
  target: ConnectTarget
  hideClose: boolean | undefined
  /** At once, or on its way. */
  takeToken: () => ReadyToken | Promise<ReadyToken>
  /** From the failed outcome of an earlier run: only confirming is left to do. */
  resume: FinishedFlow | undefined
  connectUrl: string | undefined
  onOpen: (flow: OpenedFlow) => unknown
  confirm: (flow: FinishedFlow) => unknown
  signal: AbortSignal
  onState: (state: 'preparing' | 'open' | 'confirming') => void
}

export type ConnectOutcome =
  | { type: 'connected'; flow: FinishedFlow; confirmed: unknown }
  | { type: 'cancelled' }
  | {
      type: 'failed'
      error: ConnectError
      /** The hosted page in a tab of its own may work where the frame did not. */
      connectLinkUrl?: string | undefined
      /** The account exists; confirming it may be tried again. */
      unconfirmed?: FinishedFlow | undefined
    }

/**
 * Runs one flow up to its account. It never rejects: every end is an outcome.
 * With a token at hand the frame is open when this returns, before anything is awaited.
 */
export async function runConnectFlow(input: ConnectFlowInput): Promise<ConnectOutcome> {
  const { target, signal, onState } = input
  if (input.resume !== undefined) return confirmFlow(input, input.resume)
  let token = input.takeToken()
  if (token instanceof Promise) {
    onState('preparing')
    try {
      token = await token
    } catch (cause) {
      const sentence = 'The connection could not be prepared. Try again.'
      return { type: 'failed', error: asConnectError(cause, 'ERR_TOKEN_FAILED', sentence) }
    }
  }

  // Of a flow that was cancelled meanwhile nobody hears any more, and its signal keeps the frame shut.
  onState('open')
  const { connectToken, created } = token
  // By itself, so that the flow goes on whatever the callback does.
  if (!signal.aborted) queueMicrotask(() => input.onOpen({ target, created }))
  const options = { ...target, connectToken, connectUrl: created.connectUrl ?? input.connectUrl }
  let accountId: string
  try {
    accountId = (await connectAccount({ ...options, hideClose: input.hideClose, signal }).result)
      .accountId
  } catch (cause) {
    const error = asConnectError(cause, 'ERR_LOAD_FAILED', 'The page could not be shown here.')
    if (error.code === 'ERR_CANCELLED') return { type: 'cancelled' }
    const notShown = error.code === 'ERR_LOAD_FAILED' || error.code === 'ERR_FRAME_BLOCKED'
    const link = notShown ? created.connectLinkUrl : undefined
    return { type: 'failed', error, connectLinkUrl: readLink(options, link) }
  }
  return confirmFlow(input, { accountId, target, created })
}

// The link takes the same query as the frame (inferred), but no dialog with a close button is around it. One that is no http
// link is as good as none.
function readLink(
  options: ConnectAccountOptions,
  connectUrl: string | null | undefined,
): string | undefined {
  if (connectUrl == null) return undefined
  try {
    return readConnectUrl({ ...options, connectUrl, hideClose: false }).href
  } catch {
    return undefined
  }
}

async function confirmFlow(
  { confirm, onState }: ConnectFlowInput,
  flow: FinishedFlow,
): Promise<ConnectOutcome> {
  onState('confirming')
  try {
    return { type: 'connected', flow, confirmed: await confirm(flow) }
  } catch (cause) {
    const sentence = 'The account was connected, but could not be confirmed. Try again.'
    const error = asConnectError(cause, 'ERR_CONFIRM_FAILED', sentence)
    const isFinal = cause instanceof Error && 'retryable' in cause && cause.retryable === false
    return { type: 'failed', error, unconfirmed: isFinal ? undefined : flow }
  }
}

// A ConnectError of the callback's own has the better sentence.
function asConnectError(cause: unknown, code: ConnectErrorCode, sentence: string): ConnectError {
  return cause instanceof ConnectError ? cause : new ConnectError(code, sentence, cause)
}
