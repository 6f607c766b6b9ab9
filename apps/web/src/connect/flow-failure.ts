import { ConnectError, type ConnectErrorCode } from 'pipedream-client/react'
import type { ConnectMessages } from './connect-messages.ts'
import type { CallFailure, FlowTrouble } from './connect-calls.ts'

/** An answer of our own server that ends a flow, or a question that it did not answer. */
export class CallError extends ConnectError {
  /** The same call may work a moment later. */
  readonly retryable: boolean
  readonly supportCode: string | undefined

  constructor(
    code: 'ERR_TOKEN_FAILED' | 'ERR_CONFIRM_FAILED',
    { sentence, failure }: { sentence: string; failure: CallFailure | undefined },
  ) {
    super(code, sentence)
    const meant = failure !== undefined && '__typename' in failure ? failure : undefined
    this.retryable = meant === undefined || meant.retryable === true
    this.supportCode = meant?.supportCode
  }
}

interface Circumstances {
  online: boolean
  /** The connect token was too old by then. */
  expired: boolean
  words: ConnectMessages['flow'] & { offline: string; broken: string }
}

/** Why a flow failed, in a sentence that says what to do. */
export function failureSentence(
  error: ConnectError,
  { online, expired, words }: Circumstances,
): string {
  if (error instanceof CallError) return error.message
  // Whatever the frame made of it.
  if (!online) return words.offline
  const sentences: Partial<Record<ConnectErrorCode, string>> = {
    // In the words that Pipedream's page has shown.
    ERR_PROVIDER: expired ? words.expired : error.message,
    ERR_LOAD_FAILED: words.loadFailed,
    ERR_FRAME_BLOCKED: words.frameBlocked,
    ERR_POPUP_BLOCKED: words.popupBlocked,
    ERR_BAD_RESPONSE: words.badResponse,
    ERR_TIMEOUT: words.timeout,
  }
  return sentences[error.code] ?? words.broken
}

const TROUBLES: Partial<Record<ConnectErrorCode, FlowTrouble>> = {
  ERR_PROVIDER: 'PROVIDER_REFUSED',
  ERR_LOAD_FAILED: 'PAGE_NOT_LOADED',
  ERR_FRAME_BLOCKED: 'PAGE_NOT_LOADED',
  ERR_POPUP_BLOCKED: 'POPUP_BLOCKED',
  ERR_TIMEOUT: 'TIMED_OUT',
  ERR_BAD_RESPONSE: 'BAD_ANSWER',
}

/** What the operator is told of a flow that failed in the browser; `undefined`: our own server knows best. */
export function troubleOf({ code }: ConnectError, online: boolean): FlowTrouble | undefined {
  const trouble = TROUBLES[code]
  return trouble !== undefined && !online ? 'OFFLINE' : trouble
}
