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
      ... on EventsSkipped {
        lastEventId
      }
    }
  }
`)

type Result = ResultOf<typeof ConnectionEvents>['connectionEvents']

type ConnectionEvent = Extract<Result, { __typename: 'ConnectionEvent' }>

/** In place of more events than the gateway sends at a time: whatever they change must be read again. */
interface SkippedEvents {
  id: string
  type: 'SKIPPED'
}

export type LiveEvent = ConnectionEvent | SkippedEvents

export function readConnectionEvent({
  connectionEvents: result,
}: ResultOf<typeof ConnectionEvents>): LiveEvent | 'unknown' | undefined {
  if (result.__typename === 'InvalidInput') return 'unknown'
  if (result.__typename === 'EventsSkipped') return { id: result.lastEventId, type: 'SKIPPED' }
  return result.__typename === 'ConnectionEvent' ? result : undefined
}
