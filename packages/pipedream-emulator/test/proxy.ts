import type { ParsedResponse, Harness } from './harness.ts'

interface ProxiedCall {
  accountId: string
  method?: string
  json?: unknown
}

/** Returns a function that calls a provider's API through the proxy, with ada's account. */
export function callThroughProxy({ asServer }: Harness) {
  return async (url: string, { accountId, method, json }: ProxiedCall): Promise<ParsedResponse> => {
    const query = new URLSearchParams({ external_user_id: 'ada', account_id: accountId })
    const path = `/v1/connect/proj_emulator/proxy/${Buffer.from(url).toString('base64url')}?${query}`
    return await asServer(path, { method: method ?? (json === undefined ? 'GET' : 'POST'), json })
  }
}
