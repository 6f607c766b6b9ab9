import { PipedreamError } from '../http/errors.ts'
import { checkClock } from './check-clock.ts'
import { checkProject } from './check-project.ts'
import { isRequired, type SettingProblem } from './check-settings.ts'
import type { CliIo } from './cli-io.ts'
import { explainFailure, hostOf, isRefusal } from './explain-failure.ts'
import { type Check, type Finding, ok, problem, skipped } from './finding.ts'
import { observeFetch } from './observe-fetch.ts'
import { openClient } from './open-client.ts'
import type { Settings } from './read-settings.ts'

/** What connecting, listing and disconnecting accounts needs. */
const NEEDED_SCOPE = 'connect:tokens:create connect:accounts:read connect:accounts:write'

/** Settings without which nothing can be asked. */
const FOR_CREDENTIALS = ['PIPEDREAM_CLIENT_ID', 'PIPEDREAM_CLIENT_SECRET', 'PIPEDREAM_BASE_URL']
/** Settings without which the project cannot be asked for. */
const FOR_PROJECT = ['PIPEDREAM_PROJECT_ID', 'PIPEDREAM_PROJECT_ENVIRONMENT']

const CORRECT_FIRST = 'Not tried: the configuration has to be corrected first.'

/** Asks Pipedream what it thinks of the settings. It makes access tokens, and reads; nothing is changed. */
export async function checkPipedream(
  io: Pick<CliIo, 'fetch' | 'now'>,
  settings: Settings,
  wrong: readonly Pick<SettingProblem, 'setting'>[],
): Promise<Finding[]> {
  const isWrong = (names: readonly string[]) =>
    wrong.some(({ setting }) => names.includes(setting)) ||
    names.some((name) => isRequired(name) && settings.get(name) === undefined)
  if (isWrong(FOR_CREDENTIALS)) {
    return skipAll(['reachability', 'clock', 'credentials', ...LAST], CORRECT_FIRST)
  }
  const observed = observeFetch(io)
  // Credentials can be tried even while the project is wrong: they are not sent with its id.
  const canAskProject = !isWrong(FOR_PROJECT)
  const client = openClient(settings, observed.fetch, canAskProject ? undefined : 'proj_unknown')
  const failure = await failureOf(client.oauthTokens.create())
  const [reachability, credentials] = judgeToken(failure, settings)
  const first = [reachability, checkClock(observed.last()), credentials]
  if (failure !== undefined)
    return [...first, ...skipAll(LAST, 'Not tried without an OAuth token.')]
  const refusal = await failureOf(client.oauthTokens.create({ scope: NEEDED_SCOPE }))
  return [
    ...first,
    judgeScopes(refusal, settings),
    ...(canAskProject
      ? await checkProject(client, settings)
      : skipAll(['project', 'environment'], CORRECT_FIRST)),
  ]
}

const LAST = ['scopes', 'project', 'environment'] as const satisfies readonly Check[]

function skipAll(checks: readonly Check[], why: string): Finding[] {
  return checks.map((check) => skipped(check, why))
}

async function failureOf(call: Promise<unknown>): Promise<PipedreamError | undefined> {
  try {
    await call
    return undefined
  } catch (error) {
    if (error instanceof PipedreamError) return error
    throw error
  }
}

function judgeToken(
  failure: PipedreamError | undefined,
  settings: Settings,
): [reachability: Finding, credentials: Finding] {
  const reached = ok('reachability', `${hostOf(settings)} answers.`)
  if (failure === undefined) {
    return [reached, ok('credentials', 'Pipedream accepts the client id and secret.')]
  }
  const explained = explainFailure(failure, 'oauth-token', settings)
  return isRefusal(failure)
    ? [reached, problem('credentials', explained)]
    : [
        problem('reachability', explained),
        skipped('credentials', 'Not known: Pipedream did not judge them.'),
      ]
}

function judgeScopes(refusal: PipedreamError | undefined, settings: Settings): Finding {
  if (refusal === undefined) {
    return ok('scopes', 'Pipedream grants what connecting, listing and deleting accounts needs.')
  }
  const { what, fix } = explainFailure(refusal, 'scoped-token', settings)
  return problem('scopes', {
    what,
    fix: isRefusal(refusal) ? `The OAuth client needs ${NEEDED_SCOPE}.` : fix,
  })
}
