import type { CommonMessages } from '../i18n/common-messages.ts'

/** An error member of a result union of the API, with the fields that queries ask for. */
export interface ResultError {
  __typename: string
  /** The gateway's own message, in English. */
  message: string
  retryable?: boolean
  retryAfterMs?: number | null
  /** For the user to quote to support. */
  supportCode?: string
}

export function isResultError(value: object): value is ResultError {
  return '__typename' in value && 'message' in value
}

/** The message for an error of the API: translated if known, otherwise the gateway's own. */
export function resultSentence(error: ResultError, messages: CommonMessages['errors']): string {
  switch (error.__typename) {
    case 'UpstreamError':
      return error.retryable === false ? messages.upstreamRefused : messages.upstreamAway
    case 'RateLimited':
      return error.retryAfterMs == null
        ? messages.busy
        : messages.busyFor({ seconds: Math.max(1, Math.ceil(error.retryAfterMs / 1000)) })
    case 'NotSignedIn':
      return messages.notSignedIn
    case 'NotAllowed':
      return messages.notAllowed
    case 'UnknownApp':
      return messages.unknownApp
    case 'AccountNotFound':
      return messages.accountNotFound
    case 'StartedElsewhere':
      return messages.startedElsewhere
    case 'FlowClosed':
    case 'FlowNotFound':
    case 'AccountMismatch':
      return messages.flowOver
    default:
      return error.message
  }
}
