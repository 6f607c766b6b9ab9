import type { Store } from './store.ts'

/** Access tokens are made by POST /v1/oauth/token; here they end before their time. */
export interface EmulatorAccessTokens {
  /** Every access token handed out so far is answered with 401. New ones can be had as before. */
  revokeAll: () => void
}

export function createAccessTokens({ accessTokens }: Store): EmulatorAccessTokens {
  return { revokeAll: () => accessTokens.clear() }
}
