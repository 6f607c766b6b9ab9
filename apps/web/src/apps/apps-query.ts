import { graphql } from '../graphql.ts'
import { AppCard_app } from './AppCard.tsx'

/** The catalogue, by page, the most popular apps first. */
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

/** How many apps a page of the catalogue holds: full rows in one, two and three columns. */
export const APPS_PAGE_SIZE = 24
