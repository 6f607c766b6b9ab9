import type { CallOptions } from '../http/call-options.ts'
import { PipedreamInputError } from '../http/errors.ts'
import type { App } from './apps.ts'
import type { CallApi } from './call-api.ts'
import { checkConnectToken, checkInput, checkRequired } from './check-input.ts'
import type { ProjectEnvironment } from './client-options.ts'
import {
  readConnectToken,
  readConnectTokenValidation,
  writeConnectTokenRequest,
  writeValidateQuery,
} from './wire/tokens.ts'

/** Input of `connectTokens.create`. */
export interface CreateConnectTokenInput {
  /** Your id for your user. Pipedream documents at most 250 characters. */
  externalUserId: string
  /**
   * Slug or id of the app to connect. Pipedream documents that it determines the host of the hosted page, but does not restrict
   * the token to the app. Default: not sent.
   */
  app?: string | undefined
  /** Your own OAuth client, `oa_...`; it takes precedence over `app`. Default: not sent. */
  oauthAppId?: string | undefined
  /** Full origins (`https://app.example.com`) whose pages may call the API with this token. Default: not sent. */
  allowedOrigins?: readonly string[] | undefined
  /**
   * Lifetime in milliseconds, from 1000 to 14400000, rounded down to whole seconds. Default: not sent, which Pipedream
   * documents as 4 hours.
   */
  expiresInMs?: number | undefined
  /** Scopes of the token, separated by spaces. Default: not sent, which Pipedream documents as `connect:*`. */
  scope?: string | undefined
  /** Where the hosted page redirects to after success. Default: not sent. */
  successRedirectUri?: string | undefined
  /** Where the hosted page redirects to after failure. Default: not sent. */
  errorRedirectUri?: string | undefined
  /**
   * Where Pipedream reports the outcome; see `parseConnectionWebhook`. Pipedream documents no signature, so include an
   * unguessable part. Default: not sent.
   */
  webhookUri?: string | undefined
  /** Whether the user may grant only some of the OAuth scopes. Default: not sent, which Pipedream documents as false. */
  allowProgressiveScopes?: boolean | undefined
}

/** A token with which one user can connect one account. Pipedream documents that a successful connection consumes it. */
export interface ConnectToken {
  /** `ctok_...`, for `connectAccount` in the browser. Treat it as a secret of this user's session. */
  readonly connectToken: string
  /** When the token expires. */
  readonly expiresAt: Date
  /** When Pipedream issued it, by the same clock as `expiresAt`: the `Date` of the response, in seconds; null if it has none. */
  readonly issuedAt: Date | null
  /** Hosted page that works without a frame. Append `&app=<slug>`. Contains the token. */
  readonly connectLinkUrl: string
  /** The unmodified response, including the token. */
  readonly raw: Readonly<Record<string, unknown>>
}

/**
 * The intended use of the token, with the parameters of the hosted page. Pipedream documents that it rejects parameters that do
 * not belong together, and that `app` is required unless `accountId` or `appOverrideId` determines the app.
 */
export interface ValidateConnectTokenQuery {
  /** Slug or id of the app to connect. Default: not sent. */
  app?: string | undefined
  /** The account to reconnect, `apn_...`. Default: not sent. */
  accountId?: string | undefined
  /** Your own OAuth client, `oa_...`. Default: not sent. */
  oauthAppId?: string | undefined
  /** Id of an app override, `ao_...`. Default: not sent. */
  appOverrideId?: string | undefined
}

/** Whether a connect token is usable, and what the hosted page would show. Check `success` first. */
export type ConnectTokenValidation = ValidConnectToken | InvalidConnectToken

/** The token is usable. A property is null if Pipedream did not say. */
export interface ValidConnectToken {
  /** Always true. */
  readonly success: true
  /** Always null. */
  readonly error: null
  /** The app that the token would connect. */
  readonly app: App | null
  /** The OAuth client that would be used, `oa_...`. */
  readonly oauthAppId: string | null
  /** The app override that would be used, `ao_...`. */
  readonly appOverrideId: string | null
  /** Names of the custom fields that the app override prefills, so that the user is not asked for them. */
  readonly appOverrideFieldNames: readonly string[]
  /** The project of the token, `proj_...`. */
  readonly projectId: string | null
  /** The environment of the token. */
  readonly projectEnvironment: ProjectEnvironment | null
  /** Name of your product, as the hosted page shows it. */
  readonly projectAppName: string | null
  /** Support address of your product, as the hosted page shows it. */
  readonly projectSupportEmail: string | null
  /** Where the hosted page redirects to after success. */
  readonly successRedirectUri: string | null
  /** Where the hosted page redirects to after failure. */
  readonly errorRedirectUri: string | null
  /** The unmodified response, including keys that this type omits. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** The token is not usable: unknown, expired, used, or not valid for this app or account. */
export interface InvalidConnectToken {
  /** Always false. */
  readonly success: false
  /** Pipedream's message, in English; null if absent. */
  readonly error: string | null
  /** The unmodified response. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** Connect tokens. */
export interface ConnectTokens {
  /**
   * Creates a connect token for one user. Never retried, unless `repeatable` is set: a lost response throws `ERR_NETWORK`.
   * Throws a `PipedreamError`.
   */
  create(input: CreateConnectTokenInput, options?: CallOptions): Promise<ConnectToken>
  /**
   * Checks whether a connect token is usable, without using it. An unusable token does not throw, but resolves to a result with
   * `success: false`; inferred: Pipedream documents no other status. Throws a `PipedreamError`.
   */
  validate(
    connectToken: string,
    query?: ValidateConnectTokenQuery,
    options?: CallOptions,
  ): Promise<ConnectTokenValidation>
}

const LONGEST_USER_ID = 250
const LONGEST_LIFE_MS = 14_400_000

export function createConnectTokens(callApi: CallApi, projectId: string): ConnectTokens {
  return {
    async create(input, options) {
      check(input)
      return callApi(
        {
          method: 'POST',
          path: ['connect', projectId, 'tokens'],
          body: writeConnectTokenRequest(input),
          read: readConnectToken,
        },
        options,
      )
    },
    async validate(connectToken, query = {}, options) {
      checkConnectToken(connectToken)
      const { app, accountId, oauthAppId, appOverrideId } = query
      const strings = { app, accountId, oauthAppId, appOverrideId }
      for (const [name, text] of Object.entries(strings)) checkInput(name, text)
      return callApi(
        {
          method: 'GET',
          path: ['connect', 'tokens', connectToken, 'validate'],
          query: writeValidateQuery(query),
          read: readConnectTokenValidation,
        },
        options,
      )
    },
  }
}

function check(input: CreateConnectTokenInput): void {
  checkRequired('externalUserId', input.externalUserId)
  if (input.externalUserId.length > LONGEST_USER_ID) {
    fail('externalUserId', `at most ${LONGEST_USER_ID} characters long`)
  }
  const { app, oauthAppId, scope, successRedirectUri, errorRedirectUri, webhookUri } = input
  const strings = { app, oauthAppId, scope, successRedirectUri, errorRedirectUri, webhookUri }
  for (const [name, text] of Object.entries(strings)) checkInput(name, text)
  for (const origin of input.allowedOrigins ?? []) checkRequired('allowedOrigins', origin)
  const { expiresInMs = LONGEST_LIFE_MS } = input
  if (!(expiresInMs >= 1000 && expiresInMs <= LONGEST_LIFE_MS)) {
    fail('expiresInMs', `a number of milliseconds from 1000 to ${LONGEST_LIFE_MS}`)
  }
}

function fail(input: string, expected: string): never {
  throw new PipedreamInputError('ERR_INVALID_INPUT', input, expected)
}
