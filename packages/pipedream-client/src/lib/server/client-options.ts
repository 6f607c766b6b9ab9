import { PipedreamInputError } from '../http/errors.ts'
import type { FetchLike } from '../http/fetch-like.ts'
import { isHeaderValue } from '../http/request-input.ts'
import { platformFetch } from '../http/send-request.ts'
import { checkTimeoutMs } from '../http/with-deadline.ts'

/** A project's two isolated worlds: users and accounts of one do not exist in the other. */
export type ProjectEnvironment = 'development' | 'production'

/** Options of `createPipedreamClient`. They are checked once; a wrong one throws `ERR_CONFIGURATION` and is named. */
export interface PipedreamClientOptions {
  /** OAuth client id, made in Pipedream's workspace settings. */
  clientId: string
  /** OAuth client secret, shown once when the client id is made. It is sent to the token endpoint and nowhere else. */
  clientSecret: string
  /** The project, `proj_...`. It must belong to the workspace of `clientId`. */
  projectId: string
  /** Sent as `x-pd-environment`. There is no default, so that nobody writes to production by omission. */
  projectEnvironment: ProjectEnvironment
  /** Where the API is: http or https, a path prefix is kept. Default: `https://api.pipedream.com`. */
  baseUrl?: string | undefined
  /** Scope of the access tokens, space separated. Default: not sent, which Pipedream documents as `*`. */
  scope?: string | undefined
  /** What sends the requests. Default: the platform's `fetch`. */
  fetch?: FetchLike | undefined
  /**
   * The most that a whole call may take, in milliseconds: fetching an access token, waits and retries included.
   * Default: 30000. Each page of a list is a call of its own.
   */
  timeoutMs?: number | undefined
  /**
   * How often a GET, PUT or DELETE, or the fetching of an access token, is sent again after 408, 429, 5xx or a lost response:
   * after 250 ms, doubling, with jitter; or when `Retry-After` says, up to 10 s (asked for more, the call fails at once
   * and `retryAfterMs` says it). Other calls are repeated only when they say `repeatable`. A whole number from 0 to 10. Default: 2.
   */
  maxRetries?: number | undefined
  /**
   * Counts every call of this client against a limit of your own; from `rateLimitTokens.create`. Sent as `x-pd-rate-limit`,
   * save for the fetching of access tokens. Default: none, so Pipedream's own limits alone hold.
   */
  rateLimitToken?: string | undefined
  /** The domain below which workflows are invoked, for workspaces that have one of their own. Default: `m.pipedream.net`. */
  workflowDomain?: string | undefined
}

/** The same, checked, with its defaults filled in. */
export interface ClientConfig {
  readonly clientId: string
  readonly clientSecret: string
  readonly projectId: string
  readonly projectEnvironment: ProjectEnvironment
  /** Without a slash at its end. */
  readonly baseUrl: string
  readonly scope: string | undefined
  readonly fetch: FetchLike
  readonly timeoutMs: number
  readonly maxRetries: number
  readonly rateLimitToken: string | undefined
  /** In lower case. */
  readonly workflowDomain: string
}

/** Checks the options; throws a `PipedreamInputError` that names the first wrong one. */
export function readClientOptions(options: PipedreamClientOptions): ClientConfig {
  if (typeof options !== 'object' || options === null) fail('options', 'an object')
  const { projectId, projectEnvironment, scope, fetch, timeoutMs, maxRetries } = options
  const { rateLimitToken } = options
  return {
    clientId: checkString('clientId', options.clientId),
    clientSecret: checkString('clientSecret', options.clientSecret),
    projectId: isProjectId(projectId)
      ? projectId
      : fail('projectId', 'a project id, which begins with proj_'),
    projectEnvironment: isEnvironment(projectEnvironment)
      ? projectEnvironment
      : fail('projectEnvironment', "'development' or 'production'"),
    baseUrl: checkBaseUrl(options.baseUrl ?? 'https://api.pipedream.com'),
    scope: scope === undefined ? undefined : checkString('scope', scope),
    fetch: checkFetch(fetch ?? platformFetch),
    timeoutMs: checkTimeoutMs(timeoutMs ?? 30_000, 'ERR_CONFIGURATION'),
    maxRetries: checkMaxRetries(maxRetries ?? 2),
    rateLimitToken:
      rateLimitToken === undefined || isHeaderValue(rateLimitToken)
        ? rateLimitToken
        : fail('rateLimitToken', 'a token without spaces, and not blank'),
    workflowDomain: checkDomain(options.workflowDomain ?? 'm.pipedream.net'),
  }
}

function fail(option: string, expected: string): never {
  throw new PipedreamInputError('ERR_CONFIGURATION', option, expected)
}

function checkString(option: string, value: unknown): string {
  const isText = typeof value === 'string' && value.trim() !== '' && value.trim() === value
  return isText ? value : fail(option, 'a text that is neither blank nor padded with spaces')
}

/** Whether a text is a project's id. */
export function isProjectId(value: unknown): value is string {
  return typeof value === 'string' && /^proj_[\w-]+$/.test(value)
}

function isEnvironment(value: unknown): value is ProjectEnvironment {
  return value === 'development' || value === 'production'
}

function checkBaseUrl(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isBase =
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    `${url.username}${url.password}${url.search}${url.hash}` === ''
  if (isBase) return url.href.replace(/\/+$/, '')
  return fail('baseUrl', 'an http or https URL without user name, password, query and fragment')
}

function checkDomain(value: string): string {
  const isDomain = typeof value === 'string' && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(value)
  return isDomain ? value.toLowerCase() : fail('workflowDomain', 'a domain such as m.pipedream.net')
}

function checkFetch(value: FetchLike): FetchLike {
  return typeof value === 'function' ? value : fail('fetch', 'a function like the global fetch')
}

function checkMaxRetries(value: number): number {
  const isCount = Number.isInteger(value) && value >= 0 && value <= 10
  return isCount ? value : fail('maxRetries', 'a whole number from 0 to 10')
}

/** The environment that a text names; null when it names none. */
export function environmentOf(value: string | null): ProjectEnvironment | null {
  return isEnvironment(value) ? value : null
}
