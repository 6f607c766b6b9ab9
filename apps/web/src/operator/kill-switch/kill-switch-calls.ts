import { graphql, type ResultOf } from '../../graphql.ts'

export const PlanDisconnection = graphql(`
  mutation PlanDisconnection($input: PlanDisconnectionInput!) {
    planDisconnection(input: $input) {
      __typename
      ... on DisconnectionPlan {
        confirmation
        count
        hasMore
        accounts {
          id
          app
          externalUserId
          createdAt
        }
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

export const RunDisconnection = graphql(`
  mutation RunDisconnection($input: RunDisconnectionInput!) {
    runDisconnection(input: $input) {
      __typename
      ... on DisconnectionRun {
        disconnectedCount
        failedCount
        outcomes {
          account {
            id
          }
          isDisconnected
          error
        }
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

export type Plan = Extract<
  ResultOf<typeof PlanDisconnection>['planDisconnection'],
  { __typename: 'DisconnectionPlan' }
>

export type Run = Extract<
  ResultOf<typeof RunDisconnection>['runDisconnection'],
  { __typename: 'DisconnectionRun' }
>

/** Which accounts to disconnect; `null`: of all users, or of all apps. */
export interface Aim {
  externalUserId: string | null
  app: string | null
}
