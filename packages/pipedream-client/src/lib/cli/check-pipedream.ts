import { PipedreamError } from '../http/errors.ts'
import type { FetchLike } from '../http/fetch-like.ts'
import { checkProject } from './check-project.ts'
import { isRequired, type SettingProblem } from './check-settings.ts'
import type { CliIo } from './cli-io.ts'
import { explainFailure, hostOf, isRefusal } from './explain-failure.ts'
import { type Check, type Finding, ok, problem, skipped } from './finding.ts'
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

/** What the last response said about time, and when it came, by this machine's clock. */
interface Observation {
  /** The response's `Date` header. */
  date: string | null
  sentAt: Date
  receivedAt: Date
}

/** A `fetch` that is watched. */
interface ObservedFetch {
  fetch: FetchLike
  /** The last response; undefined when none has come. */
  last(): Observation | undefined
}

function observeFetch(io: Pick<CliIo, 'fetch' | 'now'>): ObservedFetch {
  let last: Observation | undefined
  return {
    async fetch(url, init) {
      const sentAt = io.now()
      const response = await io.fetch(url, init)
      last = { date: response.headers.get('date'), sentAt, receivedAt: io.now() }
      return response
    },
    last: () => last,
  }
}

/** From here on tokens are renewed late and signed webhooks are refused. */
const TOLERATED_MS = 30_000

/** Compares this machine's clock with the `Date` header of a response. */
function checkClock(observation: Observation | undefined): Finding {
  if (observation === undefined) return skipped('clock', 'Not known: no response came.')
  const theirs = Date.parse(observation.date ?? '')
  if (Number.isNaN(theirs)) return skipped('clock', 'The response does not say what time it is.')
  const asked = observation.sentAt.getTime()
  const answered = observation.receivedAt.getTime()
  // The header was written somewhere between question and answer, and leaves out the fraction of a second.
  const aheadMs = Math.max(0, asked - (theirs + 999)) - Math.max(0, theirs - answered)
  const seconds = Math.round(Math.abs(aheadMs) / 1000)
  if (Math.abs(aheadMs) <= TOLERATED_MS) {
    return ok('clock', `This machine's clock agrees with Pipedream's, give or take ${seconds} s.`)
  }
  return problem('clock', {
    what: `This machine's clock is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} Pipedream's.`,
    fix: 'Let the operating system set the time from the network; tokens expire, and webhooks are judged, by the clock.',
  })
}
