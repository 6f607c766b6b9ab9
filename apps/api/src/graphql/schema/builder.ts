import SchemaBuilder from '@pothos/core'
import ErrorsPlugin from '@pothos/plugin-errors'
import ScopeAuthPlugin, { type AuthFailure } from '@pothos/plugin-scope-auth'
import { PipedreamError } from 'pipedream-client/server'
import type { Context, OperatorContext, PersonContext, SignedInContext } from '../../context.ts'
import { NotAllowed, NotSignedIn } from '../../errors.ts'
import { currentRequest, noteRefusal } from '../../observability/log.ts'

/** The schema builder: who may use a field is said on the field, by a scope. */
export const builder = new SchemaBuilder<{
  Context: Context
  DefaultFieldNullability: false
  DefaultInputFieldRequiredness: true
  Scalars: { DateTime: { Input: Date; Output: Date }; ID: { Input: string; Output: string } }
  AuthScopes: {
    /** Somebody that we know: a user, an operator or a service. */
    signedIn: boolean
    /** Somebody with accounts of their own: a user or an operator. */
    person: boolean
    /** An end user of the product. */
    user: boolean
    /** A server of the product. */
    service: boolean
    /** Somebody who runs the product. */
    operator: boolean
    /** Trusted with the whole workspace: a service or an operator. */
    trusted: boolean
  }
  /** What `t.withAuth(...)` makes of the context: a resolver behind a scope need not ask again. */
  AuthContexts: {
    signedIn: SignedInContext
    person: PersonContext
    trusted: SignedInContext
    operator: OperatorContext
  }
}>({
  // The errors plugin comes first, so that it also turns a refusal into a member of the result union.
  plugins: [ErrorsPlugin, ScopeAuthPlugin],
  defaultFieldNullability: false,
  defaultInputFieldRequiredness: true,
  errors: {
    directResult: true,
    // The person gets a sentence; the operator needs the rest.
    onResolvedError(error) {
      noteRefusal(error)
      if (error instanceof PipedreamError) {
        currentRequest()?.log.warn({ err: error }, 'Pipedream did not do as asked')
      }
    },
    defaultUnionOptions: { name: ({ fieldName }) => resultName(fieldName) },
  },
  scopeAuth: {
    // Before anything is followed, rather than with the first event.
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
  return ('scope' in failure && SENTENCES[failure.scope]) || 'You may not do this.'
}

const SENTENCES: Partial<Record<string, string>> = {
  person: 'Only a person may do this: a service has no accounts of its own.',
  user: 'Only an end user of this product may do this.',
  service: 'Only a service of this product may do this.',
  operator: 'Only an operator of this product may do this.',
  trusted: 'Only an operator or a service of this product may do this.',
}

function resultName(fieldName: string): string {
  return `${fieldName[0]?.toUpperCase()}${fieldName.slice(1)}Result`
}

builder.queryType()
builder.mutationType()

builder.scalarType('DateTime', {
  description: 'An instant, as an ISO 8601 text in UTC.',
  serialize: (date) => date.toISOString(),
})
