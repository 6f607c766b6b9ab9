import { readViewer, type Viewer, type ViewerSources } from '../auth/viewer.ts'
import type { Context } from '../context.ts'
import { InvalidInput, NotSignedIn, UnknownBearer } from '../errors.ts'
import { readCookie } from '../http/cookies.ts'
import { withCors } from '../http/cross-origin.ts'
import { countViewer } from '../http/rate-limits.ts'
import { isJson } from '../http/responses.ts'
import type { Route } from '../http/router.ts'
import type { Site } from '../http/site.ts'
import type { AccessTokens } from '../store/access-tokens.ts'
import { accessTokenEndpoint } from './access-token-endpoint.ts'
import { connectTokenEndpoint } from './connect-token-endpoint.ts'
import { errorAnswer, jsonError } from './rest-errors.ts'

const ACCESS_TOKEN_PATH = '/api/oauth-token'
const CONNECT_TOKEN_PATH = '/api/connect-token'

/** What a REST endpoint sees. */
export type RestContext = Omit<Context, 'browser' | 'live'> & { accessTokens: AccessTokens }

export interface RestEndpointsOptions extends ViewerSources {
  enabled: boolean
  context: Omit<RestContext, 'viewer'>
  /** Pages that may call us. */
  allowedOrigins: readonly string[]
  site: Site
}

/**
 * `POST /api/oauth-token` and `POST /api/connect-token`, in the snake case that pages built on the official SDK expect.
 * Weaker than GraphQL: such a page never confirms, so nothing that its tokens connect is held back.
 */
export function createRestEndpoints(options: RestEndpointsOptions): Record<string, Route> {
  const { enabled, context, allowedOrigins } = options

  async function answer(request: Request, path: string, mayUseSession: boolean): Promise<Response> {
    if (!enabled) return jsonError(404, OFF)
    // No page can send this header without asking us first, so a cookie is not what counts: `curl -d` says “form” of JSON.
    if (!isJson(request) && request.headers.get('authorization') === null) {
      const hasSession = readCookie(request, 'session', options.site) !== undefined
      if (!hasSession) return errorAnswer(new NotSignedIn())
      return jsonError(415, 'Send JSON, with “content-type: application/json”.')
    }
    try {
      const viewer = await whoAsks(request, path, mayUseSession)
      await countViewer(viewer, context.rateLimits)
      const endpoint = path === ACCESS_TOKEN_PATH ? accessTokenEndpoint : connectTokenEndpoint
      return await endpoint(await readJson(request), { ...context, viewer })
    } catch (error) {
      return errorAnswer(error)
    }
  }

  async function whoAsks(
    request: Request,
    path: string,
    mayUseSession: boolean,
  ): Promise<Viewer | undefined> {
    const authorization = request.headers.get('authorization')
    if (path === CONNECT_TOKEN_PATH && (await isOurAccessToken(authorization, context))) {
      return { kind: 'service' }
    }
    const credentials = {
      authorization,
      sessionSecret: mayUseSession ? readCookie(request, 'session', options.site) : undefined,
      expectedViewer: request.headers.get('x-expected-viewer'),
    }
    return readViewer(credentials, options).catch((error: unknown) => {
      throw error instanceof UnknownBearer ? new UnknownBearer(error.why, BEARERS[path]) : error
    })
  }

  const endpoint = (path: string): Route => ({
    POST: ({ request, mayDemo }) => answer(request, path, mayDemo),
    refuse: jsonError,
    finish: (response, request) => withCors(response, request, allowedOrigins),
  })
  return {
    [ACCESS_TOKEN_PATH]: endpoint(ACCESS_TOKEN_PATH),
    [CONNECT_TOKEN_PATH]: endpoint(CONNECT_TOKEN_PATH),
  }
}

// Pipedream is never asked: it would say yes to tokens of other programs, too.
async function isOurAccessToken(
  authorization: string | null,
  { accessTokens, now }: Pick<RestContext, 'accessTokens' | 'now'>,
): Promise<boolean> {
  const bearer = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  return bearer !== undefined && accessTokens.has(bearer, now())
}

async function readJson(request: Request): Promise<unknown> {
  const text = await request.text()
  try {
    return text.trim() === '' ? {} : JSON.parse(text)
  } catch {
    throw new InvalidInput('body', 'This body is not JSON.')
  }
}

const BEARERS: Partial<Record<string, string>> = {
  [ACCESS_TOKEN_PATH]: `${ACCESS_TOKEN_PATH} takes the gateway’s SERVICE_KEY, or a JWT of an operator where AUTH_JWKS_URL is set.`,
  [CONNECT_TOKEN_PATH]: `${CONNECT_TOKEN_PATH} takes the gateway’s SERVICE_KEY, an access token that ${ACCESS_TOKEN_PATH} returned here for scope “*” and that has not expired, or a JWT where AUTH_JWKS_URL is set.`,
}

const OFF = 'The REST endpoints are off. Use /graphql, or ask the operator to set REST_TOKENS=on.'
