import { graphql, type ResultOf } from '../graphql.ts'

/** A page of the viewer's events. The session reads the viewer, to notice when it has changed. */
export const ActivityQuery = graphql(`
  query Activity($order: EventOrder!, $after: ID) {
    viewer {
      kind
      externalUserId
      events(order: $order, first: 100, after: $after) {
        __typename
        ... on ConnectionEventConnection {
          nodes {
            id
            type
            app
            at
            count
            flowId
            reason
            supportCode
          }
          pageInfo {
            hasNextPage
          }
        }
        ... on Error {
          message
        }
      }
    }
  }
`)

type EventsResult = NonNullable<ResultOf<typeof ActivityQuery>['viewer']>['events']

/** An event of the viewer's connections. */
export type ActivityEvent = Extract<
  EventsResult,
  { __typename: 'ConnectionEventConnection' }
>['nodes'][number]
