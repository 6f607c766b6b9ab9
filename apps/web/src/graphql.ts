import { initGraphQLTada } from 'gql.tada'
import type { introspection } from './graphql-env.d.ts'

/** Parses a document and types it by `apps/api/schema.graphql`. */
export const graphql = initGraphQLTada<{
  introspection: introspection
  scalars: {
    /** An instant in ISO 8601, as it comes over the wire. */
    DateTime: string
  }
}>()

export { readFragment, type FragmentOf, type ResultOf, type VariablesOf } from 'gql.tada'
