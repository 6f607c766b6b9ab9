import { ConnectError, type ConnectErrorCode } from 'pipedream-client/react'
import type { CombinedError } from 'urql'
import type { CommonMessages } from '../../i18n/common-messages.ts'
import type { ResultError } from '../../ui/result-sentence.ts'
import type { FlowMessages } from './flow-messages.ts'
import type { FlowTrouble } from './gateway-calls.ts'

/** A call of the gateway that failed. */
export class CallError extends ConnectError {
  /** An error of the API, or the failure of the request. */
  readonly failure: ResultError | CombinedError | undefined
  /** The same call may succeed later. */
  readonly retryable: boolean
  readonly supportCode: string | undefined

  constructor(
    code: 'ERR_TOKEN_FAILED' | 'ERR_CONFIRM_FAILED',
    failure: ResultError | CombinedError | undefined,
  ) {
    super(code, failure?.message ?? '')
    this.failure = failure
    const result = failure !== undefined && '__typename' in failure ? failure : undefined
    this.retryable = result === undefined || result.retryable === true
    this.supportCode = result?.supportCode
  }
}

export type FlowSentences = FlowMessages['flow'] &
  Pick<CommonMessages['errors'], 'offline' | 'broken'>

interface Circumstances {
  online: boolean
  /** The connect token had expired. */
  expired: boolean
  messages: FlowSentences
}

/** Why a flow failed in the browser, in a sentence that says what to do. */
export function failureSentence(
  error: ConnectError,
  { online, expired, messages }: Circumstances,
): string {
  // Whatever the frame made of it.
  if (!online) return messages.offline
  const sentences: Partial<Record<ConnectErrorCode, string>> = {
    // As shown by Pipedream's page.
    ERR_PROVIDER: expired ? messages.expired : error.message,
    ERR_LOAD_FAILED: messages.loadFailed,
    ERR_FRAME_BLOCKED: messages.frameBlocked,
    ERR_POPUP_BLOCKED: messages.popupBlocked,
    ERR_BAD_RESPONSE: messages.badResponse,
    ERR_TIMEOUT: messages.timeout,
  }
  return sentences[error.code] ?? messages.broken
}

const TROUBLES: Partial<Record<ConnectErrorCode, FlowTrouble>> = {
  ERR_PROVIDER: 'PROVIDER_REFUSED',
  ERR_LOAD_FAILED: 'PAGE_NOT_LOADED',
  ERR_FRAME_BLOCKED: 'PAGE_NOT_LOADED',
  ERR_POPUP_BLOCKED: 'POPUP_BLOCKED',
  ERR_TIMEOUT: 'TIMED_OUT',
  ERR_BAD_RESPONSE: 'BAD_ANSWER',
}

/** What operators are told of a flow that failed in the browser; undefined if the gateway knows better. */
export function troubleOf({ code }: ConnectError, online: boolean): FlowTrouble | undefined {
  const trouble = TROUBLES[code]
  return trouble !== undefined && !online ? 'OFFLINE' : trouble
}
