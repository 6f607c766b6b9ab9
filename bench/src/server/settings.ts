import { AUDIENCE, ISSUER, PROJECT, SERVICE_KEY } from './project.ts'

const HIGH = '100000000'

/**
 * The settings of the gateway: as in production, with identity, durable events and flows, validation, limits and the log. The
 * limits are out of reach of the load, so none refuses a request.
 */
export function gatewaySettings(upstream: string): Record<string, string> {
  return {
    PIPEDREAM_CLIENT_ID: PROJECT.clientId,
    PIPEDREAM_CLIENT_SECRET: PROJECT.clientSecret,
    PIPEDREAM_PROJECT_ID: PROJECT.projectId,
    PIPEDREAM_PROJECT_ENVIRONMENT: PROJECT.projectEnvironment,
    PIPEDREAM_BASE_URL: upstream,
    HOST: '127.0.0.1',
    PORT: '0',
    PUBLIC_URL: 'https://accounts.example.com',
    SERVICE_KEY,
    AUTH_JWKS_URL: `${upstream}/jwks`,
    AUTH_ISSUER: ISSUER,
    AUTH_AUDIENCE: AUDIENCE,
    AUTH_OPERATOR_CLAIM: 'role=operator',
    TRUSTED_DOCUMENTS: 'off',
    RATE_LIMIT_ADDRESS: HIGH,
    RATE_LIMIT_USER: HIGH,
    RATE_LIMIT_SERVICE: HIGH,
    RATE_LIMIT_CONNECT_TOKEN: HIGH,
    RATE_LIMIT_UPSTREAM_USER: HIGH,
    RATE_LIMIT_UPSTREAM_PROJECT: HIGH,
  }
}
