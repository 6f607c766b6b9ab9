import type { Query } from '../../http/build-url.ts'
import { type ClientConfig, environmentOf } from '../client-options.ts'
import type {
  ConnectToken,
  ConnectTokenValidation,
  CreateConnectTokenInput,
  ValidateConnectTokenQuery,
} from '../connect-tokens.ts'
import type { AccessToken } from '../oauth-tokens.ts'
import type { CreateRateLimitTokenInput, RateLimitToken } from '../rate-limit-tokens.ts'
import { fieldsOf, unreadable } from '../read-json.ts'
import { optionalAppOf } from './apps.ts'

/** The body of an OAuth client credentials grant. */
export function writeTokenRequest(
  { clientId, clientSecret }: ClientConfig,
  scope: string | undefined,
): Record<string, unknown> {
  return {
    client_id: clientId,
    client_secret: clientSecret,
    scope,
    grant_type: 'client_credentials',
  }
}

export function readAccessToken(value: unknown): AccessToken {
  const fields = fieldsOf(value, '')
  const tokenType = fields.optionalString('token_type') ?? 'Bearer'
  if (tokenType.toLowerCase() !== 'bearer') unreadable('token_type', 'Bearer')
  const seconds = fields.optionalNumber('expires_in') ?? -1
  const expiresAt = new Date(Date.now() + seconds * 1000)
  if (seconds < 0 || Number.isNaN(expiresAt.getTime())) {
    unreadable('expires_in', 'a number of seconds')
  }
  const scope = fields.optionalString('scope')
  return { accessToken: fields.id('access_token'), tokenType, expiresAt, scope, raw: fields.raw }
}

export function writeConnectTokenRequest(input: CreateConnectTokenInput): Record<string, unknown> {
  const { expiresInMs } = input
  return {
    external_user_id: input.externalUserId,
    allowed_origins: input.allowedOrigins,
    expires_in: expiresInMs === undefined ? undefined : Math.floor(expiresInMs / 1000),
    scope: input.scope,
    success_redirect_uri: input.successRedirectUri,
    error_redirect_uri: input.errorRedirectUri,
    webhook_uri: input.webhookUri,
    allow_progressive_scopes: input.allowProgressiveScopes,
    app_id: input.app,
    oauth_app_id: input.oauthAppId,
  }
}

export function readConnectToken(value: unknown, date: () => Date | null): ConnectToken {
  const fields = fieldsOf(value, '')
  return {
    connectToken: fields.id('token'),
    expiresAt: fields.date('expires_at'),
    issuedAt: date(),
    connectLinkUrl: fields.id('connect_link_url'),
    raw: fields.raw,
  }
}

export function writeValidateQuery(query: ValidateConnectTokenQuery): Query {
  return {
    app_id: query.app,
    account_id: query.accountId,
    oauth_app_id: query.oauthAppId,
    app_override_id: query.appOverrideId,
  }
}

export function readConnectTokenValidation(value: unknown): ConnectTokenValidation {
  const fields = fieldsOf(value, '')
  const success = fields.optionalBoolean('success') ?? unreadable('success', 'true or false')
  if (!success) return { success, error: fields.optionalString('error'), raw: fields.raw }
  return {
    success,
    error: null,
    app: optionalAppOf(fields.inner('app')),
    oauthAppId: fields.optionalString('oauth_app_id'),
    appOverrideId: fields.optionalString('app_override_id'),
    appOverrideFieldNames: fields.strings('app_override_field_names'),
    projectId: fields.optionalString('project_id'),
    projectEnvironment: environmentOf(fields.optionalString('project_environment')),
    projectAppName: fields.optionalString('project_app_name'),
    projectSupportEmail: fields.optionalString('project_support_email'),
    successRedirectUri: fields.optionalString('success_redirect_uri'),
    errorRedirectUri: fields.optionalString('error_redirect_uri'),
    raw: fields.raw,
  }
}

export function writeRateLimitRequest(input: CreateRateLimitTokenInput): Record<string, unknown> {
  return {
    window_size_seconds: input.windowMs / 1000,
    requests_per_window: input.requestsPerWindow,
  }
}

export function readRateLimitToken(value: unknown): RateLimitToken {
  const fields = fieldsOf(value, '')
  return { rateLimitToken: fields.id('token'), raw: fields.raw }
}
