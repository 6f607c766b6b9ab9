/**
 * Behavior that Pipedream does not document and that a client can observe. The defaults are the most likely. A client
 * that also works with the other values does not depend on a guess.
 */
export interface Inferred {
  /**
   * Status of a server route for a request without `Authorization`. Default 404, as if the route did not exist, which
   * was observed on some routes and is inferred for the others.
   */
  missingCredential: 404 | 401
  /**
   * The environment of a server's request without `x-pd-environment`. Default `production`, as in older SDKs. `refused`
   * responds with 400, because Pipedream documents the header as required.
   */
  missingEnvironment: 'production' | 'refused'
  /** How an unknown `x-pd-environment` is handled. Default `refused`, with 400; `ignored` treats it as missing. */
  unknownEnvironment: 'refused' | 'ignored'
  /**
   * Status for a token that lacks a scope. Default 403; `ignored` lets it pass. Pipedream documents the scopes, but
   * neither this status nor, except for the list of external users, the scope of a route.
   */
  missingScope: 403 | 404 | 'ignored'
  /** Status for a connect token that names another external user. Default 403; 404 does not reveal who exists. */
  foreignUser: 403 | 404
  /**
   * Status for invalid input under `/v1/connect`. Default 400, which Pipedream documents for some routes. Whether it
   * uses 422 is unknown.
   */
  invalidInput: 400 | 422
  /** Status of `.../validate` with `success: false`. Default 200: Pipedream documents only that and 429. */
  failedValidation: 200 | 400
  /**
   * Whether a connect token that has connected an account is still accepted by the API until it expires. Default `refused`, with
   * 401. Pipedream documents only that it connects once.
   */
  spentToken: 'refused' | 'accepted'
  /**
   * What a failed connection does to its connect token. Default `keeps-token`: the user may try again. Pipedream
   * documents that a token is valid for one success, and nothing about failures.
   */
  failedAttempt: 'keeps-token' | 'spends-token'
  /** How `q` matches external users. Default `case-sensitive`, because ids are opaque. */
  userSearch: 'case-sensitive' | 'case-insensitive'
  /** Status for deleting an unknown external user. Default 404. */
  unknownUserDeletion: 404 | 204
  /**
   * The `end_cursor` of a list's last page. Default `none`: null, where the official SDK stops. Pipedream's samples
   * have a cursor on a page that contains everything, so it may be that of the `last-item`, followed by an empty page.
   */
  lastCursor: 'none' | 'last-item'
  /** Number of items on a page without `limit`. Default 10, which Pipedream documents for its API in general. */
  defaultLimit: 10 | 20 | 50 | 100
  /**
   * What a Connect Link adds to `success_redirect_uri`. Default `nothing`, because Pipedream documents nothing;
   * `account-id` adds the query parameter `account_id`.
   */
  successRedirect: 'nothing' | 'account-id'
  /**
   * The host of an OAuth client's flow pages. Default `frame`: the same host. With `another`, a token that names an
   * OAuth app or client has a `connect_link_url` on the other host, and pop-ups open there, as
   * `oauth_app_connect_base_url` says. Pipedream documents both fields, but not for which clients. The other host is
   * `127.0.0.1` for `localhost` and the reverse, or `connect.` before the name.
   */
  linkHost: 'frame' | 'another'
  /**
   * Which pages may frame the hosted page. Default `anyone`: Pipedream documents `allowed_origins` only for the API.
   */
  framing: 'anyone' | 'allowed-origins'
  /** The order of a deployed trigger's events. Default `newest-first`. */
  eventOrder: 'newest-first' | 'oldest-first'
  /**
   * The unit of a deployed trigger's `created_at` and `updated_at`. Default `seconds`; Pipedream's samples disagree.
   */
  triggerTimestamps: 'seconds' | 'milliseconds'
  /**
   * Where the events of a trigger with its own webhooks go. Default `own`; `own-and-project` adds the project's
   * webhook. Pipedream documents the project's webhook as the default, but not whether it is additional.
   */
  triggerWebhooks: 'own' | 'own-and-project'
  /**
   * How requests of a page are handled that is not in the `allowed_origins` of its connect token. Default `refused`,
   * with 403. Pipedream documents only the option. With `answered` the request is carried out, and the browser
   * withholds the response from the page.
   */
  foreignOrigin: 'refused' | 'answered'
  /**
   * Who may use the routes that only the official SDK reveals: OAuth clients, app overrides and one user's accounts.
   * Default `servers`; `everyone` includes connect tokens.
   */
  undocumentedRoutes: 'servers' | 'everyone'
  /** How a form at `/v1/oauth/token` is handled. Default `accepted`, as in RFC 6749. Pipedream documents only JSON. */
  tokenForms: 'accepted' | 'refused'
  /** What creates an external user. Default `first-account`; `connect-token` creates it earlier. */
  newUser: 'first-account' | 'connect-token'
  /** Status for the accounts of an unknown external user. Default 200, with an empty list. */
  unknownUserAccounts: 200 | 404
  /** Status for deleting an unknown account. Default 404. */
  unknownAccountDeletion: 404 | 204
  /**
   * Status for deleting an OAuth client that accounts or overrides use. Default 400, which Pipedream documents without
   * its reason.
   */
  usedClientDeletion: 400 | 204
  /** The order of apps without `sort_key`. Default `name`; `featured-weight` puts the heaviest first. */
  appOrder: 'name' | 'featured-weight'
  /**
   * The hosts of an app that the proxy can reach. Default `sub-domains`: its `allowed_domains` and their subdomains;
   * `exact` excludes subdomains.
   */
  proxyDomains: 'sub-domains' | 'exact'
  /**
   * Which `Authorization` the provider receives when the caller of the proxy sends one. Default `injected`: the
   * account's.
   */
  proxyAuthorization: 'injected' | 'caller'
  /**
   * How a stashed file is downloaded. Default `bytes`; `redirect` responds with a redirect to its URL. Pipedream
   * documents both.
   */
  fileDownload: 'bytes' | 'redirect'
}

const DEFAULTS: Inferred = {
  missingCredential: 404,
  missingEnvironment: 'production',
  unknownEnvironment: 'refused',
  missingScope: 403,
  foreignUser: 403,
  invalidInput: 400,
  failedValidation: 200,
  spentToken: 'refused',
  failedAttempt: 'keeps-token',
  userSearch: 'case-sensitive',
  unknownUserDeletion: 404,
  lastCursor: 'none',
  defaultLimit: 10,
  successRedirect: 'nothing',
  linkHost: 'frame',
  framing: 'anyone',
  eventOrder: 'newest-first',
  triggerTimestamps: 'seconds',
  triggerWebhooks: 'own',
  foreignOrigin: 'refused',
  undocumentedRoutes: 'servers',
  tokenForms: 'accepted',
  newUser: 'first-account',
  unknownUserAccounts: 200,
  unknownAccountDeletion: 404,
  usedClientDeletion: 400,
  appOrder: 'name',
  proxyDomains: 'sub-domains',
  proxyAuthorization: 'injected',
  fileDownload: 'bytes',
}

const CHOICES: { readonly [Name in keyof Inferred]: readonly Inferred[Name][] } = {
  missingCredential: [404, 401],
  missingEnvironment: ['production', 'refused'],
  unknownEnvironment: ['refused', 'ignored'],
  missingScope: [403, 404, 'ignored'],
  foreignUser: [403, 404],
  invalidInput: [400, 422],
  failedValidation: [200, 400],
  spentToken: ['refused', 'accepted'],
  failedAttempt: ['keeps-token', 'spends-token'],
  userSearch: ['case-sensitive', 'case-insensitive'],
  unknownUserDeletion: [404, 204],
  lastCursor: ['none', 'last-item'],
  defaultLimit: [10, 20, 50, 100],
  successRedirect: ['nothing', 'account-id'],
  linkHost: ['frame', 'another'],
  framing: ['anyone', 'allowed-origins'],
  eventOrder: ['newest-first', 'oldest-first'],
  triggerTimestamps: ['seconds', 'milliseconds'],
  triggerWebhooks: ['own', 'own-and-project'],
  foreignOrigin: ['refused', 'answered'],
  undocumentedRoutes: ['servers', 'everyone'],
  tokenForms: ['accepted', 'refused'],
  newUser: ['first-account', 'connect-token'],
  unknownUserAccounts: [200, 404],
  unknownAccountDeletion: [404, 204],
  usedClientDeletion: [400, 204],
  appOrder: ['name', 'featured-weight'],
  proxyDomains: ['sub-domains', 'exact'],
  proxyAuthorization: ['injected', 'caller'],
  fileDownload: ['bytes', 'redirect'],
}

/** Fills in the defaults. Throws a TypeError for an unknown name or value. */
export function readInferred(given: Record<string, unknown>): Inferred {
  const inferred = { ...DEFAULTS }
  for (const [name, value] of Object.entries(given)) {
    if (!isName(name)) {
      const names = Object.keys(CHOICES).join(', ')
      throw new TypeError(`Unknown inferred option "${name}". Known options: ${names}.`)
    }
    if (value !== undefined) Object.assign(inferred, { [name]: readChoice(name, value) })
  }
  return inferred
}

function isName(name: string): name is keyof Inferred {
  return Object.hasOwn(CHOICES, name)
}

// Compared as strings, because the command line only has strings.
function readChoice(name: keyof Inferred, value: unknown): string | number {
  const choices: readonly (string | number)[] = CHOICES[name]
  const choice = choices.find((one) => String(one) === String(value))
  if (choice === undefined) {
    throw new TypeError(`${name} must be one of ${choices.join(', ')}, not "${String(value)}".`)
  }
  return choice
}
