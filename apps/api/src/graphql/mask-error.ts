import { GraphQLError } from 'graphql'
import { currentRequest } from '../observability/log.ts'
import { DatabaseUnavailable } from '../store/database-unavailable.ts'
import { supportCodeOf } from '../observability/support-code.ts'

/**
 * What a caller sees of an error that is not part of the schema. Errors of the request itself (syntax, unknown field)
 * pass; whatever we did not mean is logged once and replaced by a sentence with the request's support code.
 */
export function maskError(error: unknown): Error {
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
    `Something went wrong on our side. If it happens again, give the operator this code: ${supportCode}`,
    {
      path: error instanceof GraphQLError ? error.path : undefined,
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId, supportCode },
    },
  )
}

// Nothing is wrong with the request, so its sender is told that trying again may help.
function excuseDatabase(cause: DatabaseUnavailable, error: unknown): GraphQLError {
  const request = currentRequest()
  request?.log.warn({ err: cause }, 'The database cannot be used')
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
