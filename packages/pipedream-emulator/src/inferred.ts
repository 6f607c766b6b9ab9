/**
 * What Pipedream does not document, and a program can tell: for each, what the emulator does about it. The defaults are
 * the likeliest; a program that works with the others as well does not depend on a guess.
 */
export interface Inferred {
  /**
   * How a route for servers answers a request with no `Authorization` at all. Default 404, as if it did not exist, which
   * was observed on some routes and is inferred for the rest.
   */
  missingCredential: 404 | 401
  /**
   * What a server without `x-pd-environment` means. Default `production`, as older SDKs have it; `refused` is 400, since
   * Pipedream documents the header as required.
   */
  missingEnvironment: 'production' | 'refused'
  /** What becomes of an `x-pd-environment` that is neither of the two. Default `refused`, with 400; or as if it were missing. */
  unknownEnvironment: 'refused' | 'ignored'
  /**
   * The status for a token that lacks a scope. Default 403; or `ignored`. Pipedream publishes the scopes, and neither this
   * nor, but for the list of external users, which route asks for which.
   */
  missingScope: 403 | 404 | 'ignored'
  /** The status for a connect token that names another external user. Default 403; 404 keeps to itself who is there. */
  foreignUser: 403 | 404
  /**
   * The status for input that makes no sense, under `/v1/connect`. Default 400, which Pipedream documents for some routes;
   * whether it uses 422 anywhere is unknown.
   */
  invalidInput: 400 | 422
  /** The status of `.../validate` that says `success: false`. Default 200, since Pipedream publishes no other but 429. */
  failedValidation: 200 | 400
  /**
   * Whether a connect token that has connected an account still opens the API until it expires. Default `refused`, with
   * 401. Pipedream documents only that it connects once.
   */
  spentToken: 'refused' | 'accepted'
  /**
   * What a failed attempt to connect does to its connect token. Default `keeps-token`: the person may try again.
   * Pipedream documents that a token is good for one success, and nothing about failures.
   */
  failedAttempt: 'keeps-token' | 'spends-token'
  /** How `q` finds external users. Default `case-sensitive`, because ids are opaque. */
  userSearch: 'case-sensitive' | 'case-insensitive'
  /** The status of deleting an external user who is not there. Default 404. */
  unknownUserDeletion: 404 | 204
  /**
   * The `end_cursor` of a list's last page. Default `none`: null, at which the official SDK stops. Pipedream's samples
   * have a cursor on a page that holds everything, so it may be the `last-item`'s, with one empty page to follow.
   */
  lastCursor: 'none' | 'last-item'
  /** How many items a page has without `limit`. Default 10, which Pipedream documents for its API as a whole. */
  defaultLimit: 10 | 20 | 50 | 100
  /**
   * What a Connect Link adds to `success_redirect_uri`. Default `nothing`, since Pipedream documents nothing; or
   * `account-id`, as the query parameter `account_id`.
   */
  successRedirect: 'nothing' | 'account-id'
  /**
   * On which host an OAuth client's flow pages are. Default the `frame`'s. With `another`, a token that names an OAuth app or
   * client has a `connect_link_url` of that host, and pop-ups open there, as `oauth_app_connect_base_url` says. Pipedream
   * documents both fields, and not for which clients. The other host is `127.0.0.1` for `localhost`, the other way round, or
   * `connect.` before the name.
   */
  linkHost: 'frame' | 'another'
  /**
   * Who may show the hosted page in a frame. Default `anyone`: Pipedream documents `allowed_origins` for the API alone.
   */
  framing: 'anyone' | 'allowed-origins'
  /** In which order a deployed trigger's events are listed. Default `newest-first`. */
  eventOrder: 'newest-first' | 'oldest-first'
  /** The unit of a deployed trigger's `created_at` and `updated_at`. Default `seconds`; samples are at odds. */
  triggerTimestamps: 'seconds' | 'milliseconds'
  /**
   * Where the events of a trigger with webhooks of its own go. Default `own`; or `own-and-project`. Pipedream documents
   * the project's webhook as the default, and not whether it is one more.
   */
  triggerWebhooks: 'own' | 'own-and-project'
  /**
   * What a page gets that uses a connect token whose `allowed_origins` lack it. Default `refused`, with 403. Pipedream
   * documents the option alone; with `answered` the request is carried out, and the browser keeps the answer from the page.
   */
  foreignOrigin: 'refused' | 'answered'
  /**
   * Who may use the routes that are found in the official SDK alone: OAuth clients, app overrides and one user's accounts.
   * Default `servers`; or connect tokens too.
   */
  undocumentedRoutes: 'servers' | 'everyone'
  /** What becomes of a form at `/v1/oauth/token`. Default `accepted`, as RFC 6749 has it. Pipedream documents JSON alone. */
  tokenForms: 'accepted' | 'refused'
  /** What makes an external user known, and count. Default the `first-account`; or a `connect-token` already. */
  newUser: 'first-account' | 'connect-token'
  /** The status of listing the accounts of an external user who is not there. Default 200, with none. */
  unknownUserAccounts: 200 | 404
  /** The status of deleting an account that is not there. Default 404. */
  unknownAccountDeletion: 404 | 204
  /**
   * The status of deleting an OAuth client that accounts or overrides use. Default 400, which Pipedream documents, and not
   * what for.
   */
  usedClientDeletion: 400 | 204
  /** How apps are ordered without `sort_key`. Default `name`; or by `featured-weight`, the heaviest first. */
  appOrder: 'name' | 'featured-weight'
  /** Which hosts of an app the proxy reaches. Default its `allowed_domains` and their `sub-domains`; or those `exact` ones. */
  proxyDomains: 'sub-domains' | 'exact'
  /**
   * Whose `Authorization` reaches the provider when the caller of the proxy gives one too. Default `injected`: the
   * account's.
   */
  proxyAuthorization: 'injected' | 'caller'
  /** How a file of the stash is downloaded. Default `bytes`; or by a `redirect` to an address for it. Both are documented. */
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

/** All of it, with defaults for what is not given. Throws a TypeError on a name or a value that there is not. */
export function readInferred(given: Record<string, unknown>): Inferred {
  const inferred = { ...DEFAULTS }
  for (const [name, value] of Object.entries(given)) {
    if (!isName(name)) {
      const names = Object.keys(CHOICES).join(', ')
      throw new TypeError(`Nothing inferred is called "${name}". There is: ${names}.`)
    }
    if (value !== undefined) Object.assign(inferred, { [name]: readChoice(name, value) })
  }
  return inferred
}

function isName(name: string): name is keyof Inferred {
  return Object.hasOwn(CHOICES, name)
}

// As text, because that is how the command line has them.
function readChoice(name: keyof Inferred, value: unknown): string | number {
  const choices: readonly (string | number)[] = CHOICES[name]
  const choice = choices.find((one) => String(one) === String(value))
  if (choice === undefined) {
    throw new TypeError(`${name} is one of ${choices.join(', ')}, and not "${String(value)}".`)
  }
  return choice
}
