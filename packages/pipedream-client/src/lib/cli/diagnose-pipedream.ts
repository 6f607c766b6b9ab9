import type { FetchLike } from '../http/fetch-like.ts'
import type { EnvFile } from '../node/parse-env-file.ts'
import { checkPipedream } from './check-pipedream.ts'
import { checkSettings } from './check-settings.ts'
import { type Finding, problem } from './finding.ts'
import { createSettings, type Variables } from './read-settings.ts'

/** What `diagnosePipedream` works with. */
export interface DiagnoseOptions {
  /** The environment's variables; those that the command line reads count, such as `PIPEDREAM_CLIENT_ID`. */
  env: Variables
  /** What `readEnvFile` made of `.env.local`; the environment goes before it. Default: there is none. */
  file?: EnvFile | undefined
  /** What sends the requests. */
  fetch: FetchLike
  /** This machine's clock. Default: `Date`'s. */
  now?: (() => Date) | undefined
}

/**
 * Asks Pipedream what it thinks of the settings, as the command `doctor` does: whether it can be reached, the clock, the client
 * credentials, their scopes, the project and its environment. It makes access tokens and reads; nothing is changed. Resolves
 * to a finding for each; one with status `problem` says in sentences what is wrong and what to do. The client secret is in none.
 */
export async function diagnosePipedream(options: DiagnoseOptions): Promise<Finding[]> {
  const { env, file, fetch, now = () => new Date() } = options
  const settings = createSettings(trim(env), file && { ...file, variables: trim(file.variables) })
  const wrong = checkSettings(settings)
  const findings = [
    ...wrong.map((one) => problem('configuration', one)),
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
