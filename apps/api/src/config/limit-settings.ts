import { z } from 'zod'
import type { OperationLimits } from '../graphql/plugins.ts'
import type { RateLimitSettings } from '../http/rate-limits.ts'
import type { BodyLimits } from '../http/read-body.ts'
import { type TrustedProxies, trustProxy } from './trust-proxy.ts'

/** The limits on requests, and on their rate. */
export interface LimitConfig {
  operations: OperationLimits
  body: BodyLimits
  /** How many requests are handled at a time. */
  inFlight: number
  rates: RateLimitSettings
  /** The reverse proxies whose `X-Forwarded-For` is used. */
  trustedProxies: TrustedProxies
  /** Whether only operations of the web app's build are executed; undefined: in production. */
  trustedDocuments: boolean | undefined
  /** Whether introspection is allowed and GraphiQL is served; undefined: not in production. */
  introspection: boolean | undefined
}

const whole = (fallback: number) =>
  z.coerce
    .number({ error: 'must be a whole number' })
    .int('must be a whole number')
    .min(1, 'must be 1 or more')
    .default(fallback)

const rate = (fallback: number) =>
  z
    .union([z.literal('off'), whole(fallback)], {
      error: 'must be a whole number of requests a minute, or off',
    })
    .default(fallback)

/** Parses `on` or `off` as a boolean. */
export const onOrOff = z
  .enum(['on', 'off'], { error: 'must be on or off' })
  .transform((value) => value === 'on')

/** The settings of the limits. The defaults are well above what the built-in page and GraphiQL need. */
export const limitSettings = {
  LIMIT_DEPTH: whole(20),
  LIMIT_ALIASES: whole(20),
  LIMIT_DIRECTIVES: whole(20),
  LIMIT_ROOT_FIELDS: whole(10),
  LIMIT_TOKENS: whole(1000),
  LIMIT_COST: whole(10_000),
  LIMIT_UPSTREAM: whole(5),
  LIMIT_BODY_BYTES: whole(100_000),
  LIMIT_BODY_SECONDS: whole(10),
  LIMIT_IN_FLIGHT: whole(500),
  RATE_LIMIT_ADDRESS: rate(3000),
  RATE_LIMIT_USER: rate(600),
  RATE_LIMIT_SERVICE: rate(6000),
  RATE_LIMIT_CONNECT_TOKEN: rate(30),
  RATE_LIMIT_UPSTREAM_USER: rate(60),
  RATE_LIMIT_UPSTREAM_PROJECT: rate(240),
  TRUST_PROXY: trustProxy,
  TRUSTED_DOCUMENTS: onOrOff.optional(),
  INTROSPECTION: onOrOff.optional(),
}

type LimitSettings = z.infer<z.ZodObject<typeof limitSettings>>

// Of the 400 calls a minute that Pipedream allows: 240 for all users, these, and 30 for the gateway itself.
const RESERVE = 100
const WEBHOOKS = 30
const WEBHOOKS_USER = 3

/** The configured limits. */
export function limitConfig(values: LimitSettings): LimitConfig {
  return {
    operations: {
      depth: values.LIMIT_DEPTH,
      aliases: values.LIMIT_ALIASES,
      directives: values.LIMIT_DIRECTIVES,
      rootFields: values.LIMIT_ROOT_FIELDS,
      tokens: values.LIMIT_TOKENS,
      cost: values.LIMIT_COST,
      upstream: values.LIMIT_UPSTREAM,
    },
    body: { bytes: values.LIMIT_BODY_BYTES, timeoutMs: values.LIMIT_BODY_SECONDS * 1000 },
    inFlight: values.LIMIT_IN_FLIGHT,
    rates: {
      address: asRate(values.RATE_LIMIT_ADDRESS),
      person: asRate(values.RATE_LIMIT_USER),
      service: asRate(values.RATE_LIMIT_SERVICE),
      connectToken: asRate(values.RATE_LIMIT_CONNECT_TOKEN),
      upstreamUser: asRate(values.RATE_LIMIT_UPSTREAM_USER),
      upstreamUrgent: asRate(values.RATE_LIMIT_UPSTREAM_USER),
      upstreamProject: asRate(values.RATE_LIMIT_UPSTREAM_PROJECT),
      upstreamReserve: values.RATE_LIMIT_UPSTREAM_PROJECT === 'off' ? undefined : RESERVE,
      webhookUser: values.RATE_LIMIT_UPSTREAM_USER === 'off' ? undefined : WEBHOOKS_USER,
      webhookProject: values.RATE_LIMIT_UPSTREAM_PROJECT === 'off' ? undefined : WEBHOOKS,
    },
    trustedProxies: values.TRUST_PROXY,
    trustedDocuments: values.TRUSTED_DOCUMENTS,
    introspection: values.INTROSPECTION,
  }
}

function asRate(value: number | 'off'): number | undefined {
  return value === 'off' ? undefined : value
}

/** The default limits. */
export const defaultLimits: LimitConfig = limitConfig(z.object(limitSettings).parse({}))
