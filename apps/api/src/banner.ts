import type { Config } from './config/read-config.ts'
import { hasIntrospection, runsTrustedDocumentsOnly } from './open-limits.ts'
import type { Running } from './start.ts'
import { isPostgresUrl, readPostgresUrl } from './store/postgres/postgres-url.ts'

/** What `start` prints: what is served, which Pipedream is used, and the next step. */
export function banner(running: Running, config: Config): string {
  const lines = [
    appLine(running),
    ...(hasIntrospection(config) ? [`GraphiQL      ${running.publicUrl}/graphql`] : []),
    upstreamLine(running, config),
    `Database      ${databaseName(config)}`,
    ...restTokensLine(config),
    ...[...config.unencrypted, ...config.warnings].map((warning) => `Warning       ${warning}`),
    listenLine(running),
    '',
    nextStep(running, config),
    'Ctrl-C stops everything.',
  ]
  return `\n${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n`
}

function appLine({ publicUrl, port }: Running): string {
  const isBehindAnother = new URL(publicUrl).port !== String(port)
  return `App and API   ${publicUrl}${isBehindAnother ? ` (we listen on port ${port})` : ''}`
}

function upstreamLine({ emulatorUrl }: Running, { pipedream }: Config): string {
  if (emulatorUrl !== undefined) {
    return `Emulator      ${emulatorUrl} (stands in for Pipedream: no account, no network)`
  }
  const project = `project ${pipedream?.projectId}, ${pipedream?.projectEnvironment}`
  const baseUrl = pipedream?.baseUrl
  return baseUrl === undefined || new URL(baseUrl).host === 'api.pipedream.com'
    ? `Pipedream     ${project}`
    : `Pipedream     ${project}, at ${baseUrl} (PIPEDREAM_BASE_URL: an emulator or a proxy)`
}

function restTokensLine({ restTokens, pipedream }: Config): string[] {
  return restTokens && pipedream?.projectEnvironment === 'production'
    ? ['REST tokens   on: the weaker path, because accounts connected with them are not held']
    : []
}

// Where others may reach it from is the first thing to know about a gateway.
function listenLine({ port, listening: { on, why } }: Running): string {
  return `Listens on    ${on}, port ${port}, because ${why}`
}

// Without user and password.
function databaseName({ database: { location, schema } }: Config): string {
  if (!isPostgresUrl(location)) return `${location} (SQLite)`
  return `PostgreSQL at ${readPostgresUrl(location).name} (schema ${schema})`
}

function nextStep({ publicUrl, demoSignIn }: Running, config: Config): string {
  const startCode = demoSignIn?.startCode
  if (startCode !== undefined) {
    return `Next: open ${publicUrl}/accounts#code=${startCode} and sign in with any name. Anyone with this link can sign in.`
  }
  if (demoSignIn) {
    return `Next: open ${publicUrl}/accounts, sign in as ${config.testUserId} and connect Google Sheets.`
  }
  if (config.demoSignIn === 'unset') {
    return 'Next: no one can sign in yet. On your own machine, set DEMO_SIGN_IN=on in .env.local. Where others reach the gateway, set AUTH_JWKS_URL for users and SERVICE_KEY for servers.'
  }
  const callers = [
    ...(config.serviceKeyHash === undefined ? [] : ['your servers with their SERVICE_KEY']),
    ...(config.auth ? [`your users with a JWT from ${config.auth.issuer}`] : []),
  ].join(', ')
  if (callers === '') {
    return 'Next: set SERVICE_KEY for your servers or AUTH_JWKS_URL for your users. Until then, no one can sign in.'
  }
  if (!runsTrustedDocumentsOnly(config)) {
    return `Next: request connect tokens at ${publicUrl}/graphql (${callers}).`
  }
  return config.restTokens
    ? `Next: request connect tokens at ${publicUrl}/api/connect-token (${callers}).`
    : `Next: set TRUSTED_DOCUMENTS=off or REST_TOKENS=on, to issue connect tokens to ${callers}.`
}
