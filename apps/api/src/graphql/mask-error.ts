import { GraphQLError } from 'graphql'
import { currentRequest } from '../observability/log.ts'
import { DatabaseUnavailable } from '../store/database-unavailable.ts'
import { supportCodeOf } from '../observability/support-code.ts'

/**
 * Masks errors that are not part of the schema. Errors of the request itself (syntax, unknown field) pass unchanged;
 * unexpected errors are logged once, and replaced by a message with the request's support code.
 */
export function maskError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError && isOfRequest(error)) return error
  const cause = error instanceof GraphQLError ? error.originalError : error
  const request = currentRequest()
  if (cause instanceof DatabaseUnavailable) return excuseDatabase(cause, error)
  request?.log.error(
    { err: cause, path: error instanceof GraphQLError ? error.path : undefined },
    'Unexpected error',
  )
  const requestId = request?.requestId ?? ''
  const supportCode = supportCodeOf(requestId)
  return new GraphQLError(
    `Something went wrong. Still not working? Contact support with code ${supportCode}.`,
    {
      path: error instanceof GraphQLError ? error.path : undefined,
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId, supportCode },
    },
  )
}

// The request itself is valid, so the client should retry.
function excuseDatabase(cause: DatabaseUnavailable, error: unknown): GraphQLError {
  const request = currentRequest()
  request?.log.warn({ err: cause }, 'The database is unavailable')
  const requestId = request?.requestId ?? ''
  return new GraphQLError(cause.message, {
    path: error instanceof GraphQLError ? error.path : undefined,
    extensions: {
      code: 'SERVICE_UNAVAILABLE',
      retryable: true,
      retryAfterMs: cause.retryAfterMs,
      requestId,
      supportCode: supportCodeOf(requestId),
    },
  })
}

function isOfRequest(error: GraphQLError): boolean {
  return error.originalError === undefined || error.originalError instanceof GraphQLError
}
