import { graphql } from '../graphql.ts'
import { AppCard_app } from './AppCard.tsx'

/** A page of the catalogue, most popular apps first. */
export const AppsQuery = graphql(
  `
    query Apps($search: String, $category: String, $first: Int, $after: String) {
      apps(search: $search, category: $category, first: $first, after: $after) {
        __typename
        ... on AppConnection {
          nodes {
            id
            slug
            name
            ...AppCard_app
          }
          pageInfo {
            endCursor
            hasNextPage
          }
          totalCount
        }
        ... on Error {
          message
        }
        ... on UpstreamError {
          retryable
        }
      }
    }
  `,
  [AppCard_app],
)

/** Page size: fills whole rows of one, two and three columns. */
export const APPS_PAGE_SIZE = 24
