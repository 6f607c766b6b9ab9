import type { Context } from 'hono'
import type { HTTPException } from 'hono/http-exception'
import type { ConnectToken, Environment } from '../state/store.ts'
import { coversScope, type Scope } from '../connect/scopes.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'
import { type EmulatorContext, findProject } from '../state/emulator-context.ts'

const ENVIRONMENTS: readonly Environment[] = ['development', 'production']
/** The only scope that Pipedream documents together with its route. */
const DOCUMENTED_SCOPE = 'connect:users:read'
const NO_TOKEN = 'The token is missing, malformed or expired.'

/** The caller: a server with an access token, or one user's browser with a connect token. */
export type Caller =
  | { kind: 'server'; scopes: readonly Scope[] }
  | { kind: 'user'; connectToken: ConnectToken }

/** The data that a caller may read and change. */
export interface Access {
  projectId: string
  environment: Environment
  /** A connect token is restricted to its own user. Null means every user of the project and environment. */
  externalUserId: string | null
}

/** Returns the token of an `Authorization: Bearer` header, or null. */
export function readBearer(c: Context): string | null {
  return /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? null
}

/** Returns a connect token that exists, has not expired and has not connected an account yet. */
export function findUsableToken(context: EmulatorContext, token: string): ConnectToken | undefined {
  const found = findLiveToken(context, token)
  return found?.spent === false ? found : undefined
}

function findLiveToken(context: EmulatorContext, token: string): ConnectToken | undefined {
  const found = context.store.connectTokens.get(token)
  return found !== undefined && found.expiresAt > context.clock.now() ? found : undefined
}

/**
 * Identifies the caller. Throws 401 without a valid access token or connect token, and 403 when the token lacks the
 * scope. A null scope skips that check.
 */
export function requireCaller(c: Context, context: EmulatorContext, scope: Scope | null): Caller {
  const caller = identifyCaller(c, context)
  if (scope !== null) rejectMissingScope(context, caller, scope)
  return caller
}

function identifyCaller(c: Context, context: EmulatorContext): Caller {
  const bearer = readBearer(c) ?? ''
  const accessToken = context.store.accessTokens.get(bearer)
  if (accessToken !== undefined && accessToken.expiresAt > context.clock.now()) {
    return { kind: 'server', scopes: accessToken.scopes }
  }
  const find = context.inferred.spentToken === 'accepted' ? findLiveToken : findUsableToken
  const connectToken = find(context, bearer)
  if (connectToken === undefined) throw wireError(401, NO_TOKEN)
  rejectForeignOrigin(c, context, connectToken)
  return { kind: 'user', connectToken }
}

/** Requires an access token. Observed: without any credential such a route returns 404, as if it did not exist. */
export function requireServer(c: Context, context: EmulatorContext, scope: Scope): void {
  if (c.req.header('authorization') === undefined) {
    throw context.inferred.missingCredential === 404 ? recordNotFound() : wireError(401, NO_TOKEN)
  }
  const caller = identifyCaller(c, context)
  if (caller.kind !== 'server') {
    throw wireError(403, 'A Connect token cannot be used for this request.')
  }
  rejectMissingScope(context, caller, scope)
}

/** Like `requireAccess`, but rejects connect tokens. */
export function requireServerAccess(c: Context, context: EmulatorContext, scope: Scope): Access {
  requireServer(c, context, scope)
  return requireAccess(c, context, scope)
}

/** Like `requireAccess`, for routes where Pipedream does not document connect tokens (inferred: it rejects them). */
export function requireUndocumentedAccess(
  c: Context,
  context: EmulatorContext,
  scope: Scope,
): Access {
  return context.inferred.undocumentedRoutes === 'everyone'
    ? requireAccess(c, context, scope)
    : requireServerAccess(c, context, scope)
}

/**
 * Determines the data that the caller may use, from the project in the path, the `x-pd-environment` header and the
 * token.
 */
export function requireAccess(c: Context, context: EmulatorContext, scope: Scope): Access {
  const caller = requireCaller(c, context, scope)
  const projectId = c.req.param('project')
  if (caller.kind === 'server') {
    const project = findProject(context, projectId ?? '')
    if (project === undefined) throw recordNotFound()
    return {
      projectId: project.id,
      environment: requireEnvironment(c, context),
      externalUserId: null,
    }
  }
  const { connectToken } = caller
  const header = readEnvironment(c, context)
  if (projectId !== undefined && projectId !== connectToken.projectId) throw recordNotFound()
  if (header !== null && header !== connectToken.environment) {
    throw wireError(
      403,
      `This Connect token belongs to the ${connectToken.environment} environment.`,
    )
  }
  return connectToken
}

/** Returns the environment of a server's request, whether or not it names one. */
export function requireEnvironment(c: Context, context: EmulatorContext): Environment {
  const environment = readEnvironment(c, context)
  if (environment !== null) return environment
  if (context.inferred.missingEnvironment === 'production') return 'production'
  throw wireError(400, 'x-pd-environment is required.')
}

/** Reads the `x-pd-environment` header; null when absent. Throws 400 for an unknown value. */
export function readEnvironment(c: Context, context: EmulatorContext): Environment | null {
  const value = c.req.header('x-pd-environment')
  if (value === undefined) return null
  const known = ENVIRONMENTS.find((environment) => environment === value)
  if (known !== undefined) return known
  if (context.inferred.unknownEnvironment === 'ignored') return null
  throw wireError(400, 'x-pd-environment must be development or production.')
}

/** The error for a connect token that names another external user than its own. */
export function foreignUser({ inferred }: EmulatorContext): HTTPException {
  return inferred.foreignUser === 404
    ? recordNotFound()
    : wireError(403, 'This Connect token belongs to another external user.')
}

/** Returns true when a page of this origin may use this connect token. The emulator's own pages always may. */
export function allowsOrigin(
  context: EmulatorContext,
  token: ConnectToken,
  origin: string,
): boolean {
  return token.allowedOrigins.includes(origin) || isOwnOrigin(context, origin)
}

function isOwnOrigin({ publicUrl, linkOrigin }: EmulatorContext, origin: string): boolean {
  return origin === linkOrigin || origin === new URL(publicUrl).origin
}

function rejectMissingScope({ inferred }: EmulatorContext, caller: Caller, scope: Scope): void {
  const granted = caller.kind === 'server' ? caller.scopes : caller.connectToken.scopes
  if (coversScope(granted, scope)) return
  if (inferred.missingScope === 'ignored' && scope !== DOCUMENTED_SCOPE) return
  const error = `This token's scope does not include ${scope}. Create a token that has it.`
  throw inferred.missingScope === 404 ? recordNotFound() : wireError(403, error)
}

function rejectForeignOrigin(c: Context, context: EmulatorContext, token: ConnectToken): void {
  const origin = c.req.header('origin')
  if (origin === undefined || context.inferred.foreignOrigin === 'answered') return
  if (!allowsOrigin(context, token, origin)) {
    throw wireError(403, `The origin ${origin} is not among the allowed_origins of this token.`)
  }
}
