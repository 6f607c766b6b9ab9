import type { ChildProcess } from 'node:child_process'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { Contender } from '../measure/compare.ts'
import type { Load } from '../measure/load.ts'
import { ask, start } from '../measure/processes.ts'
import { AUDIENCE, ISSUER, SERVICE_KEY } from '../server/project.ts'
import type { Ready } from '../server/serve.ts'
import { startGateway } from './start-gateway.ts'

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
  /** Signs a JWT that only the gateway verifies, in a tenth of the time. */
  sign: (claims: Claims) => Promise<string>
}

interface Claims {
  sub: string
  role?: 'operator'
}

export async function startUpstream(): Promise<Upstream> {
  const user = await createSigner('RS256')
  const many = await createSigner('EdDSA')
  const { child, said } = await start('server/upstream.ts', {
    env: { BENCH_JWKS: JSON.stringify({ keys: [user.key, many.key] }) },
  })
  const { url } = said as Ready
  return { child, url, jwt: await user.sign({ sub: 'ada' }), sign: many.sign }
}

async function createSigner(alg: 'RS256' | 'EdDSA') {
  const { publicKey, privateKey } = await generateKeyPair(alg)
  const sign = (claims: Claims) =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg, kid: alg })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setExpirationTime('12h')
      .sign(privateKey)
  return { key: { ...(await exportJWK(publicKey)), kid: alg, alg, use: 'sig' }, sign }
}

/** Sets how long the stub of Pipedream waits before it responds. */
export async function delayUpstream({ child }: Upstream, delayMs: number): Promise<void> {
  child.send({ delayMs })
  // The answer comes after the new delay is in use.
  await ask(child, 'usage')
}

export interface RunningServer {
  name: ServerName
  child: ChildProcess
  url: string
  /** From the import of the first module until the first response, in milliseconds; undefined for the peers. */
  importMs?: number
}

/** Starts a server; the options are for the gateway. */
export async function startServer(
  name: ServerName,
  upstream: Upstream,
  options: Parameters<typeof startGateway>[1] = {},
): Promise<RunningServer> {
  const started =
    name === 'gateway' ? await startGateway(upstream.url, options) : await startPeer(name, upstream)
  return { ...started, name, url: `${started.url}/graphql` }
}

async function startPeer(name: ServerName, { url: upstream }: Upstream) {
  const { child, said } = await start(`server/${name}.ts`, { env: { BENCH_UPSTREAM: upstream } })
  return { child, url: (said as Ready).url }
}

/** The operations that are measured. */
export const OPERATIONS = ['createConnectToken', 'accounts', '__typename'] as const
export type Operation = (typeof OPERATIONS)[number]

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
export async function checkAnswer(
  { url }: RunningServer,
  request: Pick<Load, 'headers' | 'bodies'>,
) {
  const [body = ''] = request.bodies
  const response = await fetch(url, { method: 'POST', headers: request.headers, body })
  const text = await response.text()
  if (!response.ok || /"(errors|message)"/.test(text) || !text.includes('"data"')) {
    throw new Error(`${url} answered ${response.status}: ${text.slice(0, 500)}`)
  }
}

/** How many connections the load generator uses, unless a suite says otherwise. */
export const CONNECTIONS = 64

interface ContenderOptions {
  name: ServerName
  operation: Operation
  upstream: Upstream
  /** For the gateway. */
  options?: Parameters<typeof startGateway>[1]
}

/** Starts a server for an operation. */
export async function startContender({
  name,
  operation,
  upstream,
  options = {},
}: ContenderOptions): Promise<Contender> {
  const server = await startServer(name, upstream, options)
  const request = requestFor(operation, name, upstream)
  await checkAnswer(server, request)
  const load = { url: server.url, connections: CONNECTIONS, ...request }
  return { name, title: TITLES[name], child: server.child, load }
}
