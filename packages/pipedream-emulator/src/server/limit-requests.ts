import type { Context, Next } from 'hono'
import { readBearer } from './access.ts'
import type { RateLimit } from './rate-limits.ts'
import { wireError } from '../wire/errors.ts'
import type { EmulatorContext } from '../state/emulator-context.ts'

const MINUTE_MS = 60_000

/** Pipedream documents 100 new connect tokens a minute for each external user. */
export const TOKENS_LIMIT: RateLimit = { requests: 100, windowMs: MINUTE_MS }

interface Published extends RateLimit {
  name: string
  methods: readonly string[] | null
  path: RegExp
}

/** With the project, without it, or with an empty segment in its place: the official proxy client sends two slashes. */
const PROJECT = '^/v1/connect/(?:(?:proj_[^/]+)?/)?'
const COMPONENTS = new RegExp(`${PROJECT}(?:components|actions|triggers)(?:/|$)`)

/** Pipedream documents these limits for each project, over five minutes. */
const PUBLISHED: readonly Published[] = [
  {
    name: 'accounts',
    methods: ['GET', 'DELETE'],
    path: new RegExp(`${PROJECT}accounts(?:/|$)`),
    requests: 2000,
    windowMs: 5 * MINUTE_MS,
  },
  {
    name: 'read components',
    methods: ['GET'],
    path: COMPONENTS,
    requests: 3000,
    windowMs: 5 * MINUTE_MS,
  },
  {
    name: 'use components',
    methods: ['POST'],
    path: COMPONENTS,
    requests: 2000,
    windowMs: 5 * MINUTE_MS,
  },
  {
    name: 'proxy',
    methods: null,
    path: new RegExp(`${PROJECT}proxy/`),
    requests: 1000,
    windowMs: 5 * MINUTE_MS,
  },
]

/** Enforces the documented limits, and the caller's own limit in `x-pd-rate-limit`. */
export function limitRequests(context: EmulatorContext): (c: Context, next: Next) => Promise<void> {
  return async (c, next) => {
    if (c.req.method !== 'OPTIONS') {
      if (context.rateLimits.published) countPublished(c, context)
      countOwn(c, context)
    }
    await next()
  }
}

function countPublished(c: Context, context: EmulatorContext): void {
  const { method, path } = c.req
  const limit = PUBLISHED.find(
    (one) => one.path.test(path) && (one.methods === null || one.methods.includes(method)),
  )
  if (limit !== undefined) context.rateLimits.count(limit.name, projectOf(c, context), limit)
}

function projectOf(c: Context, context: EmulatorContext): string {
  const inPath = /^\/v1\/connect\/(proj_[^/]+)/.exec(c.req.path)?.[1]
  return inPath ?? context.store.connectTokens.get(readBearer(c) ?? '')?.projectId ?? ''
}

// Rejecting an unknown token is inferred.
function countOwn(c: Context, context: EmulatorContext): void {
  const token = c.req.header('x-pd-rate-limit')
  if (token === undefined) return
  const own = context.store.rateLimitTokens.get(token)
  if (own === undefined) {
    throw wireError(400, 'x-pd-rate-limit must be a token from POST /v1/connect/rate_limits.')
  }
  context.rateLimits.count(`own ${token}`, '', {
    requests: own.requestsPerWindow,
    windowMs: own.windowSizeSeconds * 1000,
  })
}
