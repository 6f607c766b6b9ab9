import type { FetchLike } from '../http/fetch-like.ts'
import type { EnvFile } from '../node/parse-env-file.ts'
import { checkPipedream } from './check-pipedream.ts'
import { checkSettings } from './check-settings.ts'
import { checkConnectTokenScope } from './connect-token-scope.ts'
import { type Finding, problem } from './finding.ts'
import { createSettings, type Variables } from './read-settings.ts'

/** Options of `diagnosePipedream`. */
export interface DiagnoseOptions {
  /** Environment variables. Uses the same ones as the command line, such as `PIPEDREAM_CLIENT_ID`. */
  env: Variables
  /** The result of `readEnvFile` for `.env.local`; `env` takes precedence. Default: no file. */
  file?: EnvFile | undefined
  /** Sends the requests. */
  fetch: FetchLike
  /** Returns the current time. Default: this machine's clock. */
  now?: (() => Date) | undefined
}

/**
 * Checks the settings against Pipedream, like the command `doctor`: reachability, clock, client credentials, scopes, project
 * and environment. Creates access tokens and reads; changes nothing. Resolves to one finding or more for each check. A finding
 * with the status `problem` says in sentences what is wrong and how to fix it. No finding contains the client secret.
 */
export async function diagnosePipedream(options: DiagnoseOptions): Promise<Finding[]> {
  const { env, file, fetch, now = () => new Date() } = options
  const settings = createSettings(trim(env), file && { ...file, variables: trim(file.variables) })
  const wrong = checkSettings(settings)
  const findings = [
    ...wrong.map((one) => problem('configuration', one)),
    ...checkConnectTokenScope(settings),
    ...(await checkPipedream({ fetch, now }, settings, wrong)),
  ]
  const secret = settings.get('PIPEDREAM_CLIENT_SECRET') ?? ''
  const hide = (text: string) =>
    secret === '' ? text : text.replaceAll(secret, () => '(client secret)')
  return findings.map(({ check, status, what, fix }) => ({
    check,
    status,
    what: hide(what),
    fix: fix === null ? null : hide(fix),
  }))
}

function trim<Value extends string | undefined>(
  variables: Readonly<Record<string, Value>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value.trim()]],
    ),
  )
}
