import type { CommonMessages } from '../i18n/common-messages.ts'

/** An error member of one of the API's result unions, as far as its query asked. */
export interface ResultError {
  __typename: string
  /** The server's own sentence, in English. */
  message: string
  retryable?: boolean
  retryAfterMs?: number | null
  /** To quote to the operator. */
  supportCode?: string
}

export function isResultError(value: object): value is ResultError {
  return '__typename' in value && 'message' in value
}

/** What to tell a person of an error that the API means: in their language, or as the server says it. */
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
