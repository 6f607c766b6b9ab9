/** Ways to misbehave towards whoever calls the API or opens a page. */
export const REQUEST_KINDS = [
  'status',
  'latency',
  'reset',
  'truncated',
  'not-json',
  'repeated-cursor',
] as const
/** Ways to misbehave towards whoever receives webhooks. */
export const WEBHOOK_KINDS = [
  'webhook-dropped',
  'webhook-duplicated',
  'webhook-delayed',
  'webhook-reordered',
  'webhook-forged',
] as const
/** What can go wrong between Pipedream and a provider, while nobody looks. */
export const REFRESH_KINDS = ['refresh-failed'] as const
/** What can go wrong in the browser of the person who connects. */
const PAGE_KINDS = ['signed-out', 'consent-denied', 'popup-blocked', 'opener-severed'] as const

export const FAULT_KINDS = [
  ...REQUEST_KINDS,
  ...WEBHOOK_KINDS,
  ...REFRESH_KINDS,
  ...PAGE_KINDS,
] as const

/**
 * - `status`: answers with `status`, `headers` and `body`; 429 gets the four headers that Pipedream documents
 * - `latency`: only waits
 * - `reset`: the connection breaks without an answer; `fetch` rejects with a TypeError, as for any network failure
 * - `truncated`: the answer breaks off half-way
 * - `not-json`: a page of HTML where JSON belongs, with status 200 unless another is given
 * - `repeated-cursor`: a list whose `end_cursor` leads to the page that was just read
 * - `webhook-dropped`, `webhook-duplicated`, `webhook-delayed` (by `delayMs` and `jitterMs`), `webhook-reordered` (held
 *   back until the next webhook was answered), `webhook-forged` (somebody who knows the address sends one first: of an
 *   account that does not exist, or for a trigger's event with a signature by another key)
 * - `refresh-failed`: an OAuth account whose credentials are due for a refresh, which is every 45 minutes of the emulator's
 *   clock, gets none and is unhealthy from then on; `body`, if it is text, is its error. Its path is
 *   `/_provider/{app}/refresh/{account id}`
 * - `signed-out`: the hosted page refuses to connect anything in `development`, as Pipedream's does while the person is not
 *   signed in to pipedream.com
 * - `consent-denied`: the provider refuses, whatever the person chose
 * - `popup-blocked`: the hosted page cannot open its pop-up, and says so to the person. The page around it is told nothing,
 *   or, with a `body` that is text, that text as an `error`; which of the two Pipedream's does is unknown
 * - `opener-severed`: the provider's page sends Cross-Origin-Opener-Policy, so the pop-up and the hosted page lose each other
 */
export type FaultKind = (typeof FAULT_KINDS)[number]
