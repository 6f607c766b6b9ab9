import type { AccessToken } from '../access-token.ts'
import type { ClientConfig } from '../client-options.ts'
import { fieldsOf, unreadable } from '../read-json.ts'

/** The body of a client credentials grant. */
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
  const tokenType = fields.optionalText('token_type') ?? 'Bearer'
  if (tokenType.toLowerCase() !== 'bearer') unreadable('token_type', 'Bearer')
  const seconds = fields.optionalNumber('expires_in') ?? -1
  const expiresAt = new Date(Date.now() + seconds * 1000)
  if (seconds < 0 || Number.isNaN(expiresAt.getTime())) {
    unreadable('expires_in', 'a number of seconds')
  }
  const scope = fields.optionalText('scope')
  return { accessToken: fields.id('access_token'), tokenType, expiresAt, scope, raw: fields.raw }
}
