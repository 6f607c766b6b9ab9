import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import { graphql, type ResultOf } from '../graphql.ts'
import { classNames } from '../ui/class-names.ts'
import { Skeleton } from '../ui/Skeleton.tsx'
import { useRepeated } from '../ui/use-repeated.ts'
import { operatorMessages } from './operator-messages.ts'
import { Outdated } from './Outdated.tsx'
import { CARD, Section } from './Section.tsx'
import { useOperator } from './use-operator.ts'

const { health: messages } = operatorMessages

const HealthQuery = graphql(`
  query Health {
    operator {
      __typename
      ... on Operator {
        health {
          upstream {
            state
          }
          database {
            isUp
            isMigrated
            writesWaiting
          }
          subscriptions {
            open
          }
        }
      }
      ... on Error {
        message
      }
    }
  }
`)

type Health = Extract<
  ResultOf<typeof HealthQuery>['operator'],
  { __typename: 'Operator' }
>['health']

const LOOKED_AT_EVERY_MS = 10_000

/** The health of the gateway, its database and Pipedream, polled. */
export function HealthSection() {
  const { operator, failure, fetching, reload } = useOperator(HealthQuery, {})
  useRepeated(reload, LOOKED_AT_EVERY_MS)
  return (
    <Section id="health" title={messages.title}>
      <Outdated
        failure={failure}
        known={operator !== undefined}
        fetching={fetching}
        onRetry={reload}
      />
      {operator && <HealthList health={operator.health} />}
      {!operator && failure === undefined && <Skeleton className="h-20 rounded-xl" />}
    </Section>
  )
}

function HealthList({ health: { upstream, database, subscriptions } }: { health: Health }) {
  return (
    <dl className="grid gap-3 sm:grid-cols-3">
      <Sign
        name={messages.upstream}
        state={UPSTREAM_STATES[upstream.state]}
        says={messages.upstreamStates[upstream.state]}
      />
      <Sign
        name={messages.database}
        state={databaseState(database)}
        says={databaseWords()}
        more={messages.writesWaiting({ count: database.writesWaiting })}
      />
      <Sign
        name={messages.subscriptions}
        state="good"
        says={messages.open({ count: subscriptions.open })}
      />
    </dl>
  )

  function databaseWords(): string {
    if (!database.isUp) return messages.databaseDown
    return database.isMigrated ? messages.databaseUp : messages.databaseOld
  }
}

function databaseState({ isUp, isMigrated }: Health['database']): SignState {
  if (!isUp) return 'bad'
  return isMigrated ? 'good' : 'unsure'
}

const SIGNS = {
  good: { Icon: CircleCheck, colour: 'text-ok-ink' },
  unsure: { Icon: CircleDashed, colour: 'text-warn-ink' },
  bad: { Icon: CircleX, colour: 'text-danger-ink' },
}

type SignState = keyof typeof SIGNS

const UPSTREAM_STATES = { UP: 'good', TRYING: 'unsure', DOWN: 'bad' } as const

interface SignProps {
  name: string
  state: SignState
  says: string
  more?: string
}

function Sign({ name, state, says, more }: SignProps) {
  const { Icon, colour } = SIGNS[state]
  return (
    <div className={classNames(CARD, 'flex flex-col gap-1 p-4')}>
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="flex items-start gap-2 text-sm font-medium">
        <Icon aria-hidden size={18} className={classNames('mt-px shrink-0', colour)} />
        <span>{says}</span>
      </dd>
      {more !== undefined && <dd className="ps-6.5 text-xs text-muted">{more}</dd>}
    </div>
  )
}
