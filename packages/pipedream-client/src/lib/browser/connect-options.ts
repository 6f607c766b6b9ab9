import { ConnectError } from './connect-error.ts'

/** A set of the app's OAuth scopes, by the name that Pipedream gives it. */
export type OauthScopeProfile = 'read_only' | 'read_write' | 'admin'

/**
 * What the hosted page is asked to connect with. Pipedream takes these from the page's address, so the browser chooses
 * them, and a person can change them. To choose them on your server, put them into the query of `connectUrl` under the
 * same names: what that address says wins over an option. What may be connected at all is up to the connect token.
 */
export interface ConnectPageOptions {
  /** `apn_...`: reconnect this account in place instead of adding one. */
  accountId?: string | undefined
  /** Your own OAuth client, `oa_...`. Default: Pipedream's. */
  oauthAppId?: string | undefined
  /** `ao_...`: take custom field values, and the OAuth client if there is one, from this app override. Default: none. */
  appOverrideId?: string | undefined
  /** Ask only for the scopes of this profile; the app's `scopeProfiles` lists those that it has. Default: all scopes. */
  oauthScopeProfile?: OauthScopeProfile | undefined
  /** Ask the person for an OAuth client of their own. Default: false; Pipedream asks anyway when the app has no client. */
  customOauthClient?: boolean | undefined
  /**
   * Hide the close button of the hosted page, because the dialog has its own, which also works when the page does not
   * load. False: both show. Default: true.
   */
  hideClose?: boolean | undefined
}

/** What `connectAccount` takes. */
export interface ConnectAccountOptions extends ConnectPageOptions {
  /** `ctok_...`, made by your server for this user. Pipedream documents that it connects one account. */
  connectToken: string
  /** Slug or id of the app to connect. */
  app: string
  /**
   * The hosted page, http or https. Its query may hold any of `ConnectPageOptions`. Default:
   * `https://pipedream.com/_static/connect.html`.
   */
  connectUrl?: string | undefined
  /** Aborts the flow; `result` rejects with `ERR_ABORTED`. */
  signal?: AbortSignal | undefined
  /** The most that the person may take, in milliseconds, from 1 to 2147483647. Default: no bound. */
  timeoutMs?: number | undefined
}

/** The hosted page's address for these options. Throws `ERR_INVALID_INPUT`. */
export function readConnectUrl(options: ConnectAccountOptions): URL {
  const { connectToken: token, app, oauthAppId, appOverrideId, accountId } = options
  const { hideClose = true, oauthScopeProfile, customOauthClient, timeoutMs = 1 } = options
  const texts = {
    connectToken: token,
    app,
    oauthAppId: oauthAppId ?? app,
    appOverrideId: appOverrideId ?? app,
    accountId: accountId ?? app,
    oauthScopeProfile: oauthScopeProfile ?? app,
  }
  for (const [name, value] of Object.entries(texts)) {
    if (typeof value !== 'string' || value.trim() === '') fail(name, 'a text that is not blank')
  }
  // Anything longer makes setTimeout fire at once.
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31)) fail('timeoutMs', 'from 1 to 2147483647')
  const href = options.connectUrl ?? 'https://pipedream.com/_static/connect.html'
  const url = URL.canParse(href) ? new URL(href) : undefined
  if (url === undefined || !/^https?:/.test(url.href)) fail('connectUrl', 'an http or https URL')
  const ids = { token, app, oauthAppId, appOverrideId, accountId }
  // In the order in which Pipedream's own client sends them (observed).
  const query = { ...ids, hideClose, oauthScopeProfile, customOauthClient }
  for (const [name, value] of Object.entries(query)) {
    const isGiven = value === token || value === app || !url.searchParams.has(name)
    if (value && isGiven) url.searchParams.set(name, String(value))
  }
  return url
}

function fail(option: string, expected: string): never {
  throw new ConnectError('ERR_INVALID_INPUT', `${option} must be ${expected}.`)
}
