import { initGraphQLTada } from 'gql.tada'
import type { introspection } from './graphql-env.d.ts'

/** Parses a document. Its type comes from `apps/api/schema.graphql`. */
export const graphql = initGraphQLTada<{
  introspection: introspection
  scalars: {
    /** ISO 8601 string, as sent over the wire. */
    DateTime: string
  }
}>()

export { readFragment, type FragmentOf, type ResultOf, type VariablesOf } from 'gql.tada'
