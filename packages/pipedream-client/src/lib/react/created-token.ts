import { ConnectError } from '../browser/connect-error.ts'
import type { OauthScopeProfile } from '../browser/connect-options.ts'

/**
 * What a person is about to connect. It comes from the browser: what it may ask for is for your server to decide, which can
 * fix any member but `app` in the query of the `connectUrl` that it returns.
 */
export interface ConnectTarget {
  /** Slug or id of the app. */
  app: string
  /** `apn_...`: reconnect this account in place. Absent: add one. */
  accountId?: string
  /** Your own OAuth client, `oa_...`. Absent: Pipedream's. */
  oauthAppId?: string
  /** An app override, `ao_...`. Absent: none. */
  appOverrideId?: string
  /** The profile of OAuth scopes that is asked for. Absent: all scopes. */
  oauthScopeProfile?: OauthScopeProfile
  /** Whether the person brings an OAuth client of their own. Absent: false. */
  customOauthClient?: boolean
}

/** A connect token as your server hands it to the page. Further members are kept, and given to `confirm`. */
export type CreatedConnectToken = {
  /**
   * Until when it can be used: a Date, a date-time text such as JSON has it, or a number since the epoch, in seconds
   * or in milliseconds, whichever is meant by its size.
   */
  expiresAt: Date | string | number
  /** The hosted page for the frame. Default: the provider's `connectUrl`, else Pipedream's. */
  connectUrl?: string | null | undefined
  /** The hosted page without a frame, which is offered when frames are refused. Default: it is not offered. */
  connectLinkUrl?: string | null | undefined
} & (
  | {
      /** `ctok_...` */
      connectToken: string
    }
  | {
      /** `ctok_...`, under its name on the wire. */
      token: string
    }
)

/** A connect token that was read. */
export interface ReadyToken {
  connectToken: string
  expiresAtMs: number
  created: CreatedConnectToken
}

/** Reads what `createConnectToken` gave. Throws `ERR_INVALID_INPUT`. */
export function readCreatedToken(created: CreatedConnectToken): ReadyToken {
  const expiresAtMs = readInstant(created.expiresAt)
  // An expiry that cannot be read would quietly make every token that was fetched ahead useless.
  if (!(expiresAtMs > 0)) {
    throw new ConnectError(
      'ERR_INVALID_INPUT',
      'createConnectToken must give expiresAt as a Date, a date-time text or a number.',
    )
  }
  const connectToken = 'connectToken' in created ? created.connectToken : created.token
  return { connectToken, expiresAtMs, created }
}

// As milliseconds 1e11 is in 1973, as seconds in 5138.
function readInstant(instant: Date | string | number): number {
  const isInSeconds = typeof instant === 'number' && instant < 1e11
  return isInSeconds ? instant * 1000 : new Date(instant).getTime()
}
