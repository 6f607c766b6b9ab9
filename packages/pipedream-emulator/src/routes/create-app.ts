import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { cors } from '../server/cors.ts'
import { limitRequests } from '../server/limit-requests.ts'
import { applyFaults, NoResponse, severOpener } from '../faults/apply-faults.ts'
import { routeAccounts, routeDeleteByApp, routeUserAccounts } from './accounts.ts'
import { routeAppOverrides } from './app-overrides.ts'
import { routeAppCategories, routeApps } from './apps.ts'
import { routeComponentCalls } from './components-calls.ts'
import { routeComponents } from './components.ts'
import { routeConnectPage } from './connect-page.ts'
import { routeConnectTokens } from './connect-tokens.ts'
import { routeCreateAccount } from './create-account.ts'
import { routeExternalUsers } from './external-users.ts'
import { routeDeployedTriggers, routeTriggerEvents } from './deployed-triggers.ts'
import { routeDeployTrigger } from './deploy-trigger.ts'
import { routeFileStash } from './file-stash.ts'
import { routeHome } from './home.ts'
import { routeOauthApps } from './oauth-apps.ts'
import { routeOauthPopup } from './oauth-popup.ts'
import { routeOauthToken } from './oauth-token.ts'
import { routeProjectWebhook } from './project-webhook.ts'
import { routeProjectInfo, routeProjects } from './projects.ts'
import { routeProvider } from './provider.ts'
import { routeProxy } from './proxy.ts'
import { routeRateLimits } from './rate-limits.ts'
import { routeStatic } from './static.ts'
import { routeTriggerWebhooks } from './trigger-webhooks.ts'
import { routeUsage } from './usage.ts'
import { routeValidate } from './validate.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

/** Registers every route of the API and the pages. The order matters: middleware runs for the routes below it. */
export function createApp(context: EmulatorContext): Hono {
  const app = new Hono()
  app.use('/v1/*', cors(context))
  app.use('*', applyFaults(context))
  app.use('/v1/connect/*', limitRequests(context))
  routeOauthToken(app, context)
  routeConnectTokens(app, context)
  routeValidate(app, context)
  routeAppCategories(app, context)
  routeApps(app, context)
  routeAccounts(app, context)
  routeUserAccounts(app, context)
  routeDeleteByApp(app, context)
  routeCreateAccount(app, context)
  routeExternalUsers(app, context)
  routeOauthApps(app, context)
  routeAppOverrides(app, context)
  routeProjectWebhook(app, context)
  routeComponents(app, context)
  routeComponentCalls(app, context)
  routeDeployTrigger(app, context)
  routeDeployedTriggers(app, context)
  routeTriggerEvents(app, context)
  routeTriggerWebhooks(app, context)
  routeProjects(app, context)
  routeProjectInfo(app, context)
  routeProxy(app, context)
  routeUsage(app, context)
  routeRateLimits(app, context)
  routeFileStash(app, context)
  app.use('/_provider/*', severOpener(context))
  routeHome(app, context)
  routeConnectPage(app, context)
  routeOauthPopup(app, context)
  routeProvider(app, context)
  routeStatic(app)
  app.notFound(() => recordNotFound().getResponse())
  app.onError((error, c) => {
    if (error instanceof NoResponse) throw error
    if (!(error instanceof HTTPException)) {
      return wireError(500, 'Internal Server Error').getResponse()
    }
    const response = error.getResponse()
    const invalid = response.status === 400 && c.req.path.startsWith('/v1/connect/')
    if (!invalid) return response
    const { body, headers } = response
    return new Response(body, { status: context.inferred.invalidInput, headers })
  })
  return app
}
