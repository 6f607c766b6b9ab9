import { useCallback } from 'react'
import { type AnyVariables, type DocumentInput, useQuery } from 'urql'
import { useFailureSentence } from '../ui/use-failure-sentence.ts'
import { useLast } from '../ui/use-last.ts'
import { operatorMessages } from './operator-messages.ts'

interface OperatorState<Part> {
  /** The result of the query, as last read. */
  operator: Part | undefined
  /** Why the last read failed, as a sentence. */
  failure: string | undefined
  fetching: boolean
  reload: () => void
}

/** Reads operator data. The last result stays while it is refreshed, and when that fails. */
export function useOperator<
  Answer extends { __typename: string },
  Variables extends AnyVariables = AnyVariables,
>(
  query: DocumentInput<{ operator: Answer }, Variables>,
  variables: Variables,
): OperatorState<Extract<Answer, { __typename: 'Operator' }>> {
  type Part = Extract<Answer, { __typename: 'Operator' }>
  const sentence = useFailureSentence(operatorMessages.errors)
  const [{ data, error, fetching }, execute] = useQuery({
    query,
    variables,
    // An operator who comes back to the page wants current data.
    requestPolicy: 'cache-and-network',
  })
  const reload = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute])
  const answer = data?.operator
  const operator = isOperator(answer) ? answer : undefined
  const last = useLast(operator)
  const failed = error ?? (answer && !operator ? answer : undefined)
  return { operator: last, failure: failed && sentence(failed), fetching, reload }

  function isOperator(value: Answer | undefined): value is Part {
    return value?.__typename === 'Operator'
  }
}
