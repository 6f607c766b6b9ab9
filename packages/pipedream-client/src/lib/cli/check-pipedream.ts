import { PipedreamError } from '../http/errors.ts'
import type { FetchLike } from '../http/fetch-like.ts'
import { checkProject } from './check-project.ts'
import { isRequired, type SettingProblem } from './check-settings.ts'
import type { CliIo } from './cli-io.ts'
import { CLOCK_SKEW_LIMIT_MS, type ClockReading, measureClockSkew } from './clock-skew.ts'
import { explainFailure, hostOf, isRefusal } from './explain-failure.ts'
import { type Check, type Finding, ok, problem, skipped } from './finding.ts'
import { openClient } from './open-client.ts'
import { PROXY_SETTINGS, type Settings } from './read-settings.ts'

/** The scopes for connecting, listing and disconnecting accounts. */
const NEEDED_SCOPE = 'connect:tokens:create connect:accounts:read connect:accounts:write'

/** Settings that every request needs. */
const FOR_CREDENTIALS = [
  'PIPEDREAM_CLIENT_ID',
  'PIPEDREAM_CLIENT_SECRET',
  'PIPEDREAM_BASE_URL',
  'ALLOW_INSECURE',
  ...PROXY_SETTINGS,
]
/** Settings that requests about the project need. */
const FOR_PROJECT = ['PIPEDREAM_PROJECT_ID', 'PIPEDREAM_PROJECT_ENVIRONMENT']

const CORRECT_FIRST = 'Not checked: fix the configuration first.'

/** Checks the settings against Pipedream. Creates access tokens and reads; changes nothing. */
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
  // The credentials can be checked even if the project is invalid, because the token request does not contain it.
  const canAskProject = !isWrong(FOR_PROJECT)
  const client = openClient(settings, observed.fetch, canAskProject ? undefined : 'proj_unknown')
  const failure = await failureOf(client.oauthTokens.create())
  const [reachability, credentials] = judgeToken(failure, settings)
  const first = [reachability, checkClock(observed.last()), credentials]
  if (failure !== undefined)
    return [...first, ...skipAll(LAST, 'Not checked: there is no OAuth token.')]
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
  const reached = ok('reachability', `${hostOf(settings)} responds.`)
  if (failure === undefined) {
    return [reached, ok('credentials', 'Pipedream accepts the client id and secret.')]
  }
  const explained = explainFailure(failure, 'oauth-token', settings)
  return isRefusal(failure)
    ? [reached, problem('credentials', explained)]
    : [
        problem('reachability', explained),
        skipped('credentials', 'Unknown: Pipedream did not check them.'),
      ]
}

function judgeScopes(refusal: PipedreamError | undefined, settings: Settings): Finding {
  if (refusal === undefined) {
    return ok(
      'scopes',
      'Pipedream grants the scopes for connecting, listing and deleting accounts.',
    )
  }
  const { what, fix } = explainFailure(refusal, 'scoped-token', settings)
  return problem('scopes', {
    what,
    fix: isRefusal(refusal) ? `The OAuth client needs ${NEEDED_SCOPE}.` : fix,
  })
}

/** A `fetch` that records responses. */
interface ObservedFetch {
  fetch: FetchLike
  /** The last response; undefined if absent. */
  last(): ClockReading | undefined
}

function observeFetch(io: Pick<CliIo, 'fetch' | 'now'>): ObservedFetch {
  let last: ClockReading | undefined
  return {
    async fetch(url, init) {
      const sentAt = io.now()
      const response = await io.fetch(url, init)
      last = { headers: response.headers, sentAt, receivedAt: io.now() }
      return response
    },
    last: () => last,
  }
}

/** Compares this machine's clock with Pipedream's. */
function checkClock(reading: ClockReading | undefined): Finding {
  if (reading === undefined) return skipped('clock', 'Unknown: there was no response.')
  const aheadMs = measureClockSkew(reading)
  if (aheadMs === undefined) return skipped('clock', 'Unknown: the response has no valid date.')
  const seconds = Math.round(Math.abs(aheadMs) / 1000)
  if (Math.abs(aheadMs) <= CLOCK_SKEW_LIMIT_MS) {
    return ok('clock', `This machine's clock agrees with Pipedream's to within ${seconds} s.`)
  }
  return problem('clock', {
    what: `This machine's clock is ${seconds} s ${aheadMs > 0 ? 'ahead of' : 'behind'} Pipedream's.`,
    fix: 'Let the operating system set the time from the network (NTP). Token expiry and webhook checks depend on it.',
  })
}
