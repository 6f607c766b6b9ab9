import type { Browser } from './auth/cookies.ts'
import type { PreparedTokens } from './connect/prepared-tokens.ts'
import type { Services } from './services.ts'
import type { RateLimits } from './http/rate-limits.ts'
import type { OperatorData } from './operator/operator-data.ts'
import type { EventBroker } from './live/event-broker.ts'
import type { UpstreamCache } from './pipedream/upstream-cache.ts'
import type { Person, Viewer } from './auth/viewer.ts'

/** How connect tokens are created. */
export interface ConnectTokenSettings {
  /** Pages that may use a connect token as a bearer from a browser. */
  allowedOrigins: string[]
  scope: string
  /** Where the browser opens the frame. */
  connectUrl: string
  /** Where the hosted page returns to, and where Pipedream sends webhooks; without a trailing slash. */
  publicUrl: string
  /** Whether Pipedream can reach that URL. Default: it cannot. */
  hasWebhooks?: boolean
}

/** What a request needs to subscribe to events. */
interface Live {
  broker: EventBroker
  /** The header `Last-Event-ID`, with which a reader resumes a subscription. */
  lastEventId: string | undefined
}

/** The context of resolvers. */
export interface Context extends Services {
  viewer: Viewer | undefined
  /** The browser that makes this request. */
  browser: Browser
  cache: UpstreamCache
  connectTokens: ConnectTokenSettings
  preparedTokens: PreparedTokens
  rateLimits: RateLimits
  live: Live
  operatorData: OperatorData
}

/** The context of resolvers that require a viewer. */
export type SignedInContext = Context & { viewer: Viewer }

/** The context of resolvers that require an operator. */
export type OperatorContext = Context & { viewer: Extract<Viewer, { kind: 'operator' }> }

/** The context of resolvers that require a user or an operator. */
export type PersonContext = Context & { viewer: Person }
