import { GraphQLError } from 'graphql'
import { currentRequest } from './log.ts'
import { supportCodeOf } from './support-code.ts'

/**
 * What a caller sees of an error that is not part of the schema. Errors of the request itself (syntax, unknown field)
 * pass; whatever we did not mean is logged once and replaced by a sentence with the request's support code.
 */
export function maskError(error: unknown): Error {
  if (error instanceof GraphQLError && isOfRequest(error)) return error
  const cause = error instanceof GraphQLError ? error.originalError : error
  const request = currentRequest()
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

function isOfRequest(error: GraphQLError): boolean {
  return error.originalError === undefined || error.originalError instanceof GraphQLError
}
