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

/** What `connectTokens.create` takes. */
export interface CreateConnectTokenInput {
  /** Your id for your user; Pipedream documents at most 250 characters. */
  externalUserId: string
  /** Slug or id of the app to connect. Pipedream documents that it chooses the host of the hosted page; it does not bind the token. */
  app?: string | undefined
  /** Your own OAuth client, `oa_...`; it wins over `app`. */
  oauthAppId?: string | undefined
  /** Full origins (`https://app.example.com`) from which a browser may call the API with this token. */
  allowedOrigins?: readonly string[] | undefined
  /**
   * Lifetime in milliseconds, sent in whole seconds, rounded down. From 1000 to 14400000.
   * Default: not sent, which Pipedream documents as 4 hours.
   */
  expiresInMs?: number | undefined
  /** What the token may do, space separated. Default: not sent, which Pipedream documents as `connect:*`. */
  scope?: string | undefined
  /** Where the hosted link sends the browser after success. */
  successRedirectUri?: string | undefined
  /** Where the hosted link sends the browser after failure. */
  errorRedirectUri?: string | undefined
  /** Where Pipedream reports the outcome. It documents no signature for this, so put an unguessable part in the URL. */
  webhookUri?: string | undefined
  /** True: the user may grant only some of the OAuth scopes. Default: not sent, which Pipedream documents as false. */
  allowProgressiveScopes?: boolean | undefined
}

/** Lets one user connect one account. Pipedream documents that a successful connection spends it. */
export interface ConnectToken {
  /** `ctok_...`, for the browser's `connectAccount`. A secret of this user's session. */
  readonly connectToken: string
  readonly expiresAt: Date
  /** A hosted page that does without a frame; append `&app=<slug>`. It holds the token. */
  readonly connectLinkUrl: string
  /** The response as it came, the token included. */
  readonly raw: Readonly<Record<string, unknown>>
}

/**
 * What the token is to be used for, as the hosted page would ask. Pipedream documents that it refuses when they do not belong
 * together, and that `app` is required unless `accountId` or `appOverrideId` names the app.
 */
export interface ValidateConnectTokenQuery {
  /** Slug or id of the app to connect. */
  app?: string | undefined
  /** The account to reconnect, `apn_...`. */
  accountId?: string | undefined
  /** Your own OAuth client, `oa_...`. */
  oauthAppId?: string | undefined
  /** An app override of yours. */
  appOverrideId?: string | undefined
}

/** Whether a connect token can be used, and what the hosted page would show; look at `success` first. */
export type ConnectTokenValidation = ValidConnectToken | InvalidConnectToken

/** The token can be used. Keys are null when Pipedream did not say. */
export interface ValidConnectToken {
  readonly success: true
  readonly error: null
  readonly app: App | null
  /** The OAuth client that would be used, `oa_...`. */
  readonly oauthAppId: string | null
  readonly appOverrideId: string | null
  /** Names of the custom fields that the app override fills in, so that the user is not asked for them. */
  readonly appOverrideFieldNames: readonly string[]
  readonly projectId: string | null
  readonly projectEnvironment: ProjectEnvironment | null
  /** The product's name, as the hosted page shows it. */
  readonly projectAppName: string | null
  readonly projectSupportEmail: string | null
  readonly successRedirectUri: string | null
  readonly errorRedirectUri: string | null
  /** The response as it came, with the keys that this type leaves out. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** The token cannot be used: unknown, expired, spent, or not for this app or account. */
export interface InvalidConnectToken {
  readonly success: false
  /** Pipedream's sentence, for a person; null when it gave none. */
  readonly error: string | null
  /** The response as it came. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** Connect tokens. */
export interface ConnectTokens {
  /**
   * Makes a connect token for one user. It is never repeated by itself: a lost response is `ERR_NETWORK`,
   * and asking again is up to the caller. Throws a `PipedreamError`.
   */
  create(input: CreateConnectTokenInput, options?: CallOptions): Promise<ConnectToken>
  /**
   * Asks whether a connect token can be used, without using it. That it cannot is a response with `success: false`, not an
   * error: so Pipedream answers it too (inferred: it publishes no other status). Throws a `PipedreamError`.
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
      const texts = { app, accountId, oauthAppId, appOverrideId }
      for (const [name, text] of Object.entries(texts)) checkInput(name, text)
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
    fail('externalUserId', `at most ${LONGEST_USER_ID} characters`)
  }
  const { app, oauthAppId, scope, successRedirectUri, errorRedirectUri, webhookUri } = input
  const texts = { app, oauthAppId, scope, successRedirectUri, errorRedirectUri, webhookUri }
  for (const [name, text] of Object.entries(texts)) checkInput(name, text)
  for (const origin of input.allowedOrigins ?? []) checkRequired('allowedOrigins', origin)
  const { expiresInMs = LONGEST_LIFE_MS } = input
  if (!(expiresInMs >= 1000 && expiresInMs <= LONGEST_LIFE_MS)) {
    fail('expiresInMs', `a number of milliseconds from 1000 to ${LONGEST_LIFE_MS}`)
  }
}

function fail(input: string, expected: string): never {
  throw new PipedreamInputError('ERR_INVALID_INPUT', input, expected)
}
