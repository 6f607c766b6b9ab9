import { type Finding, ok, problem, skipped } from './finding.ts'
import type { Observation } from './observe-fetch.ts'

/** From here on tokens are renewed late and signed webhooks are refused. */
const TOLERATED_MS = 30_000

/** Compares this machine's clock with the `Date` header of an answer. */
export function checkClock(observation: Observation | undefined): Finding {
  if (observation === undefined) return skipped('clock', 'Not known: no answer came.')
  const theirs = Date.parse(observation.date ?? '')
  if (Number.isNaN(theirs)) return skipped('clock', 'The answer does not say what time it is.')
  const asked = observation.askedAt.getTime()
  const answered = observation.answeredAt.getTime()
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
