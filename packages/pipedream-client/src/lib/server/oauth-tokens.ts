import { buildUrl, targetOf } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import { receiveText, type TextResponse } from '../http/read-response.ts'
import { type HttpCall, sendRequest } from '../http/send-request.ts'
import { withDeadline } from '../http/with-deadline.ts'
import { readResponse, readLimits } from './call-api.ts'
import { checkInput } from './check-input.ts'
import type { ClientConfig } from './client-options.ts'
import { readAccessToken, writeTokenRequest } from './wire/tokens.ts'

/** A bearer token for the whole Pipedream workspace. Keep it on the server. */
export interface AccessToken {
  /** The opaque token, which follows `Bearer ` in the `authorization` header. */
  readonly accessToken: string
  /** Always `Bearer`, in the spelling of the response. */
  readonly tokenType: string
  /** When it expires, by this machine's clock. Pipedream documents a lifetime of one hour. */
  readonly expiresAt: Date
  /** Granted scopes, separated by spaces; null if Pipedream did not say. */
  readonly scope: string | null
  /** The unmodified response, including the token. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** Input of `oauthTokens.create`. */
export interface CreateOAuthTokenInput {
  /** Scopes, separated by spaces. Default: the client's `scope`. */
  scope?: string | undefined
}

/** Access tokens for other servers. The client fetches and caches its own. */
export interface OAuthTokens {
  /** Fetches a new access token, without using the client's cache. Throws a `PipedreamError`. */
  create(input?: CreateOAuthTokenInput, options?: CallOptions): Promise<AccessToken>
}

export function createOAuthTokens(config: ClientConfig): OAuthTokens {
  return {
    async create({ scope = config.scope } = {}, options) {
      checkInput('scope', scope)
      const request = tokenRequest(config, scope)
      return withDeadline(readLimits(config, options), request.target, async (deadline) => {
        const body = await sendRequest(config, request, deadline)
        return readResponse(body, readAccessToken, request.target)
      })
    },
  }
}

function tokenRequest(config: ClientConfig, scope: string | undefined): HttpCall<TextResponse> {
  const url = buildUrl(config.baseUrl, ['v1', 'oauth', 'token'])
  return {
    url,
    target: targetOf('POST', url),
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      'x-pd-environment': config.projectEnvironment,
    },
    body: JSON.stringify(writeTokenRequest(config, scope)),
    // Although it is a POST: an access token that was lost has no effect.
    repeatable: true,
    unauthorizedMessage:
      'Pipedream rejected the client credentials. Check that clientId and clientSecret belong to the same OAuth client; Pipedream shows the secret only once.',
    secrets: [config.clientSecret],
    receive: receiveText,
  }
}
