import { buildUrl, targetOf } from '../http/build-url.ts'
import type { CallOptions } from '../http/call-options.ts'
import { receiveText, type TextResponse } from '../http/read-response.ts'
import { type HttpCall, sendRequest } from '../http/send-request.ts'
import { withDeadline } from '../http/with-deadline.ts'
import { readResponse, readLimits } from './call-api.ts'
import { checkInput } from './check-input.ts'
import type { ClientConfig } from './client-options.ts'
import { readAccessToken, writeTokenRequest } from './wire/tokens.ts'

/** A bearer for the whole Pipedream workspace. Keep it on the server. */
export interface AccessToken {
  /** What goes after `Bearer `. Opaque. */
  readonly accessToken: string
  /** `Bearer`. */
  readonly tokenType: string
  /** When it expires, by this machine's clock. Pipedream documents one hour. */
  readonly expiresAt: Date
  /** What it may do, space separated; null when Pipedream did not say. */
  readonly scope: string | null
  /** The response as it came, the token included. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** What `oauthTokens.create` takes. */
export interface CreateOAuthTokenInput {
  /** What the token may do, space separated. Default: the client's `scope`. */
  scope?: string | undefined
}

/** Access tokens. The client fetches and keeps its own: these are for handing on to another server. */
export interface OAuthTokens {
  /** Fetches a new access token, whatever the client itself holds. Throws a `PipedreamError`. */
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
    // A POST, but a token that nobody received changes nothing for anybody.
    repeatable: true,
    refusal:
      'Pipedream refused the client credentials. Check clientId and clientSecret: they belong together, and the secret is shown only once.',
    secrets: [config.clientSecret],
    receive: receiveText,
  }
}
