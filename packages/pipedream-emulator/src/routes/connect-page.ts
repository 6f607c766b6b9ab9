import type { Context, Hono } from 'hono'
import { type ConnectPage, renderConnectPage } from '../pages/connect-page.ts'
import {
  INVALID_TOKEN,
  validateConnection,
  type ValidatedConnection,
} from '../connect/validate-connection.ts'
import { type EmulatorContext, findProject } from '../state/emulator-context.ts'

/** Pipedream's message in a Connect Link, as observed. The frame says that the token is invalid. */
const EXPIRED_LINK = 'This link has expired. Please request a new one from the app developer.'

/** Pipedream documents the refusal, but not its message. */
const SIGNED_OUT =
  'Sign in to pipedream.com in this browser, then try again. The development environment requires it.'

/** GET /_static/connect.html, with the query that Pipedream's browser SDK sends. */
export function routeConnectPage(app: Hono, context: EmulatorContext): void {
  app.get('/_static/connect.html', (c) => {
    const connectLink = c.req.query('connectLink') === 'true'
    const result = validateConnection(context, {
      token: c.req.query('token') ?? '',
      app: c.req.query('app'),
      accountId: c.req.query('accountId'),
      oauthAppId: c.req.query('oauthAppId'),
      appOverrideId: c.req.query('appOverrideId'),
    })
    const projectId = result.success ? result.connectToken.projectId : context.project.id
    return renderConnectPage({
      appName: (findProject(context, projectId) ?? context.project).appName,
      connectLink,
      popupOrigin: context.inferred.linkHost === 'frame' ? '' : context.linkOrigin,
      framedBy: listFramers(context, result),
      addsAccountId: context.inferred.successRedirect === 'account-id',
      hideClose: c.req.query('hideClose') === 'true',
      blockedPopup: takeBlockedPopup(c, context),
      connection: describeConnection(c, context, result),
    })
  })
}

// A page without a valid token belongs to no user, so any site may embed it and show the error.
function listFramers(context: EmulatorContext, result: ValidatedConnection): string[] | null {
  if (context.inferred.framing === 'anyone' || !result.success) return null
  return [...result.connectToken.allowedOrigins, new URL(context.publicUrl).origin]
}

function takeBlockedPopup(c: Context, context: EmulatorContext): ConnectPage['blockedPopup'] {
  const { method, path } = c.req
  const fault = context.faults.take({ kinds: ['popup-blocked'], method, path })
  if (fault === undefined) return null
  return { error: typeof fault.body === 'string' ? fault.body : '' }
}

function describeConnection(
  c: Context,
  context: EmulatorContext,
  result: ValidatedConnection,
): ConnectPage['connection'] {
  if (!result.success) {
    return { error: explain(result.error, c.req.query('connectLink') === 'true') }
  }
  const { method, path } = c.req
  const inDevelopment = result.connectToken.environment === 'development'
  if (inDevelopment && context.faults.take({ kinds: ['signed-out'], method, path }) !== undefined) {
    return { error: SIGNED_OUT }
  }
  return {
    ...result,
    scopeProfile: c.req.query('oauthScopeProfile') ?? '',
    customOauthClient: c.req.query('customOauthClient') === 'true',
  }
}

function explain(error: string, connectLink: boolean): string {
  return connectLink && error === INVALID_TOKEN ? EXPIRED_LINK : error
}
