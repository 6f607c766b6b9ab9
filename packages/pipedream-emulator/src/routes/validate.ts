import type { Hono } from 'hono'
import type { CatalogueApp } from '../catalogue/catalogue.ts'
import { validateConnection } from '../connect/validate-connection.ts'
import { formatApp } from '../wire/app.ts'
import { type EmulatorContext, findProject } from '../state/emulator-context.ts'

/** GET /v1/connect/tokens/{token}/validate: the first request of the hosted page. It needs no credential. */
export function routeValidate(app: Hono, context: EmulatorContext): void {
  app.get('/v1/connect/tokens/:token/validate', (c) => {
    const result = validateConnection(context, {
      token: c.req.param('token'),
      app: c.req.query('app_id'),
      accountId: c.req.query('account_id'),
      oauthAppId: c.req.query('oauth_app_id'),
      appOverrideId: c.req.query('app_override_id'),
    })
    if (!result.success) return c.json(result, context.inferred.failedValidation)
    const { connectToken, override } = result
    const project = findProject(context, connectToken.projectId) ?? context.project
    return c.json({
      success: true,
      error: null,
      app: formatApp(result.app, context.publicUrl),
      oauth_app_id: result.oauthAppId,
      app_override_id: override?.id ?? null,
      app_override_field_names: Object.keys(override?.cfmap ?? {}),
      oauth_app_workday_official: null,
      oauth_app_connect_base_url: baseUrlOf(context, result.app),
      project_id: connectToken.projectId,
      project_environment: connectToken.environment,
      project_app_name: project.appName,
      project_support_email: project.supportEmail,
      success_redirect_uri: connectToken.successRedirectUri,
      error_redirect_uri: connectToken.errorRedirectUri,
    })
  })
}

// Null is the default host, as Pipedream documents.
function baseUrlOf(
  { linkOrigin, publicUrl }: EmulatorContext,
  { authType }: CatalogueApp,
): string | null {
  return authType === 'oauth' && linkOrigin !== publicUrl ? linkOrigin : null
}
