import { graphql } from '../../graphql.ts'

export const InspectAccessToken = graphql(`
  mutation InspectAccessToken($scope: String) {
    oauthToken(input: { scope: $scope }) {
      __typename
      ... on OAuthToken {
        accessToken
        tokenType
        expiresAt
        scope
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

export const InspectConnectToken = graphql(`
  mutation InspectConnectToken($app: String!) {
    createConnectToken(input: { app: $app }) {
      __typename
      ... on ConnectToken {
        token
        connectLinkUrl
        expiresAt
        flow {
          supportCode
        }
      }
      ... on Error {
        message
      }
      ... on UpstreamError {
        retryable
      }
      ... on RateLimited {
        retryAfterMs
      }
    }
  }
`)
