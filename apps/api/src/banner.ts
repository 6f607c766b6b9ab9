import type { Config } from './config.ts'
import { isLoopbackHost } from './loopback.ts'
import type { Running } from './start.ts'
import { isPostgresUrl, readPostgresUrl } from './store/postgres-url.ts'

/** What `start` prints: what is served, with which Pipedream, and the one next thing to do. */
export function banner(running: Running, config: Config): string {
  const lines = [
    appLine(running),
    `GraphiQL      ${running.publicUrl}/graphql`,
    upstreamLine(running, config),
    `Database      ${databaseName(config)}`,
    ...weakPath(config),
    ...config.warnings.map((warning) => `Warning       ${warning}`),
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

function weakPath({ restTwins, pipedream }: Config): string[] {
  return restTwins && pipedream?.projectEnvironment === 'production'
    ? ['REST twins    on: the weaker path, for what their tokens connect is held back by nobody']
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
  return config.serviceKeyHash === undefined
    ? 'Next: set SERVICE_KEY, so that your servers can ask for connect tokens; nobody can sign in yet.'
    : `Next: let your servers ask ${publicUrl}/graphql for connect tokens, with their SERVICE_KEY.`
}
