import { PipedreamInputError } from '../http/errors.ts'
import type { FetchLike } from '../http/fetch-like.ts'
import { isHeaderValue } from '../http/request-input.ts'
import { platformFetch } from '../http/send-request.ts'
import { checkTimeoutMs } from '../http/with-deadline.ts'

/** A project's two isolated environments: each has its own users and accounts. */
export type ProjectEnvironment = 'development' | 'production'

/** Options of `createPipedreamClient`. An invalid one throws `ERR_CONFIGURATION`; its name is in `input` of the error. */
export interface PipedreamClientOptions {
  /** OAuth client id from the settings of the Pipedream workspace. */
  clientId: string
  /** OAuth client secret, which Pipedream shows once, when the client is created. Sent only to the token endpoint. */
  clientSecret: string
  /** The project, `proj_...`. It must belong to the workspace of `clientId`. */
  projectId: string
  /** Sent as `x-pd-environment`. Required, so that no program uses production by accident. */
  projectEnvironment: ProjectEnvironment
  /** URL of the API, http or https, with an optional path prefix. Default: `https://api.pipedream.com`. */
  baseUrl?: string | undefined
  /** Scope of the access tokens, separated by spaces. Default: not sent, which Pipedream documents as `*`. */
  scope?: string | undefined
  /** Sends the requests. Default: the platform's `fetch`. */
  fetch?: FetchLike | undefined
  /**
   * Limit for a whole call in milliseconds, including fetching an access token, waits and retries: an integer from 1 to
   * 2147483647. Each page of a list is a call of its own. Default: 30000.
   */
  timeoutMs?: number | undefined
  /**
   * How often a GET, PUT or DELETE, or an access token request, is retried after 408, 429, 5xx or a lost response: an integer
   * from 0 to 10. The first wait is about 250 ms and doubles with each retry. `Retry-After` of up to 10 s is respected; for a
   * longer one the call fails immediately and sets `retryAfterMs`. Other calls are retried only if `repeatable` is set.
   * Default: 2.
   */
  maxRetries?: number | undefined
  /**
   * Counts every call of this client, except access token requests, against a limit of your own; see `rateLimitTokens.create`.
   * Sent as `x-pd-rate-limit`. Default: none, so that only Pipedream's limits apply.
   */
  rateLimitToken?: string | undefined
  /** Parent domain of workflow endpoints, for workspaces with a custom domain. Default: `m.pipedream.net`. */
  workflowDomain?: string | undefined
}

/** Validated options with defaults. */
export interface ClientConfig {
  readonly clientId: string
  readonly clientSecret: string
  readonly projectId: string
  readonly projectEnvironment: ProjectEnvironment
  /** Without a trailing slash. */
  readonly baseUrl: string
  readonly scope: string | undefined
  readonly fetch: FetchLike
  readonly timeoutMs: number
  readonly maxRetries: number
  readonly rateLimitToken: string | undefined
  /** In lower case. */
  readonly workflowDomain: string
}

/** Validates the options; throws a `PipedreamInputError` that names the first invalid one. */
export function readClientOptions(options: PipedreamClientOptions): ClientConfig {
  if (typeof options !== 'object' || options === null) fail('options', 'an object')
  const { projectId, projectEnvironment, scope, fetch, timeoutMs, maxRetries } = options
  const { rateLimitToken } = options
  return {
    clientId: checkString('clientId', options.clientId),
    clientSecret: checkString('clientSecret', options.clientSecret),
    projectId: isProjectId(projectId)
      ? projectId
      : fail('projectId', 'a project id, which starts with proj_'),
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
  return isText
    ? value
    : fail(option, 'a string that is not blank, without leading or trailing spaces')
}

/** Whether a value is a project id. */
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
  return isCount ? value : fail('maxRetries', 'an integer from 0 to 10')
}

/** Returns the environment that a string names, or null. */
export function environmentOf(value: string | null): ProjectEnvironment | null {
  return isEnvironment(value) ? value : null
}
