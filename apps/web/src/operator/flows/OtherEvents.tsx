import { useState } from 'react'
import { graphql, type ResultOf, type VariablesOf } from '../../graphql.ts'
import { Button } from '../../ui/Button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { useFailureSentence } from '../../ui/use-failure-sentence.ts'
import { useThrottled } from '../../ui/use-throttled.ts'
import { AppLabel } from '../AppLabel.tsx'
import { Code } from '../Code.tsx'
import { useOperatorEvents } from '../operator-events.tsx'
import { operatorMessages } from '../operator-messages.ts'
import { Outdated } from '../Outdated.tsx'
import { CARD, Section } from '../Section.tsx'
import { useOperator } from '../use-operator.ts'

const { others: messages } = operatorMessages

const OtherEventsQuery = graphql(`
  query OtherEvents($search: String, $types: [ConnectionEventType!], $first: Int!) {
    operator {
      __typename
      ... on Operator {
        events(search: $search, types: $types, first: $first) {
          __typename
          ... on OperatorEventConnection {
            nodes {
              id
              type
              at
              count
              app
              externalUserId
              actorId
              viewerKind
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
      ... on Error {
        message
      }
    }
  }
`)

type Operator = Extract<ResultOf<typeof OtherEventsQuery>['operator'], { __typename: 'Operator' }>
type EventPage = Extract<Operator['events'], { __typename: 'OperatorEventConnection' }>

// Events that the flows' timelines don't show, or don't show for all users.
const TYPES: NonNullable<VariablesOf<typeof OtherEventsQuery>['types']> = [
  'FLOW_REFUSED',
  'CONFIRMATION_REFUSED',
  'ACCESS_TOKEN_CREATED',
  'ACCESS_TOKEN_REFUSED',
  'CONNECT_TOKEN_CREATED',
  'DISCONNECTION_ORDERED',
  'DISCONNECTION_REFUSED',
  'ACCOUNT_DISCONNECTED',
  'ACCOUNT_HEALTH_CHANGED',
]
const PAGE_SIZE = 10
const AT_MOST = 100
const PAUSE_MS = 1000

/** Events outside of any flow, or to a flow from outside. */
export function OtherEvents({ search }: { search: string }) {
  const sentence = useFailureSentence(operatorMessages.errors)
  const [first, setFirst] = useState(PAGE_SIZE)
  const variables = { search: search === '' ? null : search, types: TYPES, first }
  const { operator, failure, fetching, reload } = useOperator(OtherEventsQuery, variables)
  useOperatorEvents(useThrottled(reload, PAUSE_MS))
  const result = operator?.events
  const page = result?.__typename === 'OperatorEventConnection' ? result : undefined
  const refusal = result && !page ? sentence(result) : undefined
  return (
    <Section title={messages.title}>
      <p className="-mt-3 text-sm text-muted">{messages.why}</p>
      <Outdated
        failure={failure ?? refusal}
        known={page !== undefined}
        fetching={fetching}
        onRetry={reload}
      />
      {page?.nodes.length === 0 && <p className="text-sm text-muted">{messages.none}</p>}
      {page && page.nodes.length > 0 && <EventList events={page.nodes} />}
      {page?.pageInfo.hasNextPage === true && first < AT_MOST && (
        <Button className="self-center" onClick={() => setFirst(AT_MOST)}>
          {messages.more}
        </Button>
      )}
    </Section>
  )
}

function EventList({ events }: { events: EventPage['nodes'] }) {
  return (
    <ul className={classNames(CARD, 'divide-y divide-line px-4')}>
      {events.map((event) => (
        <li key={event.id} className="flex flex-wrap gap-x-3 gap-y-1 py-2.5 text-sm">
          <span>{operatorMessages.events[event.type]}</span>
          {event.count > 1 && (
            <span className="text-muted">{messages.count({ count: event.count })}</span>
          )}
          {event.app !== null && <AppLabel slug={event.app} />}
          {event.externalUserId !== null && (
            <span className="min-w-0 break-all text-muted">{event.externalUserId}</span>
          )}
          {event.actorId !== null && (
            <span className="text-muted">{messages.by({ actor: event.actorId })}</span>
          )}
          {event.reason !== null && <Code>{event.reason}</Code>}
          <span className="ms-auto flex gap-3 text-xs text-muted">
            {event.supportCode !== null && <Code>{event.supportCode}</Code>}
            <RelativeTime iso={event.at} />
          </span>
        </li>
      ))}
    </ul>
  )
}
