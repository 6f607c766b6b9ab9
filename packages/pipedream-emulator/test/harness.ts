import {
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type Environment,
} from '../src/index.ts'
import type { ResponseBody } from './response-body.ts'

/** A parsed response. */
export interface ParsedResponse {
  status: number
  headers: Headers
  /** The parsed JSON, or the text when it is not JSON. */
  body: ResponseBody
  text: string
}

interface CallOptions {
  method?: string
  bearer?: string
  environment?: string
  headers?: Record<string, string>
  json?: unknown
}

export interface Harness {
  emulator: Emulator
  call: (path: string, options?: CallOptions) => Promise<ParsedResponse>
  /** Calls as a server, by default in the development environment. */
  asServer: (path: string, options?: CallOptions) => Promise<ParsedResponse>
  newConnectToken: (body?: Record<string, unknown>, environment?: Environment) => Promise<string>
}

/** Creates an emulator, with functions that call it as its clients do. */
export async function createHarness(options: EmulatorOptions = {}): Promise<Harness> {
  const emulator = createEmulator(options)
  const call = createCaller(emulator)
  const bearer = await newAccessToken(call)
  const asServer: Harness['asServer'] = (path, options) =>
    call(path, { bearer, environment: 'development', ...options })
  return {
    emulator,
    call,
    asServer,
    newConnectToken: async (body = {}, environment = 'development') => {
      const json = { external_user_id: 'ada', ...body }
      const path = '/v1/connect/proj_emulator/tokens'
      const response = await asServer(path, { method: 'POST', environment, json })
      return response.body.token
    },
  }
}

/** Returns a valid access token, by default with every scope. */
export async function newAccessToken(call: Harness['call'], scope?: string): Promise<string> {
  const response = await call('/v1/oauth/token', {
    method: 'POST',
    json: {
      grant_type: 'client_credentials',
      client_id: 'emulator-client',
      client_secret: 'emulator-secret',
      scope,
    },
  })
  return response.body.access_token
}

/** Connects a key-based app as the hosted page does, and returns the account's id. */
export async function connectKey(
  harness: Harness,
  externalUserId = 'ada',
  environment: Environment = 'development',
): Promise<string> {
  const token = await harness.newConnectToken({ external_user_id: externalUserId }, environment)
  const response = await harness.call('/v1/connect/accounts', {
    method: 'POST',
    bearer: token,
    json: { app_slug: 'openai', cfmap_json: '{"api_key":"sk-example"}', connect_token: token },
  })
  return response.body.id
}

/** Connects an OAuth app as the hosted page and its pop-up do, and returns the account's id. */
export async function connectOauth(
  harness: Harness,
  query: { app: string; oauthAppId?: string; appOverrideId?: string },
  tokenBody: Record<string, unknown> = {},
): Promise<string> {
  const attempt = crypto.randomUUID().replaceAll('-', '')
  const token = await harness.newConnectToken(tokenBody)
  const search = new URLSearchParams({ ...query, token, attempt })
  const start = await harness.call(`/_static/oauth/start?${search}`)
  const consent = new URL(start.headers.get('location') ?? '', 'http://localhost:4010')
  const form = { state: consent.searchParams.get('state') ?? '', decision: 'allow' }
  const allowed = await harness.emulator.fetch(
    new Request(`http://localhost:4010/_provider/${query.app}/authorize`, {
      method: 'POST',
      body: new URLSearchParams(form),
    }),
  )
  const callback = new URL(allowed.headers.get('location') ?? '', 'http://localhost:4010')
  await harness.call(callback.pathname + callback.search)
  return (await harness.call(`/_static/oauth/attempts/${attempt}`)).body.accountId
}

function createCaller(emulator: Emulator): Harness['call'] {
  return async (path, { method = 'GET', bearer, environment, headers, json } = {}) => {
    const sent = new Headers(headers)
    if (bearer !== undefined) sent.set('authorization', `Bearer ${bearer}`)
    if (environment !== undefined) sent.set('x-pd-environment', environment)
    if (json !== undefined) sent.set('content-type', 'application/json')
    const body = json === undefined ? null : JSON.stringify(json)
    const response = await emulator.fetch(
      new Request(`http://localhost:4010${path}`, { method, headers: sent, body }),
    )
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
      text,
    }
  }
}
