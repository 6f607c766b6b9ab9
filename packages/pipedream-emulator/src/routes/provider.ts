import type { Context, Hono } from 'hono'
import { findApp } from '../catalogue/catalogue.ts'
import { PROVIDER_ACCOUNTS, renderConsentPage } from '../pages/consent-page.ts'
import { renderFinishPage } from '../pages/finish-page.ts'
import type { Attempt, Authorization, Project } from '../state/store.ts'
import { type EmulatorContext, findProject } from '../state/emulator-context.ts'
import { callbackUrl, PROVIDER_CLIENT_ID } from './oauth-popup.ts'
import { randomHex } from '../state/random.ts'

/** The fake providers: a consent page for each OAuth app, and its redirect back. */
export function routeProvider(app: Hono, context: EmulatorContext): void {
  app.get('/_provider/:slug/authorize', (c) => {
    const authorization = findAuthorization(c, context, c.req.query('state'))
    const provider = findApp(c.req.param('slug'))
    const known =
      c.req.query('response_type') === 'code' &&
      c.req.query('client_id') === PROVIDER_CLIENT_ID &&
      c.req.query('redirect_uri') === callbackUrl(context)
    if (authorization === undefined || provider === undefined || !known) {
      return renderFinishPage('This request has expired')
    }
    const attempt = context.store.attempts.get(authorization.attemptId)
    return renderConsentPage({
      app: provider,
      appName: projectOf(context, attempt).appName,
      state: authorization.state,
      scopes: attempt?.scopes ?? [],
      accountName: context.store.accounts.get(attempt?.accountId ?? '')?.name ?? null,
    })
  })

  app.post('/_provider/:slug/authorize', async (c) => {
    const form = new URLSearchParams(await c.req.text())
    const authorization = findAuthorization(c, context, form.get('state') ?? undefined)
    if (authorization === undefined) return renderFinishPage('This request has expired')
    const query = new URLSearchParams({
      state: authorization.state,
      ...(isRefused(c, context)
        ? { error: 'access_denied' }
        : decide(context, form, authorization)),
    })
    return c.redirect(`${callbackUrl(context)}?${query}`, 303)
  })
}

function isRefused(c: Context, context: EmulatorContext): boolean {
  const { method, path } = c.req
  return context.faults.take({ kinds: ['consent-denied'], method, path }) !== undefined
}

// Finds a request that was made to this provider and has no response yet.
function findAuthorization(
  c: Context,
  context: EmulatorContext,
  state: string | undefined,
): Authorization | undefined {
  const found = context.store.authorizations.get(state ?? '')
  return found !== undefined && found.slug === c.req.param('slug') && found.grant === null
    ? found
    : undefined
}

function decide(
  { store }: EmulatorContext,
  form: URLSearchParams,
  authorization: Authorization,
): Record<string, string> {
  if (form.get('decision') === 'deny') return { error: 'access_denied' }
  if (form.get('decision') !== 'allow') return { error: 'server_error' }
  const accountName =
    form.get('other')?.trim() || form.get('account') || (PROVIDER_ACCOUNTS[0] ?? '')
  const code = randomHex(16)
  const chosen = new Set(form.getAll('scope'))
  const asked = store.attempts.get(authorization.attemptId)?.scopes ?? []
  // A form that is sent without the page, for example by a test, grants everything.
  const scopes = form.has('chosen') ? asked.filter((scope) => chosen.has(scope)) : asked
  const grant = { code, accountName, scopes }
  store.authorizations.set(authorization.state, { ...authorization, grant })
  return { code }
}

function projectOf(context: EmulatorContext, attempt: Attempt | undefined): Project {
  const connectToken = context.store.connectTokens.get(attempt?.connectToken ?? '')
  return findProject(context, connectToken?.projectId ?? '') ?? context.project
}
