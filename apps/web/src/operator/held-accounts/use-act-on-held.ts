import { useState } from 'react'
import { useMutation } from 'urql'
import { graphql } from '../../graphql.ts'
import { useFailureSentence } from '../../ui/use-failure-sentence.ts'
import { operatorMessages } from '../operator-messages.ts'

const ReleaseHeldAccount = graphql(`
  mutation ReleaseHeldAccount($input: ReleaseHeldAccountInput!) {
    releaseHeldAccount(input: $input) {
      __typename
      ... on Error {
        message
      }
    }
  }
`)

const RemoveHeldAccount = graphql(`
  mutation RemoveHeldAccount($input: RemoveHeldAccountInput!) {
    removeHeldAccount(input: $input) {
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

/** What an operator can do with a held account. */
export type Act = 'release' | 'remove'

const { errors, heldAccounts: messages } = operatorMessages
const ERRORS = { ...errors, accountNotFound: messages.gone }

// The responses contain no held account, so urql's document cache needs the typename.
const CHANGES = { additionalTypenames: ['OperatorHeldAccount'] }

/** Releases or removes held accounts. `act` returns `undefined` when it is done, otherwise the error message. */
export function useActOnHeld(kind: Act) {
  const [releasing, release] = useMutation(ReleaseHeldAccount)
  const [removing, remove] = useMutation(RemoveHeldAccount)
  const sentence = useFailureSentence(ERRORS)
  const [error, setError] = useState<string>()

  async function act(accountId: string): Promise<string | undefined> {
    setError(undefined)
    const refusal = await (kind === 'release' ? tryToRelease : tryToRemove)(accountId)
    setError(refusal)
    return refusal
  }

  async function tryToRelease(accountId: string): Promise<string | undefined> {
    const { data, error } = await release({ input: { accountId } }, CHANGES)
    const result = data?.releaseHeldAccount
    return result?.__typename === 'ReleasedAccount' ? undefined : sentence(result ?? error)
  }

  async function tryToRemove(accountId: string): Promise<string | undefined> {
    const { data, error } = await remove({ input: { accountId } }, CHANGES)
    const result = data?.removeHeldAccount
    return result?.__typename === 'RemovedHeldAccount' ? undefined : sentence(result ?? error)
  }

  return { busy: releasing.fetching || removing.fetching, error, act }
}
