import { useFailureSentence } from '../../ui/use-failure-sentence.ts'
import { useThrottled } from '../../ui/use-throttled.ts'
import { useOperatorEvents } from '../operator-events.tsx'
import { useOperator } from '../use-operator.ts'
import { type FlowFilter, type FlowPage, FlowsQuery } from './flows-query.ts'
import { operatorMessages } from '../operator-messages.ts'

interface FlowsState {
  page: FlowPage | undefined
  failure: string | undefined
  fetching: boolean
  reload: () => void
}

// A busy product has many events a second, more than anyone can read.
const PAUSE_MS = 1000

/** A page of all users' flows, reloaded after events. */
export function useFlows({ search, status }: FlowFilter, after: string | null): FlowsState {
  const sentence = useFailureSentence(operatorMessages.errors)
  const variables = { search: search === '' ? null : search, status, after }
  const { operator, failure, fetching, reload } = useOperator(FlowsQuery, variables)
  useOperatorEvents(useThrottled(reload, PAUSE_MS))
  const result = operator?.flows
  const page = result?.__typename === 'OperatorFlowConnection' ? result : undefined
  const refusal = result && !page ? sentence(result) : undefined
  return { page, failure: failure ?? refusal, fetching, reload }
}
