import {
  bearerOf,
  type Credentials,
  readViewer,
  type Viewer,
  type ViewerSources,
} from '../auth/viewer.ts'
import type { Context } from '../context.ts'
import { InvalidInput, NotSignedIn, UnknownBearer } from '../errors.ts'
import { countViewer } from '../http/rate-limits.ts'
import type { Reply } from '../http/reply.ts'
import { type Handlers, isJson, type Route, type Visit } from '../http/router.ts'
import { callAsViewer } from '../pipedream/upstream-caller.ts'
import type { AccessTokens } from '../store/secrets.ts'
import { accessTokenEndpoint } from './access-token-endpoint.ts'
import { connectTokenEndpoint } from './connect-token-endpoint.ts'
import { errorReply, jsonError } from './rest-errors.ts'

const ACCESS_TOKEN_PATH = '/api/oauth-token'
const CONNECT_TOKEN_PATH = '/api/connect-token'

type RestPattern = typeof ACCESS_TOKEN_PATH | typeof CONNECT_TOKEN_PATH

/** The context of a REST endpoint. */
export type RestContext = Omit<Context, 'browser' | 'live'> & { accessTokens: AccessTokens }

export interface RestEndpointsOptions extends ViewerSources {
  enabled: boolean
  context: Omit<RestContext, 'viewer'>
}

/**
 * `POST /api/oauth-token` and `POST /api/connect-token`, in the snake case that pages built on the official SDK expect. Less
 * safe than GraphQL: such a page never confirms, so accounts connected with these tokens are not held.
 */
export function createRestEndpoints(options: RestEndpointsOptions): Pick<Handlers, RestPattern> {
  const { enabled, context } = options

  async function handle({ request, credentials, body }: Visit, path: RestPattern): Promise<Reply> {
    if (!enabled) return jsonError(404, OFF)
    // A cross-site page cannot send `Authorization` without a preflight, so no cookie is in play. `curl -d` sends JSON as a form.
    if (!isJson(request) && credentials.authorization === null) {
      if (credentials.sessionSecret === undefined) return errorReply(new NotSignedIn())
      return jsonError(415, 'Send JSON with “content-type: application/json”.')
    }
    try {
      const viewer = await readRestViewer(credentials, path)
      await countViewer(viewer, context.rateLimits)
      const endpoint = path === ACCESS_TOKEN_PATH ? accessTokenEndpoint : connectTokenEndpoint
      const sent = readJson(body)
      return await callAsViewer(viewer, () => endpoint(sent, { ...context, viewer }))
    } catch (error) {
      return errorReply(error)
    }
  }

  async function readRestViewer(
    credentials: Credentials,
    path: RestPattern,
  ): Promise<Viewer | undefined> {
    if (path === CONNECT_TOKEN_PATH && (await isOurAccessToken(credentials, context))) {
      return { kind: 'service' }
    }
    return readViewer(credentials, options).catch((error: unknown) => {
      throw error instanceof UnknownBearer ? new UnknownBearer(error.why, BEARERS[path]) : error
    })
  }

  const endpoint = (path: RestPattern): Route => ({
    POST: (visit) => handle(visit, path),
  })
  return {
    [ACCESS_TOKEN_PATH]: endpoint(ACCESS_TOKEN_PATH),
    [CONNECT_TOKEN_PATH]: endpoint(CONNECT_TOKEN_PATH),
  }
}

// Pipedream is not asked, because it also accepts tokens of other programs.
async function isOurAccessToken(
  credentials: Credentials,
  { accessTokens, now }: Pick<RestContext, 'accessTokens' | 'now'>,
): Promise<boolean> {
  const bearer = bearerOf(credentials)
  return bearer !== undefined && accessTokens.has(bearer, now())
}

function readJson(text: string): unknown {
  try {
    return text.trim() === '' ? {} : JSON.parse(text)
  } catch {
    throw new InvalidInput('body', 'The body is not valid JSON.')
  }
}

const BEARERS: Record<RestPattern, string> = {
  [ACCESS_TOKEN_PATH]: `${ACCESS_TOKEN_PATH} accepts the gateway’s SERVICE_KEY or, if AUTH_JWKS_URL is set, an operator’s JWT.`,
  [CONNECT_TOKEN_PATH]: `${CONNECT_TOKEN_PATH} accepts the gateway’s SERVICE_KEY, an unexpired access token with scope “*” from ${ACCESS_TOKEN_PATH}, or, if AUTH_JWKS_URL is set, a JWT.`,
}

const OFF = 'The REST endpoints are off. Use /graphql, or ask the operator to set REST_TOKENS=on.'
