import { useState } from 'react'
import { useMutation } from 'urql'
import { graphql } from '../graphql.ts'
import { useMessages } from '../i18n/language-context.tsx'
import { useFailureSentence } from '../ui/use-failure-sentence.ts'
import { accountsMessages } from './accounts-messages.ts'

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

// The answer holds no Account, so urql's document cache has to be told what has changed.
const CHANGES_ACCOUNTS = { additionalTypenames: ['Account'] }

/** Disconnects accounts. `disconnect` answers `undefined` when the account is gone, or else why not, like `error`. */
export function useDisconnectAccount() {
  const [{ fetching }, execute] = useMutation(DisconnectAccount)
  const { question } = useMessages(accountsMessages)
  const sentence = useFailureSentence(question.errors)
  const [error, setError] = useState<string>()

  async function disconnect(accountId: string): Promise<string | undefined> {
    setError(undefined)
    const { data, error } = await execute({ input: { accountId } }, CHANGES_ACCOUNTS)
    const result = data?.disconnectAccount
    // Somebody else, or another tab, was faster: what the person wanted is the case.
    if (result?.__typename === 'DisconnectedAccount') return undefined
    if (result?.__typename === 'AccountNotFound') return undefined
    const refusal = sentence(result ?? error)
    setError(refusal)
    return refusal
  }

  return { busy: fetching, error, disconnect }
}
