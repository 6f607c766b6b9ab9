import type { Context, Hono } from 'hono'
import { findUsableToken, foreignUser, readEnvironment, requireCaller } from '../server/access.ts'
import { type CatalogueApp, findApp } from '../catalogue/catalogue.ts'
import {
  connectAccount,
  failConnection,
  findReconnectable,
  TEST_FAILED,
} from '../connect/connect-account.ts'
import {
  type Body,
  optionalString,
  parseJsonObject,
  readJsonBody,
  requiredString,
} from '../wire/read-body.ts'
import { exceedsUserLimit, USER_LIMIT_REACHED } from '../state/external-users.ts'
import type { AppOverride, ConnectToken, StoredAccount } from '../state/store.ts'
import { findOverride, INVALID_TOKEN } from '../connect/validate-connection.ts'
import { formatAccount } from '../wire/account.ts'
import { requiredFields } from '../wire/app.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'
import { type EmulatorContext, findProject } from '../state/emulator-context.ts'
import { projectPaths } from './project-paths.ts'

/** POST accounts: connects an app that uses keys. The connect token in the body names the user. */
export function routeCreateAccount(app: Hono, context: EmulatorContext): void {
  app.on('POST', projectPaths('/accounts'), async (c) => {
    const body = await readJsonBody(c)
    const connectToken = requireConnectToken(c, context, body)
    const app = requireKeyApp(requiredString(body, 'app_slug'))
    const override = readOverride(context, { connectToken, app, body })
    const existing = readExisting(context, { connectToken, app, body })
    const credentials = readCredentials(requiredString(body, 'cfmap_json'), app, override)
    const refusal = findRefusal(context, connectToken, credentials)
    if (refusal !== null) {
      failConnection(context, connectToken, refusal)
      throw wireError(400, refusal)
    }
    const name = optionalString(body, 'name')
    const account = connectAccount(context, {
      connectToken,
      app,
      existing,
      name,
      credentials,
      oauthAppId: null,
      customClientId: null,
      authorizedScopes: [],
    })
    return c.json(formatAccount(context, account))
  })
}

// The official SDK sends any bearer it has, so a server's is accepted; the connect token decides. No scope is required,
// because connecting is the purpose of a connect token (inferred).
function requireConnectToken(c: Context, context: EmulatorContext, body: Body): ConnectToken {
  const caller = requireCaller(c, context, null)
  const connectToken = findUsableToken(context, requiredString(body, 'connect_token'))
  if (connectToken === undefined) throw wireError(401, INVALID_TOKEN)
  if (caller.kind === 'user' && caller.connectToken !== connectToken) {
    throw wireError(403, 'The bearer and connect_token are two different Connect tokens.')
  }
  const projectId = c.req.param('project') ?? connectToken.projectId
  if (projectId !== connectToken.projectId) throw recordNotFound()
  if ((readEnvironment(c, context) ?? connectToken.environment) !== connectToken.environment) {
    throw wireError(
      403,
      `This Connect token belongs to the ${connectToken.environment} environment.`,
    )
  }
  const user = c.req.query('external_user_id') || connectToken.externalUserId
  if (user !== connectToken.externalUserId) throw foreignUser(context)
  return connectToken
}

function requireKeyApp(slug: string): CatalogueApp {
  const app = findApp(slug)
  if (app === undefined) throw wireError(404, 'App not found. Please check your app id.')
  if (app.authType !== 'keys') {
    throw wireError(400, `${app.name} does not use keys. Connect it on the hosted page.`)
  }
  return app
}

function readExisting(
  context: EmulatorContext,
  { connectToken, app, body }: Asked,
): StoredAccount | null {
  const accountId = optionalString(body, 'account_id')
  if (accountId === null) return null
  const existing = findReconnectable(context, connectToken, { accountId, slug: app.slug })
  if (existing === undefined) throw recordNotFound()
  return existing
}

interface Asked {
  connectToken: ConnectToken
  app: CatalogueApp
  body: Body
}

// Pipedream documents that an override must belong to the app and must not choose an OAuth client.
function readOverride(
  context: EmulatorContext,
  { connectToken, app, body }: Asked,
): AppOverride | null {
  const id = optionalString(body, 'app_override_id')
  const override = findOverride(context, connectToken, id)
  if (override === undefined) throw recordNotFound()
  if (override === null) return null
  if (override.slug !== app.slug) throw wireError(400, 'The app override belongs to another app.')
  if (override.oauthAppId !== null) {
    throw wireError(400, 'The app override has an OAuth client, which keys do not use.')
  }
  return override
}

function readCredentials(
  cfmapJson: string,
  app: CatalogueApp,
  override: AppOverride | null,
): Record<string, string> {
  const typed = parseJsonObject(cfmapJson)
  if (typed === null)
    throw wireError(400, 'cfmap_json must be a JSON string that contains an object.')
  const values = { ...typed, ...override?.cfmap }
  const missing = requiredFields(app).find(({ name }) => optionalString(values, name) === null)
  if (missing !== undefined) throw wireError(400, `${missing.label} is required.`)
  const pairs = app.customFields.flatMap(({ name }): [string, string][] => {
    const value = optionalString(values, name)
    return value === null ? [] : [[name, value]]
  })
  return Object.fromEntries(pairs)
}

function findRefusal(
  context: EmulatorContext,
  connectToken: ConnectToken,
  credentials: Record<string, string>,
): string | null {
  if (exceedsUserLimit(context, connectToken)) return USER_LIMIT_REACHED
  const project = findProject(context, connectToken.projectId)
  return project?.requireKeyAuthTest === true && failsTestRequest(credentials) ? TEST_FAILED : null
}

// Credentials that start with "invalid" fail, so that users can see the failure.
function failsTestRequest(credentials: Record<string, string>): boolean {
  return Object.values(credentials).some((value) => value.toLowerCase().startsWith('invalid'))
}
