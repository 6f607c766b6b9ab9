import { graphql, type ResultOf } from '../../graphql.ts'

export const FlowsQuery = graphql(`
  query Flows($search: String, $status: FlowStatus, $after: String) {
    operator {
      __typename
      ... on Operator {
        flows(search: $search, status: $status, first: 15, after: $after) {
          __typename
          ... on OperatorFlowConnection {
            nodes {
              id
              supportCode
              status
              app
              externalUserId
              viewerKind
              accountId
              reconnects
              failedStep
              reason
              createdAt
              openedAt
              closedAt
              events {
                id
                type
                at
                reason
              }
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

type Operator = Extract<ResultOf<typeof FlowsQuery>['operator'], { __typename: 'Operator' }>

export type FlowPage = Extract<Operator['flows'], { __typename: 'OperatorFlowConnection' }>

export type OperatorFlow = FlowPage['nodes'][number]

/** Which flows to load. */
export interface FlowFilter {
  /** A support code, a user ID or an app slug; empty: all. */
  search: string
  status: OperatorFlow['status'] | null
}
