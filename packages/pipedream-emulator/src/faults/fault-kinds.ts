/** Failures for clients that call the API or open a page. */
export const REQUEST_KINDS = [
  'status',
  'latency',
  'reset',
  'truncated',
  'not-json',
  'repeated-cursor',
] as const
/** Failures for receivers of webhooks. */
export const WEBHOOK_KINDS = [
  'webhook-dropped',
  'webhook-duplicated',
  'webhook-delayed',
  'webhook-reordered',
  'webhook-forged',
] as const
/** Failures between Pipedream and a provider, in the background. */
export const REFRESH_KINDS = ['refresh-failed'] as const
/** Failures in the browser of the user who connects. */
const PAGE_KINDS = ['signed-out', 'consent-denied', 'popup-blocked', 'opener-severed'] as const

export const FAULT_KINDS = [
  ...REQUEST_KINDS,
  ...WEBHOOK_KINDS,
  ...REFRESH_KINDS,
  ...PAGE_KINDS,
] as const

/**
 * The kind of failure that a fault causes.
 *
 * - `status`: responds with `status`, `headers` and `body`; 429 includes the four headers that Pipedream documents
 * - `latency`: only delays the response
 * - `reset`: closes the connection without a response; `fetch` rejects with a TypeError, as for any network failure
 * - `truncated`: closes the connection after half of the response body
 * - `not-json`: responds with an HTML page instead of JSON, with status 200 unless `status` is given
 * - `repeated-cursor`: returns an `end_cursor` that leads back to the same page of a list
 * - `webhook-dropped`: never sends the webhook
 * - `webhook-duplicated`: sends the webhook twice
 * - `webhook-delayed`: sends the webhook after `delayMs` and `jitterMs`
 * - `webhook-reordered`: holds the webhook back until the next one was delivered
 * - `webhook-forged`: first sends the webhook that an attacker who knows the address would send: about an account that
 *   does not exist, or a trigger's event that is signed with another key
 * - `refresh-failed`: fails the refresh of an OAuth account's credentials, which is due every 45 minutes of the
 *   emulator's clock; the account is unhealthy from then on. A `body` that is a string becomes its error. The path is
 *   `/_provider/{app}/refresh/{account id}`
 * - `signed-out`: the hosted page refuses to connect in `development`, as Pipedream's does while the user is not signed
 *   in to pipedream.com
 * - `consent-denied`: the provider denies access, whatever the user chose
 * - `popup-blocked`: the hosted page cannot open its pop-up, and tells the user so. The embedding page receives
 *   nothing, or a `body` that is a string as an `error`; which of the two Pipedream does is unknown
 * - `opener-severed`: the provider's page sends Cross-Origin-Opener-Policy, so the pop-up and the hosted page cannot
 *   reach each other
 */
export type FaultKind = (typeof FAULT_KINDS)[number]
