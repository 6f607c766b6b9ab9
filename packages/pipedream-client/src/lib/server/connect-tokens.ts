import type { CallOptions } from '../http/call-options.ts'
import { PipedreamInputError } from '../http/errors.ts'
import type { CallApi } from './call-api.ts'
import { checkConnectToken, checkInput, checkRequired } from './check-input.ts'
import type {
  ConnectToken,
  ConnectTokenValidation,
  CreateConnectTokenInput,
  ValidateConnectTokenQuery,
} from './connect-token.ts'
import {
  readConnectToken,
  readConnectTokenValidation,
  writeConnectTokenRequest,
  writeValidateQuery,
} from './wire/connect-token.ts'

/** Connect tokens. */
export interface ConnectTokens {
  /**
   * Makes a connect token for one user. It is never repeated by itself: a lost answer is `ERR_NETWORK`,
   * and asking again is up to the caller. Throws a `PipedreamError`.
   */
  create(input: CreateConnectTokenInput, options?: CallOptions): Promise<ConnectToken>
  /**
   * Asks whether a connect token can be used, without using it. That it cannot is an answer with `success: false`, not an
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
