import { Hono } from 'hono'
import { createAccounts, type EmulatorAccounts } from './connect/account-health.ts'
import { createClock, type EmulatorClock, sleep, type Sleep } from './state/clock.ts'
import { findEndpointKey } from './server/endpoint-host.ts'
import { failRefreshes } from './faults/fail-refreshes.ts'
import { createFaults, type Faults } from './faults/faults.ts'
import { fireTimers } from './triggers/fire-timers.ts'
import { type Inferred, readInferred } from './inferred.ts'
import { readLinkOrigin } from './server/link-origin.ts'
import { NoAnswer } from './faults/misbehave.ts'
import { createRateLimits } from './server/rate-limits.ts'
import { createRequestLog, type LoggedRequest } from './server/request-log.ts'
import { createEndpoints } from './routes/endpoints.ts'
import { plantSeed, type Seed } from './state/seed.ts'
import { createState, type EmulatorState } from './state/state.ts'
import { createStore, restoreStore, snapshotStore, type Store } from './state/store.ts'
import { createWebhooks, type FetchLike, type WebhookDelivery } from './server/webhooks.ts'
import {
  type Credentials,
  DEFAULT_CREDENTIALS,
  type EmulatorContext,
} from './state/emulator-context.ts'
import { createTriggers, type EmulatorTriggers } from './triggers/emit-event.ts'
import { createApp } from './routes/create-app.ts'

export interface EmulatorOptions {
  /**
   * Where browsers reach the emulator: an http or https origin. It is put into connect links, logos and the pages of the
   * fake providers. Default `http://localhost:4010`.
   */
  publicUrl?: string
  /** How webhooks are delivered. Default: the global `fetch`. */
  fetch?: FetchLike
  /** What time it is. Default: the machine's clock. `clock.advance` adds to it. */
  now?: () => Date
  /** Default `emulator-client`. */
  clientId?: string
  /** Default `emulator-secret`. */
  clientSecret?: string
  /** `proj_` and letters or digits. Default `proj_emulator`. */
  projectId?: string
  /**
   * How many external users may connect something in the `development` environment; one more gets an error and a
   * `CONNECTION_ERROR` webhook. A seed may hold more. Default 10, which is what Pipedream documents.
   */
  developmentUserLimit?: number
  /**
   * Whether the request limits that Pipedream publishes hold: 100 connect tokens a minute for each user, and for each
   * project in five minutes 2,000 requests for accounts, 3,000 that read components, 2,000 that use them and 1,000
   * through the proxy. One more gets 429. Default true.
   */
  rateLimits?: boolean
  /**
   * What the emulator does where Pipedream documents nothing; whatever is left out has its default. Throws a TypeError on
   * a name or a value that there is not.
   */
  inferred?: Partial<Inferred>
  /** What to start with, and what `reset` brings back. Default: nothing. Throws on an app that the catalogue lacks. */
  seed?: Seed
  /** How faults wait. Default: by the machine's clock. A test can note the milliseconds and go on at once. */
  sleep?: Sleep
  /** Start of the random that `share` and `jitterMs` of a fault draw from: a whole number. Default 1. */
  faultSeed?: number
}

/** A Pipedream that lives in this process. */
export interface Emulator {
  /**
   * Answers one request to the API or the hosted pages. The host of the URL does not matter, unless it is one of a workflow
   * or of an HTTP trigger, such as `https://eo1abc.m.pipedream.net`; a Host header never does.
   */
  fetch: (request: Request) => Promise<Response>
  /** Adds accounts, or renames the project, until `reset`. Throws on an app that the catalogue lacks. */
  seed: (seed: Seed) => { accountIds: string[] }
  /** Back to how it was created: the `seed` option and nothing else. No fault, request or delivery; the clock is unmoved. */
  reset: () => void
  /** Every webhook sent so far, oldest first. The list is live: it grows, and its entries change as receivers answer. */
  readonly deliveries: readonly WebhookDelivery[]
  /** The last 1,000 requests to the API and the pages, oldest first. The list is live, too. */
  readonly requests: readonly LoggedRequest[]
  readonly clock: EmulatorClock
  /** Ways to misbehave. */
  readonly faults: Faults
  readonly accounts: EmulatorAccounts
  readonly accessTokens: EmulatorAccessTokens
  readonly triggers: EmulatorTriggers
  /** What a restart has to keep. */
  readonly state: EmulatorState
  /** What a client has to be given to be let in. */
  readonly credentials: Credentials
}

/** Creates a Pipedream with one project, in memory: nothing is listened on, nothing is written. */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const clock = createClock(options.now ?? (() => new Date()))
  const context = createContext(options, clock)
  const { store, project, webhooks, faults } = context
  const api = createApp(context)
  const endpoints = createEndpoints(context)
  const log = createRequestLog(clock)
  plantSeed(context, options.seed ?? {})
  const planted = { store: snapshotStore(store), project: { ...project } }
  return {
    fetch: (request) => {
      const key = findEndpointKey(new URL(request.url).hostname, context.publicUrl)
      return log.record(request, () => answer(key === null ? api : endpoints, request))
    },
    seed: (seed) => plantSeed(context, seed),
    reset() {
      restoreStore(store, planted.store)
      Object.assign(project, planted.project)
      webhooks.reset()
      context.rateLimits.reset()
      faults.clear()
      log.requests.length = 0
      clock.reset()
    },
    deliveries: webhooks.deliveries,
    requests: log.requests,
    clock: {
      now: clock.now,
      advance(milliseconds) {
        const from = clock.now()
        clock.advance(milliseconds)
        failRefreshes(context, { from, to: clock.now() })
        fireTimers(context)
      },
    },
    faults,
    accounts: createAccounts(context),
    accessTokens: createAccessTokens(store),
    triggers: createTriggers(context),
    state: createState({ store, project, clock }),
    credentials: context.credentials,
  }
}

function createContext(options: EmulatorOptions, clock: EmulatorClock): EmulatorContext {
  const credentials = {
    clientId: options.clientId ?? DEFAULT_CREDENTIALS.clientId,
    clientSecret: options.clientSecret ?? DEFAULT_CREDENTIALS.clientSecret,
    projectId: options.projectId ?? DEFAULT_CREDENTIALS.projectId,
  }
  const faults = createFaults(options.faultSeed)
  const waiting = options.sleep ?? sleep
  const inferred = readInferred({ ...options.inferred })
  const publicUrl = readPublicUrl(options.publicUrl)
  return {
    store: createStore(),
    clock,
    faults,
    sleep: waiting,
    webhooks: createWebhooks({ fetch: options.fetch ?? fetch, clock, faults, sleep: waiting }),
    credentials,
    project: { id: credentials.projectId, ...DEFAULT_PROJECT },
    rateLimits: createRateLimits(clock, options.rateLimits ?? true),
    inferred,
    developmentUserLimit: readLimit(options.developmentUserLimit ?? 10),
    publicUrl,
    linkOrigin: readLinkOrigin(publicUrl, inferred),
  }
}

async function answer(app: Hono, request: Request): Promise<Response> {
  try {
    return await app.fetch(request)
  } catch (error) {
    throw error instanceof NoAnswer ? error.cause : error
  }
}

const DEFAULT_PROJECT = {
  name: 'Emulator',
  appName: 'Acme',
  supportEmail: 'support@acme.example',
  requireKeyAuthTest: true,
}

function readLimit(users: number): number {
  if (Number.isInteger(users) && users >= 0) return users
  // Somebody who wants no limit at all.
  if (users === Number.POSITIVE_INFINITY) return users
  throw new TypeError('developmentUserLimit must be a whole number, or Infinity.')
}

function readPublicUrl(value = 'http://localhost:4010'): string {
  const url = URL.parse(value)
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new TypeError('publicUrl must be an http or https URL.')
  }
  return url.origin
}

/** Access tokens are made by POST /v1/oauth/token; here they end before their time. */
export interface EmulatorAccessTokens {
  /** Every access token handed out so far is answered with 401. New ones can be had as before. */
  revokeAll: () => void
}

function createAccessTokens({ accessTokens }: Store): EmulatorAccessTokens {
  return { revokeAll: () => accessTokens.clear() }
}
