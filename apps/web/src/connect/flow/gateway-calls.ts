import type { ConnectTarget, FlowResult, PreparedConnectToken } from 'pipedream-client/react'
import type { Client } from 'urql'
import { graphql, type VariablesOf } from '../../graphql.ts'
import { CallError } from './flow-failure.ts'

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

const PrepareConnectToken = graphql(`
  mutation PrepareConnectToken($input: PrepareConnectTokenInput!) {
    prepareConnectToken(input: $input) {
      __typename
      ... on PreparedConnectToken {
        expiresAt
      }
      ... on Error {
        message
        supportCode
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

const ReadFlow = graphql(`
  query ReadFlow($id: ID!) {
    flow(id: $id) {
      status
      accountId
      heldAccountId
    }
  }
`)

/** Why the browser could not finish a flow, for operators. */
export type FlowTrouble = NonNullable<VariablesOf<typeof CancelFlow>['input']['trouble']>

/** A connect token and its flow. */
export interface MintedFlow {
  token: string
  connectUrl: string
  connectLinkUrl: string
  expiresAt: string
  flow: { id: string; supportCode: string }
}

/** An account that the gateway has verified. */
export interface ConfirmedAccount {
  id: string
  name: string | null
}

/** Throws a `CallError`. */
export async function createConnectToken(
  client: Client,
  target: ConnectTarget,
): Promise<MintedFlow> {
  const input = inputOf(target)
  const { data, error } = await client.mutation(CreateConnectToken, { input }).toPromise()
  const result = data?.createConnectToken
  if (result?.__typename === 'ConnectToken') return result
  throw new CallError('ERR_TOKEN_FAILED', result ?? error)
}

/** Has the gateway create a token for a flow that the user may be about to start. Throws a `CallError`. */
export async function prepareConnectToken(
  client: Client,
  target: ConnectTarget,
): Promise<PreparedConnectToken> {
  const input = inputOf(target)
  const { data, error } = await client.mutation(PrepareConnectToken, { input }).toPromise()
  const result = data?.prepareConnectToken
  if (result?.__typename === 'PreparedConnectToken') return result
  throw new CallError('ERR_TOKEN_FAILED', result ?? error)
}

// Equal for both calls: the gateway finds the prepared token by it.
function inputOf({ app, accountId }: ConnectTarget) {
  return accountId === undefined ? { app } : { app, accountId }
}

/** Has the gateway check with Pipedream that the account belongs to this user and flow. Throws a `CallError`. */
export async function confirmConnection(
  client: Client,
  input: { flowId: string; accountId: string },
): Promise<ConfirmedAccount> {
  // The result contains an Account, which makes urql's document cache reload every list of accounts.
  const { data, error } = await client.mutation(ConfirmConnection, { input }).toPromise()
  const result = data?.confirmConnection
  if (result?.__typename === 'ConfirmedConnection') return result.account
  throw new CallError('ERR_CONFIRM_FAILED', result ?? error)
}

/**
 * Closes a flow that ended without an account here. Returns the account that it made nevertheless, if any. Failures are
 * ignored, because the gateway closes every flow in time.
 */
export async function cancelFlow(
  client: Client,
  flowId: string,
  trouble: FlowTrouble | undefined,
): Promise<string | null> {
  const input = { flowId, trouble: trouble ?? null }
  const { data } = await client.mutation(CancelFlow, { input }).toPromise()
  const result = data?.cancelFlow
  if (result?.__typename !== 'CancelledFlow') return null
  return result.flow.status === 'SUCCEEDED' ? result.flow.accountId : null
}

/** Tells the gateway that the user is in a flow's page. Failures are ignored. */
export async function openFlow(client: Client, flowId: string): Promise<void> {
  await client.mutation(OpenFlow, { input: { flowId } }).toPromise()
}

/** Reads what became of a flow; null for a flow of another user. Throws if the gateway cannot be reached. */
export async function readFlow(client: Client, flowId: string): Promise<FlowResult | null> {
  const { data, error } = await client
    .query(ReadFlow, { id: flowId }, { requestPolicy: 'network-only' })
    .toPromise()
  if (!data) throw error ?? new Error('The gateway returned no data.')
  if (!data.flow) return null
  const { status, accountId, heldAccountId } = data.flow
  return { accountId: heldAccountId ?? (status === 'SUCCEEDED' ? accountId : null) }
}
