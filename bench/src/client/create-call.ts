import { createNodeTransport } from '../../../packages/pipedream-client/src/node.ts'
import { createPipedreamClient } from '../../../packages/pipedream-client/src/server.ts'
import type { ClientName, Workload } from './plan.ts'

const project = {
  clientId: 'bench-client',
  clientSecret: 'bench-secret',
  projectId: 'proj_bench',
  projectEnvironment: 'development',
} as const

/** The call that a client repeats. */
export async function createCall(
  client: ClientName,
  workload: Workload,
  baseUrl: string,
): Promise<() => Promise<unknown>> {
  if (client === 'official SDK') return officialCalls(baseUrl).then((calls) => calls[workload])
  const fetch = client === 'client on Node' ? createNodeTransport() : undefined
  return ownCalls(createPipedreamClient({ ...project, baseUrl, fetch }))[workload]
}

type Calls = Record<Workload, () => Promise<unknown>>

function ownCalls(client: ReturnType<typeof createPipedreamClient>): Calls {
  return {
    'get an account': () => client.accounts.get('apn_bench'),
    'create a connect token': () => client.connectTokens.create({ externalUserId: 'ada' }),
    'list 20 accounts': () => client.accounts.list({ externalUserId: 'ada', limit: 20 }),
  }
}

async function officialCalls(baseUrl: string): Promise<Calls> {
  const { PipedreamClient } = await import('@pipedream/sdk')
  const client = new PipedreamClient({ ...project, baseUrl })
  return {
    'get an account': () => client.accounts.retrieve('apn_bench'),
    'create a connect token': () => client.tokens.create({ externalUserId: 'ada' }),
    'list 20 accounts': () => client.accounts.list({ externalUserId: 'ada', limit: 20 }),
  }
}
