import type { CommonMessages } from '../i18n/common-messages.ts'
import { ServerSentence } from './server-sentence.ts'

/** The parts of a request's failure that the sentence depends on; urql's `CombinedError` fits. */
export interface RequestFailure {
  networkError?: unknown
  response?: unknown
  graphQLErrors?: { extensions?: Record<string, unknown> }[]
}

type Messages = Pick<CommonMessages, 'errors' | 'supportCode'>

/**
 * What to tell a person whose request got no proper answer. Errors that the API means to be read are part of its
 * results and have `resultSentence`; what arrives here was refused or masked by the server, or never reached it.
 */
export function requestErrorSentence(
  failure: RequestFailure,
  { online, messages }: { online: boolean; messages: Messages },
): string {
  const { errors } = messages
  if (failure.networkError instanceof ServerSentence) return failure.networkError.message
  const status = statusOf(failure.response)
  if (status === 429) return errors.busy
  // A proxy answers so when the server behind it is away.
  if (status === 502 || status === 503 || status === 504) return errors.away
  if (status !== undefined || !failure.networkError) {
    const code = requestIdOf(failure)
    return code === undefined ? errors.broken : `${errors.broken} ${messages.supportCode({ code })}`
  }
  return online ? errors.unreachable : errors.offline
}

// The server logs what it masked under this id.
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
