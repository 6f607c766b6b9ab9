import { graphql, type ResultOf } from '../../graphql.ts'

export const HeldAccountsQuery = graphql(`
  query HeldAccounts($externalUserId: ID, $after: String) {
    operator {
      __typename
      ... on Operator {
        heldAccounts(externalUserId: $externalUserId, first: 15, after: $after) {
          __typename
          ... on OperatorHeldAccountConnection {
            nodes {
              accountId
              externalUserId
              app
              since
              reason
              supportCode
              isProven
              attempts
              lastError
            }
            pageInfo {
              endCursor
              hasNextPage
            }
          }
          ... on Error {
            message
          }
        }
      }
      ... on Error {
        message
      }
    }
  }
`)

type Operator = Extract<ResultOf<typeof HeldAccountsQuery>['operator'], { __typename: 'Operator' }>

export type HeldAccountPage = Extract<
  Operator['heldAccounts'],
  { __typename: 'OperatorHeldAccountConnection' }
>

export type HeldAccount = HeldAccountPage['nodes'][number]
