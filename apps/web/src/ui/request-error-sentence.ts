import type { CommonMessages } from '../i18n/common-messages.ts'
import { ServerSentence } from './server-sentence.ts'

/** The parts of a failed request that the message depends on; urql's `CombinedError` has them. */
export interface RequestFailure {
  networkError?: unknown
  response?: unknown
  graphQLErrors?: { extensions?: Record<string, unknown> }[]
}

type Messages = Pick<CommonMessages, 'errors' | 'supportCode'>

/**
 * The message for a failed request: the gateway rejected it, masked its error, or was never reached. Errors that are part of
 * the API's results have `resultSentence`.
 */
export function requestErrorSentence(
  failure: RequestFailure,
  { online, messages }: { online: boolean; messages: Messages },
): string {
  const { errors } = messages
  if (failure.networkError instanceof ServerSentence) return failure.networkError.message
  const status = statusOf(failure.response)
  if (status === 429) return errors.busy
  // From a proxy whose gateway is down.
  if (status === 502 || status === 503 || status === 504) return errors.away
  if (status !== undefined || !failure.networkError) {
    const code = requestIdOf(failure)
    return code === undefined ? errors.broken : `${errors.broken} ${messages.supportCode({ code })}`
  }
  return online ? errors.unreachable : errors.offline
}

// The gateway logs the masked error with this ID.
function requestIdOf({ graphQLErrors = [], response }: RequestFailure): string | undefined {
  const ids = graphQLErrors.map(({ extensions }) => extensions?.['requestId'])
  const told = ids.find((id) => typeof id === 'string')
  return (
    told ??
    (response instanceof Response ? response.headers.get('x-request-id') : null) ??
    undefined
  )
}

function statusOf(response: unknown): number | undefined {
  if (typeof response !== 'object' || response === null || !('status' in response)) return undefined
  return typeof response.status === 'number' ? response.status : undefined
}
