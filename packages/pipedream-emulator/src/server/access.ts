import type { Context } from 'hono'
import type { HTTPException } from 'hono/http-exception'
import { findProject } from '../state/find-project.ts'
import type { ConnectToken, Environment } from '../state/store.ts'
import { coversScope, type Scope } from '../connect/scopes.ts'
import { recordNotFound, wireError } from '../wire/errors.ts'
import type { World } from '../state/emulator-context.ts'

const ENVIRONMENTS: readonly Environment[] = ['development', 'production']
/** The one scope that Pipedream names with its route. */
const DOCUMENTED_SCOPE = 'connect:users:read'
const NO_TOKEN = 'The token is missing, malformed or expired.'

/** Who calls: a server with an access token, or one user's browser with a connect token. */
export type Caller =
  | { kind: 'server'; scopes: readonly Scope[] }
  | { kind: 'user'; connectToken: ConnectToken }

/** The part of the data that a caller may see and change. */
export interface Access {
  projectId: string
  environment: Environment
  /** A connect token sees its own user alone; null means every user of the project and environment. */
  externalUserId: string | null
}

/** The token of an `Authorization: Bearer` header, null when there is none. */
export function readBearer(c: Context): string | null {
  return /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? null
}

/** A connect token that exists, has not expired and has not been used up. */
export function findUsableToken(world: World, token: string): ConnectToken | undefined {
  const found = findLiveToken(world, token)
  return found?.spent === false ? found : undefined
}

function findLiveToken(world: World, token: string): ConnectToken | undefined {
  const found = world.store.connectTokens.get(token)
  return found !== undefined && found.expiresAt > world.clock.now() ? found : undefined
}

/**
 * Whoever holds a good access token or connect token; throws 401 for anybody else, and 403 where the token lacks the
 * scope. Null asks for none.
 */
export function requireCaller(c: Context, world: World, scope: Scope | null): Caller {
  const caller = identifyCaller(c, world)
  if (scope !== null) refuseMissingScope(world, caller, scope)
  return caller
}

function identifyCaller(c: Context, world: World): Caller {
  const bearer = readBearer(c) ?? ''
  const accessToken = world.store.accessTokens.get(bearer)
  if (accessToken !== undefined && accessToken.expiresAt > world.clock.now()) {
    return { kind: 'server', scopes: accessToken.scopes }
  }
  const find = world.inferred.spentToken === 'accepted' ? findLiveToken : findUsableToken
  const connectToken = find(world, bearer)
  if (connectToken === undefined) throw wireError(401, NO_TOKEN)
  refuseForeignOrigin(c, world, connectToken)
  return { kind: 'user', connectToken }
}

/** A server. Observed: with no credential at all such a route answers 404, as if it did not exist. */
export function requireServer(c: Context, world: World, scope: Scope): void {
  if (c.req.header('authorization') === undefined) {
    throw world.inferred.missingCredential === 404 ? recordNotFound() : wireError(401, NO_TOKEN)
  }
  const caller = identifyCaller(c, world)
  if (caller.kind !== 'server') {
    throw wireError(403, 'A Connect token cannot be used for this request.')
  }
  refuseMissingScope(world, caller, scope)
}

/** What `requireAccess` answers, where a connect token is not enough. */
export function requireServerAccess(c: Context, world: World, scope: Scope): Access {
  requireServer(c, world, scope)
  return requireAccess(c, world, scope)
}

/** What `requireAccess` answers, on routes of which nobody says that a connect token is enough (inferred: it is not). */
export function requireUndocumentedAccess(c: Context, world: World, scope: Scope): Access {
  return world.inferred.undocumentedRoutes === 'everyone'
    ? requireAccess(c, world, scope)
    : requireServerAccess(c, world, scope)
}

/** The caller's part of the data, by the path's project, the `x-pd-environment` header and the token. */
export function requireAccess(c: Context, world: World, scope: Scope): Access {
  const caller = requireCaller(c, world, scope)
  const projectId = c.req.param('project')
  if (caller.kind === 'server') {
    const project = findProject(world, projectId ?? '')
    if (project === undefined) throw recordNotFound()
    return {
      projectId: project.id,
      environment: requireEnvironment(c, world),
      externalUserId: null,
    }
  }
  const { connectToken } = caller
  const header = readEnvironment(c, world)
  if (projectId !== undefined && projectId !== connectToken.projectId) throw recordNotFound()
  if (header !== null && header !== connectToken.environment) {
    throw wireError(
      403,
      `This Connect token belongs to the ${connectToken.environment} environment.`,
    )
  }
  return connectToken
}

/** The environment that a server means, whether it says so or not. */
export function requireEnvironment(c: Context, world: World): Environment {
  const environment = readEnvironment(c, world)
  if (environment !== null) return environment
  if (world.inferred.missingEnvironment === 'production') return 'production'
  throw wireError(400, 'x-pd-environment is required.')
}

/** The `x-pd-environment` header, null when absent; throws 400 for a value that Pipedream does not know. */
export function readEnvironment(c: Context, world: World): Environment | null {
  const value = c.req.header('x-pd-environment')
  if (value === undefined) return null
  const known = ENVIRONMENTS.find((environment) => environment === value)
  if (known !== undefined) return known
  if (world.inferred.unknownEnvironment === 'ignored') return null
  throw wireError(400, 'x-pd-environment must be development or production.')
}

/** What a connect token gets that names somebody else than its own external user. */
export function foreignUser({ inferred }: World): HTTPException {
  return inferred.foreignUser === 404
    ? recordNotFound()
    : wireError(403, 'This Connect token belongs to another external user.')
}

/** May a page of this origin use this connect token? The emulator's own pages always may. */
export function allowsOrigin(world: World, token: ConnectToken, origin: string): boolean {
  return token.allowedOrigins.includes(origin) || isOwnOrigin(world, origin)
}

function isOwnOrigin({ publicUrl, linkOrigin }: World, origin: string): boolean {
  return origin === linkOrigin || origin === new URL(publicUrl).origin
}

function refuseMissingScope({ inferred }: World, caller: Caller, scope: Scope): void {
  const granted = caller.kind === 'server' ? caller.scopes : caller.connectToken.scopes
  if (coversScope(granted, scope)) return
  if (inferred.missingScope === 'ignored' && scope !== DOCUMENTED_SCOPE) return
  const error = `This token's scope does not include ${scope}. Create a token that has it.`
  throw inferred.missingScope === 404 ? recordNotFound() : wireError(403, error)
}

function refuseForeignOrigin(c: Context, world: World, token: ConnectToken): void {
  const origin = c.req.header('origin')
  if (origin === undefined || world.inferred.foreignOrigin === 'answered') return
  if (!allowsOrigin(world, token, origin)) {
    throw wireError(403, `The origin ${origin} is not among the allowed_origins of this token.`)
  }
}
