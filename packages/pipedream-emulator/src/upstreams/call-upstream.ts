import { findApp } from '../catalogue/catalogue.ts'
import type { StoredAccount } from '../state/store.ts'
import { echo } from './echo.ts'
import { googleDrive } from './google-drive.ts'
import { googleError } from './google-error.ts'
import { googleSheets } from './google-sheets.ts'
import { slack } from './slack.ts'
import type { Upstream } from './upstream.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** App and host, because an API does not know the accounts of another app. */
const UPSTREAMS = new Map<string, Upstream>([
  ['google_sheets sheets.googleapis.com', googleSheets],
  ['google_sheets www.googleapis.com', googleDrive],
  ['google_drive www.googleapis.com', googleDrive],
  ['slack slack.com', slack],
])

/**
 * Sends a request to a provider's API with the account's credentials, unless the request has its own. The emulator
 * responds in the provider's place: Google Sheets and Slack store their data, and every other host only has `/echo`.
 * The credentials are placeholders, so that no response contains what a user typed. Throws `UpstreamTimeout`.
 */
export async function callUpstream(
  context: EmulatorContext,
  account: StoredAccount,
  request: Request,
): Promise<Response> {
  if (account.dead) return rejectDead(account.slug)
  const authorized = new Request(request)
  if (!request.headers.has('authorization')) {
    authorized.headers.set('authorization', `Bearer ${madeUpCredential(account)}`)
  }
  const { host, pathname } = new URL(request.url)
  if (pathname === '/echo') return echo(context, authorized)
  const upstream = UPSTREAMS.get(`${account.slug} ${host}`)
  return upstream?.fetch(authorized, { context, account }) ?? noSuchPath()
}

function madeUpCredential({ id, slug }: StoredAccount): string {
  const kind = findApp(slug)?.authType === 'oauth' ? 'access-token' : 'key'
  return `emulator-${kind}-${id}`
}

function noSuchPath(): Response {
  const error = 'The emulator stands in for this provider and only supports /echo.'
  return Response.json({ error }, { status: 404 })
}

// Each in the provider's own format: Slack uses status 200.
function rejectDead(slug: string): Response {
  if (slug === 'slack') return Response.json({ ok: false, error: 'token_revoked' })
  if (slug.startsWith('google_')) {
    return googleError(
      401,
      'Request had invalid authentication credentials. Expected OAuth 2 access token.',
    ).getResponse()
  }
  return Response.json({ error: 'invalid_token' }, { status: 401 })
}
