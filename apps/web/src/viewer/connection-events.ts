import { graphql, type ResultOf } from '../graphql.ts'

export const ConnectionEvents = graphql(`
  subscription ConnectionEvents($after: ID) {
    connectionEvents(after: $after) {
      __typename
      ... on ConnectionEvent {
        id
        type
        flowId
        accountId
      }
    }
  }
`)

type Result = ResultOf<typeof ConnectionEvents>['connectionEvents']

export type ConnectionEvent = Extract<Result, { __typename: 'ConnectionEvent' }>

export function readConnectionEvent({
  connectionEvents: result,
}: ResultOf<typeof ConnectionEvents>): ConnectionEvent | 'unknown' | undefined {
  if (result.__typename === 'InvalidInput') return 'unknown'
  return result.__typename === 'ConnectionEvent' ? result : undefined
}
