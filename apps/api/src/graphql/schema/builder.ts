import SchemaBuilder from '@pothos/core'
import ErrorsPlugin from '@pothos/plugin-errors'
import ScopeAuthPlugin, { type AuthFailure } from '@pothos/plugin-scope-auth'
import { PipedreamError } from 'pipedream-client/server'
import type { Context, OperatorContext, PersonContext, SignedInContext } from '../../context.ts'
import { NotAllowed, NotSignedIn } from '../../errors.ts'
import { currentRequest, noteRefusal } from '../../observability/log.ts'

/** The schema builder. Each field declares its scope: who may use it. */
export const builder = new SchemaBuilder<{
  Context: Context
  DefaultFieldNullability: false
  DefaultInputFieldRequiredness: true
  Scalars: { DateTime: { Input: Date; Output: Date }; ID: { Input: string; Output: string } }
  AuthScopes: {
    /** Any authenticated viewer: a user, an operator or a service. */
    signedIn: boolean
    /** A viewer with accounts: a user or an operator. */
    person: boolean
    /** An end user of the product. */
    user: boolean
    /** A server of the product. */
    service: boolean
    /** A person who runs the product. */
    operator: boolean
    /** Trusted with the whole workspace: a service or an operator. */
    trusted: boolean
  }
  /** The context type behind `t.withAuth(...)`, so that resolvers need not check again. */
  AuthContexts: {
    signedIn: SignedInContext
    person: PersonContext
    trusted: SignedInContext
    operator: OperatorContext
  }
}>({
  // The errors plugin comes first, so that authorization errors also become members of the result union.
  plugins: [ErrorsPlugin, ScopeAuthPlugin],
  defaultFieldNullability: false,
  defaultInputFieldRequiredness: true,
  errors: {
    directResult: true,
    // The user sees a short message; the operator needs the details.
    onResolvedError(error) {
      noteRefusal(error)
      if (error instanceof PipedreamError) {
        currentRequest()?.log.warn({ err: error }, 'A call to Pipedream failed')
      }
    },
    defaultUnionOptions: { name: ({ fieldName }) => resultName(fieldName) },
  },
  scopeAuth: {
    // On subscribing, rather than with the first event.
    authorizeOnSubscribe: true,
    authScopes: ({ viewer }) => ({
      signedIn: viewer !== undefined,
      person: viewer !== undefined && viewer.kind !== 'service',
      user: viewer?.kind === 'user',
      service: viewer?.kind === 'service',
      operator: viewer?.kind === 'operator',
      trusted: viewer?.kind === 'service' || viewer?.kind === 'operator',
    }),
    unauthorizedError: (...[, { viewer }, , { failure }]) =>
      viewer ? new NotAllowed(whyNot(failure)) : new NotSignedIn(),
  },
})

function whyNot(failure: AuthFailure): string {
  if ('failures' in failure) return failure.failures.map(whyNot).join(' ')
  return ('scope' in failure && SENTENCES[failure.scope]) || 'You are not allowed to do this.'
}

const SENTENCES: Partial<Record<string, string>> = {
  person: 'Only users and operators can do this: a service has no accounts.',
  user: 'Only end users can do this.',
  service: 'Only services can do this.',
  operator: 'Only operators can do this.',
  trusted: 'Only operators and services can do this.',
}

function resultName(fieldName: string): string {
  return `${fieldName[0]?.toUpperCase()}${fieldName.slice(1)}Result`
}

builder.queryType()
builder.mutationType()

builder.scalarType('DateTime', {
  description: 'An instant, as an ISO 8601 string in UTC.',
  serialize: (date) => date.toISOString(),
})
