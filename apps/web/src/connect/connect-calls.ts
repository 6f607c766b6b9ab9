import type { Client, CombinedError } from 'urql'
import { graphql, type ResultOf, type VariablesOf } from '../graphql.ts'
import type { ResultError } from '../ui/result-sentence.ts'
import type { ConnectTarget } from './connect-target.ts'

const CreateConnectToken = graphql(`
  mutation CreateConnectToken($input: CreateConnectTokenInput!) {
    createConnectToken(input: $input) {
      __typename
      ... on ConnectToken {
        token
        connectUrl
        connectLinkUrl
        expiresAt
        flow {
          id
          supportCode
        }
      }
      ... on Error {
        message
        supportCode
      }
      ... on UpstreamError {
        retryable
      }
      ... on RateLimited {
        retryAfterMs
      }
    }
  }
`)

const ConfirmConnection = graphql(`
  mutation ConfirmConnection($input: ConfirmConnectionInput!) {
    confirmConnection(input: $input) {
      __typename
      ... on ConfirmedConnection {
        account {
          id
          name
        }
      }
      ... on Error {
        message
        supportCode
      }
      ... on UpstreamError {
        retryable
      }
    }
  }
`)

const CancelFlow = graphql(`
  mutation CancelFlow($input: CancelFlowInput!) {
    cancelFlow(input: $input) {
      __typename
      ... on CancelledFlow {
        flow {
          id
          status
          accountId
        }
      }
    }
  }
`)

const OpenFlow = graphql(`
  mutation OpenFlow($input: OpenFlowInput!) {
    openFlow(input: $input) {
      __typename
    }
  }
`)

const CutOffFlow = graphql(`
  query CutOffFlow($id: ID!) {
    flow(id: $id) {
      status
      accountId
      heldAccountId
    }
  }
`)

/** Why the browser could not go on with a flow, for the operator. */
export type FlowTrouble = NonNullable<VariablesOf<typeof CancelFlow>['input']['trouble']>

/** An error of the API, or the failure of a request. */
export type CallFailure = ResultError | CombinedError

/** What the server minted for one flow, as the connect door takes it. */
export interface MintedFlow {
  token: string
  connectUrl: string
  connectLinkUrl: string
  expiresAt: string
  flow: { id: string; supportCode: string }
}

/** An account that the server has checked. */
export interface ConfirmedAccount {
  id: string
  name: string | null
}

export type Answer<Value> =
  | { ok: true; value: Value }
  | { ok: false; failure: CallFailure | undefined }

export async function createConnectToken(
  client: Client,
  { app, accountId }: Pick<ConnectTarget, 'app' | 'accountId'>,
): Promise<Answer<MintedFlow>> {
  const input = accountId === undefined ? { app } : { app, accountId }
  const { data, error } = await client.mutation(CreateConnectToken, { input }).toPromise()
  const result = data?.createConnectToken
  if (result?.__typename === 'ConnectToken') return { ok: true, value: result }
  return { ok: false, failure: result ?? error }
}

/** Makes the server check with Pipedream that the account is this person's and of this flow. */
export async function confirmConnection(
  client: Client,
  input: { flowId: string; accountId: string },
): Promise<Answer<ConfirmedAccount>> {
  // The answer holds an Account, which makes urql's document cache ask for every list of accounts again.
  const { data, error } = await client.mutation(ConfirmConnection, { input }).toPromise()
  const result = data?.confirmConnection
  if (result?.__typename === 'ConfirmedConnection') return { ok: true, value: result.account }
  return { ok: false, failure: result ?? error }
}

/** A flow that the server closed. */
export interface LeftFlow {
  /** The account that it turns out to have made all the same. */
  accountId: string | null
}

/**
 * Closes a flow that came to no account here. `undefined`: the server did not answer, or knows of no such flow of this
 * person's; neither need concern them, for it closes every flow in time.
 */
export async function leaveFlow(
  client: Client,
  { flowId, trouble }: { flowId: string; trouble?: FlowTrouble | undefined },
): Promise<LeftFlow | undefined> {
  const { data } = await client
    .mutation(CancelFlow, { input: { flowId, trouble: trouble ?? null } })
    .toPromise()
  const result = data?.cancelFlow
  if (result?.__typename !== 'CancelledFlow') return undefined
  const { status, accountId } = result.flow
  return { accountId: status === 'SUCCEEDED' ? accountId : null }
}

/** Tells the server that the person goes through a flow. Whatever it answers, they go on. */
export async function openFlow(client: Client, flowId: string): Promise<void> {
  await client.mutation(OpenFlow, { input: { flowId } }).toPromise()
}

export type CutOff = NonNullable<ResultOf<typeof CutOffFlow>['flow']>

/** What has become of a flow that this page was in before it was loaded again. */
export async function readCutOff(client: Client, flowId: string): Promise<CutOff | undefined> {
  const { data } = await client
    .query(CutOffFlow, { id: flowId }, { requestPolicy: 'network-only' })
    .toPromise()
  return data?.flow ?? undefined
}
