import { PipedreamClient as OfficialClient } from '@pipedream/sdk'
import { methodsOf } from './method-of.ts'

// Exist at run time, but are declared private in the SDK's types.
const PRIVATE = new Set([
  'proxy.transformProxyHeaders',
  'proxy.getResponseType',
  'proxy.isJsonResponse',
])

/** The methods that the official SDK has at run time, such as `accounts.list`. */
export function listOfficialMethods(): string[] {
  const client = new OfficialClient({
    projectId: 'proj_AbC123',
    projectEnvironment: 'development',
    tokenProvider: { getToken: async () => 'an-access-token' },
  })
  return methodsOf(client).filter((name) => !PRIVATE.has(name))
}
