import type { Config } from './config/read-config.ts'
import { hasIntrospection, runsTrustedDocumentsOnly } from './http/open-limits.ts'
import { isLoopbackHost } from './http/site.ts'
import type { Running } from './start.ts'
import { isPostgresUrl, readPostgresUrl } from './store/postgres/postgres-url.ts'

/** What `start` prints: what is served, with which Pipedream, and the one next thing to do. */
export function banner(running: Running, config: Config): string {
  const lines = [
    appLine(running),
    ...(hasIntrospection(config) ? [`GraphiQL      ${running.publicUrl}/graphql`] : []),
    upstreamLine(running, config),
    `Database      ${databaseName(config)}`,
    ...weakPath(config),
    ...[...config.unencrypted, ...config.warnings].map((warning) => `Warning       ${warning}`),
    ...openDoors(running, config),
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

function weakPath({ restTokens, pipedream }: Config): string[] {
  return restTokens && pipedream?.projectEnvironment === 'production'
    ? ['REST tokens   on: the weaker path, because accounts connected with them are not held']
    : []
}

// What other machines reach, and what keeps them out.
function openDoors({ port, demoSignIn }: Running, { host }: Config): string[] {
  if (host === undefined || isLoopbackHost(host)) return []
  const demo = demoSignIn ? '; demo sign-in still works from this machine only' : ''
  return [`Listens on    ${host}, port ${port}: other machines reach it${demo}`]
}

// Without user and password.
function databaseName({ database: { location, schema } }: Config): string {
  if (!isPostgresUrl(location)) return `${location} (SQLite)`
  return `PostgreSQL at ${readPostgresUrl(location).name} (schema ${schema})`
}

function nextStep({ publicUrl, demoSignIn }: Running, config: Config): string {
  if (demoSignIn) {
    return `Next: open ${publicUrl}/accounts, sign in as ${config.testUserId} and connect Google Sheets.`
  }
  const callers = [
    ...(config.serviceKeyHash === undefined ? [] : ['your servers with their SERVICE_KEY']),
    ...(config.auth ? [`your users with a JWT of ${config.auth.issuer}`] : []),
  ].join(', ')
  if (callers === '') {
    return 'Next: set SERVICE_KEY for your servers or AUTH_JWKS_URL for your users; nobody can sign in yet.'
  }
  if (!runsTrustedDocumentsOnly(config)) {
    return `Next: ask ${publicUrl}/graphql for connect tokens: ${callers}.`
  }
  return config.restTokens
    ? `Next: ask ${publicUrl}/api/connect-token for connect tokens: ${callers}.`
    : `Next: set TRUSTED_DOCUMENTS=off or REST_TOKENS=on, to give connect tokens to ${callers}.`
}
