import type { Browser } from './auth/cookies.ts'
import type { Services } from './services.ts'
import type { RateLimits } from './http/rate-limits.ts'
import type { OperatorData } from './operator/operator-data.ts'
import type { EventBroker } from './live/event-broker.ts'
import type { UpstreamCache } from './pipedream/upstream-cache.ts'
import type { Person, Viewer } from './auth/viewer.ts'

/** How connect tokens are minted. */
export interface ConnectTokenSettings {
  /** Pages that may use a connect token as a bearer from a browser. */
  allowedOrigins: string[]
  /** Undefined: Pipedream's default. */
  scope: string | undefined
  /** Where the browser opens the frame. */
  connectUrl: string
  /** Where the hosted page sends browsers back to, and Pipedream its webhooks; without a slash at the end. */
  publicUrl: string
  /** Whether Pipedream can reach us there; default: it cannot. */
  hasWebhooks?: boolean
}

/** What a request needs to subscribe to events. */
interface Live {
  broker: EventBroker
  /** The header `Last-Event-ID`, with which a reader resumes a subscription. */
  lastEventId: string | undefined
  /** Whether the credentials of the request are still valid; also true while that cannot be verified. */
  isStillSignedIn: () => Promise<boolean>
}

/** What a resolver sees. */
export interface Context extends Services {
  viewer: Viewer | undefined
  /** The browser that makes this request. */
  browser: Browser
  cache: UpstreamCache
  connectTokens: ConnectTokenSettings
  rateLimits: RateLimits
  live: Live
  operatorData: OperatorData
}

/** What a resolver sees where somebody must be signed in. */
export type SignedInContext = Context & { viewer: Viewer }

/** What a resolver sees where the viewer must be an operator. */
export type OperatorContext = Context & { viewer: Extract<Viewer, { kind: 'operator' }> }

/** What a resolver sees where the viewer must be a person. */
export type PersonContext = Context & { viewer: Person }
