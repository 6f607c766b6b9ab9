import type { ChildProcess } from 'node:child_process'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { start } from '../measure/processes.ts'
import { AUDIENCE, ISSUER, SERVICE_KEY } from '../server/project.ts'

/** The servers that are compared with each other. */
export const SERVERS = ['gateway', 'apollo', 'mercurius', 'yoga', 'raw'] as const
export type ServerName = (typeof SERVERS)[number]

export const TITLES: Record<ServerName, string> = {
  gateway: 'this gateway',
  apollo: 'Apollo on Express, official SDK',
  mercurius: 'mercurius, official SDK',
  yoga: 'graphql-yoga, official SDK',
  raw: 'raw `node:http` proxy',
}

/** The stub of Pipedream in its own process. */
export interface Upstream {
  child: ChildProcess
  url: string
  /** A JWT of a user, which the servers verify. */
  jwt: string
}

export async function startUpstream(): Promise<Upstream> {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const key = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'RS256', use: 'sig' }
  const { child, said } = await start('server/upstream.ts', {
    BENCH_JWKS: JSON.stringify({ keys: [key] }),
  })
  const jwt = await new SignJWT()
    .setProtectedHeader({ alg: 'RS256', kid: 'bench' })
    .setSubject('ada')
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setExpirationTime('12h')
    .sign(privateKey)
  return { child, url: String(said), jwt }
}

export interface RunningServer {
  name: ServerName
  child: ChildProcess
  url: string
}

export async function startServer(name: ServerName, { url }: Upstream): Promise<RunningServer> {
  const env = { BENCH_UPSTREAM: url, NODE_ENV: 'production' }
  const { child, said } = await start(`server/${name}.ts`, env)
  return { name, child, url: `${String(said)}/graphql` }
}

/** The operations that are measured. */
export type Operation = 'createConnectToken' | 'accounts' | '__typename'

const USERS = 500

/** The request for an operation, as headers and bodies. The raw proxy knows no JWT. */
export function requestFor(operation: Operation, name: ServerName, { jwt }: Upstream) {
  const isUser = operation === 'accounts' && name !== 'raw'
  const authorization = `Bearer ${isUser ? jwt : SERVICE_KEY}`
  return {
    headers: { 'content-type': 'application/json', authorization },
    bodies: bodiesFor(operation, name === 'gateway'),
  }
}

const ACCOUNTS = 'nodes { id name healthy app { slug name } }'
const TOKEN = 'token expiresAt connectLinkUrl'

// The gateway's errors are members of a union.
function bodiesFor(operation: Operation, isGateway: boolean): string[] {
  if (operation === '__typename') return [JSON.stringify({ query: '{ __typename }' })]
  if (operation === 'accounts') {
    const fields = isGateway ? `... on AccountConnection { ${ACCOUNTS} }` : ACCOUNTS
    const args = isGateway ? '(first: 20)' : ''
    return [JSON.stringify({ query: `{ viewer { accounts${args} { ${fields} } } }` })]
  }
  const fields = isGateway ? `... on ConnectToken { ${TOKEN} } ... on Error { message }` : TOKEN
  const query = `mutation ($input: CreateConnectTokenInput!) { createConnectToken(input: $input) { ${fields} } }`
  return Array.from({ length: USERS }, (_, i) => {
    const input = { app: 'google_sheets', externalUserId: `user-${i}` }
    return JSON.stringify({ query, variables: { input } })
  })
}

/** Sends one request and throws unless it is answered with data. */
export async function checkAnswer({ url }: RunningServer, request: ReturnType<typeof requestFor>) {
  const [body = ''] = request.bodies
  const response = await fetch(url, { method: 'POST', headers: request.headers, body })
  const text = await response.text()
  if (!response.ok || /"(errors|message)"/.test(text) || !text.includes('"data"')) {
    throw new Error(`${url} answered ${response.status}: ${text.slice(0, 500)}`)
  }
}
