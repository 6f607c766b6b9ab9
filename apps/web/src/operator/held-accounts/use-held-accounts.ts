import { useFailureSentence } from '../../ui/use-failure-sentence.ts'
import { useThrottled } from '../../ui/use-throttled.ts'
import { useOperatorEvents } from '../operator-events.tsx'
import { operatorMessages } from '../operator-messages.ts'
import { useOperator } from '../use-operator.ts'
import { type HeldAccountPage, HeldAccountsQuery } from './held-accounts-query.ts'

interface HeldAccountsState {
  page: HeldAccountPage | undefined
  failure: string | undefined
  fetching: boolean
  reload: () => void
}

// A busy product has many events a second, more than anyone can read.
const PAUSE_MS = 1000

/** A page of held accounts, of all users or of one, reloaded after events. */
export function useHeldAccounts(user: string, after: string | null): HeldAccountsState {
  const sentence = useFailureSentence(operatorMessages.errors)
  const variables = { externalUserId: user === '' ? null : user, after }
  const { operator, failure, fetching, reload } = useOperator(HeldAccountsQuery, variables)
  useOperatorEvents(useThrottled(reload, PAUSE_MS))
  const result = operator?.heldAccounts
  const page = result?.__typename === 'OperatorHeldAccountConnection' ? result : undefined
  const refusal = result && !page ? sentence(result) : undefined
  return { page, failure: failure ?? refusal, fetching, reload }
}
