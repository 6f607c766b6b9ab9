import {
  ConnectError,
  type ConnectTarget,
  type FinishedFlow,
  type OpenedFlow,
  type PreparedConnectToken,
} from 'pipedream-client/react'

const GATEWAY = process.env.NEXT_PUBLIC_GATEWAY_URL ?? 'http://localhost:3000'

interface Failure {
  __typename: string
  message: string
  retryable?: boolean
}

interface ConnectToken {
  __typename: 'ConnectToken'
  token: string
  expiresAt: string
  connectUrl: string
  connectLinkUrl: string
  flow: { id: string }
}

export interface ConfirmedConnection {
  __typename: 'ConfirmedConnection'
  account: { id: string; name: string | null }
}

const CREATE_CONNECT_TOKEN = `mutation ($input: CreateConnectTokenInput!) {
  result: createConnectToken(input: $input) {
    __typename
    ... on ConnectToken { token expiresAt connectUrl connectLinkUrl flow { id } }
    ... on Error { message }
    ... on UpstreamError { retryable }
  }
}`

const PREPARE_CONNECT_TOKEN = `mutation ($input: PrepareConnectTokenInput!) {
  result: prepareConnectToken(input: $input) {
    __typename
    ... on PreparedConnectToken { expiresAt }
    ... on Error { message }
  }
}`

const OPEN_FLOW = `mutation ($input: OpenFlowInput!) {
  result: openFlow(input: $input) { __typename ... on Error { message } }
}`

const CONFIRM_CONNECTION = `mutation ($input: ConfirmConnectionInput!) {
  result: confirmConnection(input: $input) {
    __typename
    ... on ConfirmedConnection { account { id name } }
    ... on Error { message }
    ... on UpstreamError { retryable }
  }
}`

export async function createConnectToken({ app, accountId }: ConnectTarget): Promise<ConnectToken> {
  const result = await ask<ConnectToken>(CREATE_CONNECT_TOKEN, { app, accountId })
  if ('flow' in result) return result
  throw new ConnectError('ERR_TOKEN_FAILED', result.message)
}

/** Called before a click: the gateway creates the token, and keeps it until `createConnectToken`. */
export async function prepareConnectToken({
  app,
  accountId,
}: ConnectTarget): Promise<PreparedConnectToken> {
  const result = await ask<PreparedConnectToken>(PREPARE_CONNECT_TOKEN, { app, accountId })
  if ('expiresAt' in result) return result
  throw new ConnectError('ERR_TOKEN_FAILED', result.message)
}

/** Records that the connect page opens. */
export async function onOpen({ created }: OpenedFlow<ConnectToken>): Promise<void> {
  await ask(OPEN_FLOW, { flowId: created.flow.id })
}

/** The gateway reads the account from Pipedream before it trusts this page. */
export async function confirm(flow: FinishedFlow<ConnectToken>): Promise<ConfirmedConnection> {
  const input = { flowId: flow.created.flow.id, accountId: flow.accountId }
  const result = await ask<ConfirmedConnection>(CONFIRM_CONNECTION, input)
  if ('account' in result) return result
  // With `retryable: false`, the next click starts a new flow; otherwise it only repeats the confirmation.
  const error = new ConnectError('ERR_CONFIRM_FAILED', result.message)
  throw Object.assign(error, { retryable: result.retryable ?? false })
}

async function ask<Success>(query: string, input: object): Promise<Success | Failure> {
  const { gatewayToken } = await readJson<{ gatewayToken: string }>(await fetch('/gateway-token'))
  const response = await fetch(`${GATEWAY}/graphql`, {
    method: 'POST',
    // In addition to the bearer token, the gateway identifies the browser that started the flow by a cookie.
    credentials: 'include',
    headers: { authorization: `Bearer ${gatewayToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
  })
  const { data } = await readJson<{ data?: { result: Success | Failure } | null }>(response)
  if (!data) throw new Error('The gateway rejected the operation.')
  return data.result
}

async function readJson<Body>(response: Response): Promise<Body> {
  if (!response.ok) throw new Error(`${response.url} returned ${response.status}.`)
  const body: Body = await response.json()
  return body
}
