import { ConnectError } from './connect-error.ts'
import type { ConnectPageOptions, OauthScopeProfile } from './connect-options.ts'

/**
 * What the user is about to connect. It comes from the browser: your server decides what to allow, and can fix any
 * member but `app` in the query of the `connectUrl` that it returns.
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
  /** The profile of OAuth scopes to request. Absent: all scopes. */
  oauthScopeProfile?: OauthScopeProfile
  /** Whether the user brings their own OAuth client. Absent: false. */
  customOauthClient?: boolean
}

/** A Date, a date-time string, or a number since the epoch, in seconds or milliseconds (recognised by its size). */
export type Instant = Date | string | number

/** A connect token as returned by your server. Further members are kept, and passed to `onOpen` and `confirm`. */
export type CreatedConnectToken = {
  /** When the token expires. */
  expiresAt: Instant
  /** The hosted page for the frame. Default: the `connectUrl` option, else Pipedream's. */
  connectUrl?: string | null | undefined
  /** The hosted page for a tab of its own, offered when frames are blocked. Default: not offered. */
  connectLinkUrl?: string | null | undefined
} & (
  | {
      /** `ctok_...` */
      connectToken: string
    }
  | {
      /** `ctok_...`, under its wire name. */
      token: string
    }
)

/** A connect token, ready to be used. */
export interface ReadyToken<Created> {
  connectToken: string
  created: Created
}

/** Validates what `createConnectToken` returned. Throws `ERR_INVALID_INPUT`. */
export function readCreatedToken<Created extends CreatedConnectToken>(
  created: Created,
): ReadyToken<Created> {
  // With an unreadable expiry, a flow that is cut off could not be resumed.
  if (!(readInstant(created.expiresAt) > 0)) {
    throw new ConnectError(
      'ERR_INVALID_INPUT',
      'createConnectToken must return expiresAt as a Date, a date-time string or a number.',
    )
  }
  return { connectToken: 'connectToken' in created ? created.connectToken : created.token, created }
}

/** Milliseconds since the epoch; NaN if unreadable. */
export function readInstant(instant: Instant): number {
  // As milliseconds 1e11 is in 1973, as seconds in 5138.
  const isInSeconds = typeof instant === 'number' && instant < 1e11
  return isInSeconds ? instant * 1000 : new Date(instant).getTime()
}

const TARGET = [
  'app',
  'accountId',
  'oauthAppId',
  'appOverrideId',
  'oauthScopeProfile',
  'customOauthClient',
]

/** Returns the target among these options, without undefined members. */
export function readTarget(options: ConnectPageOptions & { app: string }): ConnectTarget {
  const customOauthClient = options.customOauthClient || undefined
  return JSON.parse(JSON.stringify({ ...options, customOauthClient }, TARGET))
}

/** Whether two targets, both from `readTarget`, are the same. */
export function isSameTarget(
  one: ConnectTarget | undefined,
  other: ConnectTarget | undefined,
): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
