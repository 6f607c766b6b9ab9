import { graphql } from '../graphql.ts'
import { AccountRow_account } from './AccountRow.tsx'

/** A page of the viewer's accounts. The session reads the viewer, to notice when it has changed. */
export const AccountsQuery = graphql(
  `
    query Accounts($first: Int, $after: String) {
      viewer {
        kind
        externalUserId
        accounts(first: $first, after: $after) {
          __typename
          ... on AccountConnection {
            nodes {
              id
              name
              held
              app {
                slug
                name
                imgSrc
              }
              ...AccountRow_account
            }
            pageInfo {
              endCursor
              hasNextPage
            }
            staleSince
          }
          ... on Error {
            message
          }
          ... on UpstreamError {
            retryable
          }
        }
      }
    }
  `,
  [AccountRow_account],
)
