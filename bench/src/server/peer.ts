// What every peer does for an operation, with the official SDK. The gateway does much more: see the README.
import { createHash, timingSafeEqual } from 'node:crypto'
import { PipedreamClient } from '@pipedream/sdk'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { PROJECT, SERVICE_KEY } from './project.ts'

const baseUrl = process.env['BENCH_UPSTREAM'] ?? ''
const client = new PipedreamClient({ ...PROJECT, baseUrl })
const keys = createRemoteJWKSet(new URL(`${baseUrl}/jwks`))
const serviceKeyHash = sha256(SERVICE_KEY)

export const typeDefs = `
  type Query { viewer: Viewer }
  type Viewer { accounts: AccountConnection! }
  type AccountConnection { nodes: [Account!]! }
  type Account { id: ID! name: String healthy: Boolean! app: App! }
  type App { slug: String! name: String! }
  type Mutation { createConnectToken(input: CreateConnectTokenInput!): ConnectToken! }
  input CreateConnectTokenInput { app: String externalUserId: String }
  type ConnectToken { token: String! expiresAt: String! connectLinkUrl: String! }
`

type Viewer = { kind: 'service' } | { kind: 'user'; externalUserId: string }

/** The viewer of a request, by the service key or a JWT. */
export async function readViewer(authorization: string | undefined): Promise<Viewer> {
  const bearer = authorization?.replace(/^Bearer /, '') ?? ''
  if (timingSafeEqual(sha256(bearer), serviceKeyHash)) return { kind: 'service' }
  const { payload } = await jwtVerify(bearer, keys, { algorithms: ['RS256'] })
  return { kind: 'user', externalUserId: payload.sub ?? '' }
}

export interface PeerContext {
  viewer: Viewer
}

interface CreateArgs {
  input: { app: string; externalUserId: string }
}

export const resolvers = {
  Query: { viewer: (_: unknown, __: unknown, { viewer }: PeerContext) => viewer },
  Viewer: {
    async accounts({ externalUserId }: { externalUserId: string }) {
      const page = await client.accounts.list({ externalUserId, limit: 20 })
      return { nodes: page.data }
    },
  },
  App: { slug: ({ nameSlug }: { nameSlug: string }) => nameSlug },
  Mutation: {
    async createConnectToken(_: unknown, { input }: CreateArgs, { viewer }: PeerContext) {
      if (viewer.kind !== 'service') throw new Error('Only a service names the user.')
      const { externalUserId } = input
      const created = await client.tokens.create({ externalUserId, expiresIn: 900 })
      return { ...created, expiresAt: created.expiresAt.toISOString() }
    },
  },
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
