import { ConnectError } from './connect-error.ts'

/** What `connectAccount` takes. */
export interface ConnectAccountOptions {
  /** `ctok_...`, made by your server for this user. Pipedream documents that it connects one account. */
  connectToken: string
  /** Slug or id of the app to connect. */
  app: string
  /** `apn_...`: reconnect this account in place instead of adding one. */
  accountId?: string | undefined
  /** Your own OAuth client, `oa_...`. Default: Pipedream's. */
  oauthAppId?: string | undefined
  /** The hosted page, http or https. Default: `https://pipedream.com/_static/connect.html`. */
  connectUrl?: string | undefined
  /** Aborts the flow; `result` rejects with `ERR_ABORTED`. */
  signal?: AbortSignal | undefined
  /** The most that the person may take, in milliseconds, from 1 to 2147483647. Default: no bound. */
  timeoutMs?: number | undefined
}

/** The hosted page's address for these options. Throws `ERR_INVALID_INPUT`. */
export function readConnectUrl(options: ConnectAccountOptions): URL {
  const { connectToken: token, app, oauthAppId, accountId, timeoutMs = 1 } = options
  const texts = {
    connectToken: token,
    app,
    oauthAppId: oauthAppId ?? app,
    accountId: accountId ?? app,
  }
  for (const [name, value] of Object.entries(texts)) {
    if (typeof value !== 'string' || value.trim() === '') fail(name, 'a text that is not blank')
  }
  // Anything longer makes setTimeout fire at once.
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31)) fail('timeoutMs', 'from 1 to 2147483647')
  const href = options.connectUrl ?? 'https://pipedream.com/_static/connect.html'
  const url = URL.canParse(href) ? new URL(href) : undefined
  if (url === undefined || !/^https?:/.test(url.href)) fail('connectUrl', 'an http or https URL')
  // In the order in which Pipedream's own client sends them (observed).
  for (const [name, value] of Object.entries({ token, app, oauthAppId, accountId })) {
    if (value) url.searchParams.set(name, value)
  }
  return url
}

function fail(option: string, expected: string): never {
  throw new ConnectError('ERR_INVALID_INPUT', `${option} must be ${expected}.`)
}
