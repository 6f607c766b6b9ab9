import { graphql, type ResultOf } from '../../graphql.ts'

export const StatisticsQuery = graphql(`
  query Statistics($hours: Int!) {
    operator {
      __typename
      ... on Operator {
        statistics(hours: $hours) {
          __typename
          ... on FlowStatistics {
            counts {
              started
              open
              succeeded
              successRate
            }
            timeToConnect {
              p50Ms
              p90Ms
            }
            periods {
              at
              counts {
                started
                successRate
              }
              timeToConnect {
                p50Ms
                p90Ms
              }
            }
            errors {
              app
              type
              reason
              count
            }
          }
          ... on Error {
            message
          }
        }
        upstreamLatency {
          operation
          count
          failed
          p50Ms
          p90Ms
          p99Ms
        }
      }
      ... on Error {
        message
      }
    }
  }
`)

type Operator = Extract<ResultOf<typeof StatisticsQuery>['operator'], { __typename: 'Operator' }>

export type FlowStatistics = Extract<Operator['statistics'], { __typename: 'FlowStatistics' }>

export type UpstreamLatency = Operator['upstreamLatency'][number]
