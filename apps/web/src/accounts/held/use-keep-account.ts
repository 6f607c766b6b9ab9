import { useState } from 'react'
import { useMutation } from 'urql'
import { graphql } from '../../graphql.ts'
import { useFailureSentence } from '../../ui/use-failure-sentence.ts'

const KeepAccount = graphql(`
  mutation KeepAccount($input: KeepAccountInput!) {
    keepAccount(input: $input) {
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

// After an error too: the list may be older than what the gateway has just read.
const CHANGES_ACCOUNTS = { additionalTypenames: ['Account'] }

/** Why an account is not kept. */
export interface KeepRefusal {
  /** Type of the error; `undefined` if the request failed. */
  type: string | undefined
  sentence: string
}

/** How a held account is kept. */
interface Keeping {
  busy: boolean
  refusal: KeepRefusal | undefined
  /** Returns whether the account is kept. */
  keep: () => Promise<boolean>
}

/** Keeps an account whose flow ended without a confirmation. */
export function useKeepAccount(accountId: string): Keeping {
  const [{ fetching: busy }, execute] = useMutation(KeepAccount)
  const sentence = useFailureSentence()
  const [refusal, setRefusal] = useState<KeepRefusal>()

  async function keep(): Promise<boolean> {
    setRefusal(undefined)
    const { data, error } = await execute({ input: { accountId } }, CHANGES_ACCOUNTS)
    const result = data?.keepAccount
    if (result?.__typename === 'KeptAccount') return true
    setRefusal({ type: result?.__typename, sentence: sentence(result ?? error) })
    return false
  }

  return { busy, refusal, keep }
}
