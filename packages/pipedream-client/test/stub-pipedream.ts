import { isDeepStrictEqual } from 'node:util'
import type { FetchInit, FetchLike, FetchResponse, PipedreamClientOptions } from '../src/server.ts'
import { createPipedreamClient } from '../src/server.ts'

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** A request that the stub received. */
export interface StubRequest {
  method: string
  /** Path and query. */
  path: string
  url: string
  headers: Record<string, string>
  /** Parsed for the JSON API, otherwise unchanged. */
  body: unknown
  accessToken: string | undefined
  rateLimitToken: string | undefined
  signal: AbortSignal
}

type Respond = (
  request: StubRequest,
) => FetchResponse | Response | Promise<FetchResponse | Response>

interface StubOptions extends Partial<PipedreamClientOptions> {
  /** Responds to API calls. Default: every call throws. */
  onCall?: Respond
  /** Responds to token requests. Default: `access-1`, `access-2`, ..., valid for an hour. */
  onToken?: (request: StubRequest, index: number) => ReturnType<Respond>
  /** Responds to calls to other hosts: workflows and file stores. Default: every call throws. */
  onElsewhere?: Respond
}

export const SECRETS = {
  clientId: 'stub-client',
  clientSecret: 'stub-secret-9f8e7d6c5b4a39281706',
}

/**
 * A scripted Pipedream. It throws for requests that the real API would not accept, so that a test fails on a wrong request
 * even when it only checks the response.
 */
export function stubPipedream({ onCall, onToken, onElsewhere, ...options }: StubOptions = {}) {
  const calls: StubRequest[] = []
  const tokenRequests: StubRequest[] = []
  const elsewhere: StubRequest[] = []
  const fetch: FetchLike = async (url, init) => {
    const { origin, pathname, search } = new URL(url)
    if (origin !== 'https://api.pipedream.com') {
      if (onElsewhere === undefined) throw new Error(`Stub: foreign origin ${origin}`)
      const request = readRequest(init, { url, path: pathname + search, isJson: false })
      elsewhere.push(request)
      return onElsewhere(request)
    }
    const isJson = !/\/(?:proxy|file_stash)\//.test(pathname)
    const request = readRequest(init, { url, path: pathname + search, isJson })
    if (request.headers['x-pd-environment'] !== 'development')
      throw new Error('Stub: no environment')
    if (pathname === '/v1/oauth/token') {
      checkTokenRequest(request)
      tokenRequests.push(request)
      const index = tokenRequests.length
      return onToken === undefined
        ? Response.json(accessToken(`access-${index}`))
        : onToken(request, index)
    }
    if (request.accessToken === undefined) throw new Error('Stub: a call without a bearer')
    if (onCall === undefined) throw new Error(`Stub: unexpected ${request.method} ${url}`)
    calls.push(request)
    return onCall(request)
  }
  const client = createPipedreamClient({
    ...SECRETS,
    projectId: 'proj_stub',
    projectEnvironment: 'development',
    fetch,
    ...options,
  })
  return { client, calls, tokenRequests, elsewhere }
}

function readRequest(
  init: FetchInit,
  { url, path, isJson }: { url: string; path: string; isJson: boolean },
): StubRequest {
  const { method, headers, body, signal } = init
  if (init.redirect !== 'manual') throw new Error('Stub: redirects must not be followed')
  const accept = isJson ? 'application/json' : '*/*'
  if (headers['accept'] !== accept) throw new Error(`Stub: accept is not ${accept}`)
  const type = headers['content-type']
  const isTyped = isJson ? type === 'application/json' : type !== undefined
  if (isTyped !== (body !== undefined)) throw new Error('Stub: body and content-type disagree')
  if ((init.duplex === 'half') !== body instanceof ReadableStream) {
    throw new Error('Stub: duplex is for streams')
  }
  if (!METHODS.has(method)) throw new Error(`Stub: method ${method}`)
  return {
    method,
    path,
    url,
    headers,
    body: isJson && typeof body === 'string' ? JSON.parse(body) : body,
    accessToken: /^Bearer (\S+)$/.exec(headers['authorization'] ?? '')?.[1],
    rateLimitToken: headers['x-pd-rate-limit'],
    signal,
  }
}

function checkTokenRequest({ method, body, accessToken, rateLimitToken }: StubRequest): void {
  const grant = {
    client_id: SECRETS.clientId,
    client_secret: SECRETS.clientSecret,
    grant_type: 'client_credentials',
  }
  const { scope, ...rest }: Record<string, unknown> = { ...Object(body) }
  if (scope !== undefined && typeof scope !== 'string') throw new Error('Stub: odd scope')
  const isGrant = isDeepStrictEqual(rest, grant)
  if (method !== 'POST' || !isGrant) throw new Error('Stub: not a client credentials grant')
  if (accessToken !== undefined) throw new Error('Stub: a token request with a bearer')
  if (rateLimitToken !== undefined) throw new Error('Stub: a token request that is counted')
}

/** A response of the token endpoint. */
export function accessToken(access_token: string, expires_in = 3600) {
  return { access_token, token_type: 'Bearer', expires_in }
}

/** A response with one page of a list. */
export function listOf(data: unknown, end_cursor?: string | null) {
  return Response.json({ data, page_info: { count: 1, end_cursor } })
}

/** An error response of the API. */
export function refuse(status: number, headers: Record<string, string> = {}) {
  return Response.json({ error: 'The stub refuses.' }, { status, headers })
}

/** A promise that the test settles. */
export function deferred<T = void>() {
  return Promise.withResolvers<T>()
}
