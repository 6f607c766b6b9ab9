import { parseSetCookie } from 'cookie'
import type { Emulator } from 'pipedream-emulator'
import type { Server } from '../server.ts'

type Json = Record<string, unknown>

/** A field's result: the thing itself or a typed error. */
interface FieldResult extends Json {
  __typename: string
}

/** Somebody at a browser of their own, with its cookies. */
export interface Person {
  headers: Record<string, string>
  cookies: Map<string, string>
  /** Sends JSON and keeps the cookies that come back. */
  post(path: string, body: unknown, more?: Record<string, string>): Promise<Response>
  /** Runs an operation and returns its `data`; throws on request errors. */
  query(document: string, variables?: Json): Promise<Json>
  /** Runs an operation with one field and returns what the field is. */
  field(document: string, variables?: Json): Promise<FieldResult>
  /** Starts connecting an app; returns the connect token and the flow's id. */
  startConnecting(app: string): Promise<{ token: string; flowId: string }>
  /** Types a key into the hosted page of a key app, for a new account or into one; returns its id. */
  typeKey(token: string, app: string, accountId?: string): Promise<string>
  confirm(flowId: string, accountId: string): Promise<FieldResult>
  /** All of it: an account of OpenAI, connected and confirmed. */
  connectOpenai(): Promise<string>
  accountIds(): Promise<string[]>
}

/** What everybody types. */
export const API_KEY = 'emulator-key-of-a-person'

const START = `mutation ($app: String) { createConnectToken(input: { app: $app }) {
  __typename ... on ConnectToken { token flow { id } } ... on Error { message } } }`
const CONFIRM = `mutation ($flowId: ID!, $accountId: ID!) {
  confirmConnection(input: { flowId: $flowId, accountId: $accountId }) {
    __typename ... on ConfirmedConnection { account { id app { slug } } flow { id status accountId } } ... on Error { message } } }`
const ACCOUNTS = `{ viewer { accounts { __typename ... on AccountConnection { nodes { id } } ... on Error { message } } } }`

export function createPerson(server: Pick<Server, 'fetch'>, emulator: Emulator): Person {
  const headers: Record<string, string> = {}
  const cookies = new Map<string, string>()

  async function post(
    path: string,
    body: unknown,
    more: Record<string, string> = {},
  ): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await server.fetch(
      new Request(`http://localhost:3000${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(cookie && { cookie }),
          ...headers,
          ...more,
        },
        body: JSON.stringify(body),
      }),
    )
    for (const line of response.headers.getSetCookie()) {
      const { name, value } = parseSetCookie(line)
      if (value) cookies.set(name, value)
      else cookies.delete(name)
    }
    return response
  }

  async function query(document: string, variables: Json = {}): Promise<Json> {
    const response = await post('/graphql', { query: document, variables })
    const { data, errors } = await response.json()
    if (errors) throw new Error(JSON.stringify(errors))
    return data
  }

  const person: Person = {
    headers,
    cookies,
    post,
    query,
    async field(document, variables) {
      const [result] = Object.values(await query(document, variables))
      return result as FieldResult
    },
    async startConnecting(app) {
      const started = await person.field(START, { app })
      if (started.__typename !== 'ConnectToken') throw new Error(JSON.stringify(started))
      const { token, flow } = started as unknown as { token: string; flow: { id: string } }
      return { token, flowId: flow.id }
    },
    typeKey: (token, app, accountId) => typeKey(emulator, { token, app, accountId }),
    confirm: (flowId, accountId) => person.field(CONFIRM, { flowId, accountId }),
    async connectOpenai() {
      const { token, flowId } = await person.startConnecting('openai')
      const accountId = await person.typeKey(token, 'openai')
      await person.confirm(flowId, accountId)
      return accountId
    },
    async accountIds() {
      const { viewer } = (await query(ACCOUNTS)) as {
        viewer: { accounts: { nodes: { id: string }[] } }
      }
      return viewer.accounts.nodes.map(({ id }) => id)
    },
  }
  return person
}

interface TypedKey {
  token: string
  app: string
  accountId: string | undefined
}

async function typeKey(emulator: Emulator, { token, app, accountId }: TypedKey): Promise<string> {
  const response = await emulator.fetch(
    new Request('http://localhost:4010/v1/connect/accounts', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        app_slug: app,
        cfmap_json: JSON.stringify({ api_key: API_KEY }),
        connect_token: token,
        account_id: accountId,
      }),
    }),
  )
  if (!response.ok) throw new Error(await response.text())
  return (await response.json()).id
}
