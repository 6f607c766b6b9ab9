import { graphql } from '../graphql.ts'

/** One app by its slug, to connect it. */
export const AppQuery = graphql(`
  query App($slug: String!) {
    app(slug: $slug) {
      __typename
      ... on App {
        slug
        name
      }
      ... on Error {
        message
      }
      ... on UpstreamError {
        retryable
      }
    }
  }
`)
