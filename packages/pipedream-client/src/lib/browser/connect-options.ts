import { ConnectError } from './connect-error.ts'

/** Pipedream's name for a set of an app's OAuth scopes. */
export type OauthScopeProfile = 'read_only' | 'read_write' | 'admin'

/**
 * What the hosted page connects. Pipedream reads these from the page's address, so the browser sets them, and the user
 * can change them. To set them on your server, add them to the query of `connectUrl` under the same names: that address
 * takes precedence over these options. The connect token limits what can be connected.
 */
export interface ConnectPageOptions {
  /** `apn_...`: reconnect this account in place instead of adding one. */
  accountId?: string | undefined
  /** Your own OAuth client, `oa_...`. Default: Pipedream's. */
  oauthAppId?: string | undefined
  /** `ao_...`: use the custom field values, and the OAuth client if any, of this app override. Default: none. */
  appOverrideId?: string | undefined
  /** Request only the scopes of this profile, one of the app's `scopeProfiles`. Default: all scopes. */
  oauthScopeProfile?: OauthScopeProfile | undefined
  /** Ask the user for their own OAuth client. Default: false; Pipedream still asks when the app has no client. */
  customOauthClient?: boolean | undefined
  /**
   * Hide the hosted page's close button, because the dialog has its own, which also works when the page does not load.
   * False shows both. Default: true.
   */
  hideClose?: boolean | undefined
}

/** The dialog's labels, in the user's language. A screen reader speaks them. */
export interface ConnectLabels {
  /** The dialog and the frame in it. Default: `Pipedream Connect`. */
  dialog?: string | undefined
  /** The close button. Default: `Close`. */
  close?: string | undefined
}

/** Options of `connectAccount`. */
export interface ConnectAccountOptions extends ConnectPageOptions {
  /** `ctok_...`, created by your server for this user. It connects one account (Pipedream's documentation). */
  connectToken: string
  /** Slug or id of the app to connect. */
  app: string
  /**
   * Address of the hosted page, http or https. Its query may contain any of `ConnectPageOptions`. Default:
   * `https://pipedream.com/_static/connect.html`.
   */
  connectUrl?: string | undefined
  /** The dialog's labels. Default: in English. */
  labels?: ConnectLabels | undefined
  /** Aborts the flow; `result` rejects with `ERR_ABORTED`. */
  signal?: AbortSignal | undefined
  /** Time limit for the user, in milliseconds, 1 to 2147483647. Default: none. */
  timeoutMs?: number | undefined
}

/** In the order of Pipedream's own client (observed). */
const QUERY = [
  'app',
  'oauthAppId',
  'appOverrideId',
  'accountId',
  'hideClose',
  'oauthScopeProfile',
  'customOauthClient',
]

/** Returns the hosted page's address for these options. Throws `ERR_INVALID_INPUT`. */
export function readConnectUrl(options: ConnectAccountOptions): URL {
  const { connectToken, app, hideClose = true, timeoutMs = 1 } = options
  const query: object = JSON.parse(JSON.stringify({ ...options, hideClose }, QUERY))
  for (const [name, value] of Object.entries({ connectToken, app, ...query })) {
    const isValid = typeof value === 'string' ? value.trim() : typeof value === 'boolean'
    if (!isValid) fail(name, 'a non-blank string')
  }
  // setTimeout fires immediately for anything longer.
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31)) fail('timeoutMs', 'from 1 to 2147483647')
  const href = options.connectUrl ?? 'https://pipedream.com/_static/connect.html'
  const url = URL.canParse(href) ? new URL(href) : undefined
  if (!url || !/^https?:/.test(url.href)) fail('connectUrl', 'an http or https URL')
  url.searchParams.set('token', connectToken)
  for (const [name, value] of Object.entries(query)) {
    const isFixed = name !== 'app' && url.searchParams.has(name)
    if (value && !isFixed) url.searchParams.set(name, String(value))
  }
  return url
}

function fail(option: string, expected: string): never {
  throw new ConnectError('ERR_INVALID_INPUT', `${option} must be ${expected}.`)
}
