import { findApp } from '../catalogue/catalogue.ts'
import type { StoredAccount } from '../state/store.ts'
import { echo } from './echo.ts'
import { googleDrive } from './google-drive.ts'
import { googleError } from './google-error.ts'
import { googleSheets } from './google-sheets.ts'
import { slack } from './slack.ts'
import type { Upstream } from './upstream.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** App and host: an account of one app is a stranger at another's API. */
const UPSTREAMS = new Map<string, Upstream>([
  ['google_sheets sheets.googleapis.com', googleSheets],
  ['google_sheets www.googleapis.com', googleDrive],
  ['google_drive www.googleapis.com', googleDrive],
  ['slack slack.com', slack],
])

/**
 * Sends a request to a provider's API with the account's credentials, unless it brings some along. The emulator answers in the provider's place:
 * Google Sheets and Slack keep what they are told, every other host has `/echo` and nothing else. What stands for the
 * credentials is made up, so that an answer never holds what somebody typed. Throws `UpstreamTimeout`.
 */
export async function callUpstream(
  context: EmulatorContext,
  account: StoredAccount,
  request: Request,
): Promise<Response> {
  if (account.dead) return refuseDead(account.slug)
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
  const error = 'The emulator answers in this provider’s place, and has /echo alone.'
  return Response.json({ error }, { status: 404 })
}

// Each in its own words: Slack says it with 200.
function refuseDead(slug: string): Response {
  if (slug === 'slack') return Response.json({ ok: false, error: 'token_revoked' })
  if (slug.startsWith('google_')) {
    return googleError(
      401,
      'Request had invalid authentication credentials. Expected OAuth 2 access token.',
    ).getResponse()
  }
  return Response.json({ error: 'invalid_token' }, { status: 401 })
}
