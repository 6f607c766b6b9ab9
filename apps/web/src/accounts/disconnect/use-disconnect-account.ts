import { useState } from 'react'
import { useMutation } from 'urql'
import { graphql } from '../../graphql.ts'
import { useMessages } from '../../i18n/language-context.tsx'
import { useFailureSentence } from '../../ui/use-failure-sentence.ts'
import { disconnectMessages } from './disconnect-messages.ts'

const DisconnectAccount = graphql(`
  mutation DisconnectAccount($input: DisconnectAccountInput!) {
    disconnectAccount(input: $input) {
      __typename
      ... on Error {
        message
      }
      ... on UpstreamError {
        retryable
      }
    }
  }
`)

// The response contains no Account, so urql's document cache needs the typename.
const CHANGES_ACCOUNTS = { additionalTypenames: ['Account'] }

/** Disconnects accounts. `disconnect` returns `undefined` when the account is gone, otherwise the error message. */
export function useDisconnectAccount() {
  const [{ fetching }, execute] = useMutation(DisconnectAccount)
  const sentence = useFailureSentence(useMessages(disconnectMessages).errors)
  const [error, setError] = useState<string>()

  async function disconnect(accountId: string): Promise<string | undefined> {
    setError(undefined)
    const { data, error } = await execute({ input: { accountId } }, CHANGES_ACCOUNTS)
    const result = data?.disconnectAccount
    // Another tab, or an operator, was faster. The account is gone, as the user wanted.
    if (result?.__typename === 'DisconnectedAccount') return undefined
    if (result?.__typename === 'AccountNotFound') return undefined
    const refusal = sentence(result ?? error)
    setError(refusal)
    return refusal
  }

  return { busy: fetching, error, disconnect }
}
