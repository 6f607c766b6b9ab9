import { Hono } from 'hono'
import { createAccounts, type EmulatorAccounts } from './connect/account-health.ts'
import { createClock, type EmulatorClock, sleep, type Sleep } from './state/clock.ts'
import { findEndpointKey } from './server/endpoint-host.ts'
import { failRefreshes } from './faults/fail-refreshes.ts'
import { createFaults, type Faults } from './faults/faults.ts'
import { fireTimers } from './triggers/fire-timers.ts'
import { type Inferred, readInferred } from './inferred.ts'
import { readLinkOrigin } from './server/link-origin.ts'
import { NoResponse } from './faults/apply-faults.ts'
import { createRateLimits } from './server/rate-limits.ts'
import { createRequestLog, type LoggedRequest } from './server/request-log.ts'
import { createEndpoints } from './routes/endpoints.ts'
import { addSeed, type Seed } from './state/seed.ts'
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

/** Options of `createEmulator`. All are optional. */
export interface EmulatorOptions {
  /**
   * The http or https origin where browsers reach the emulator. Connect links, logos and the pages of the fake
   * providers use it. Default `http://localhost:4010`.
   */
  publicUrl?: string
  /** Sends webhooks. Default: the global `fetch`. */
  fetch?: FetchLike
  /** Returns the current time. `clock.advance` adds to it. Default: the machine's clock. */
  now?: () => Date
  /** The OAuth client id that the API accepts. Default `emulator-client`. */
  clientId?: string
  /** The OAuth client secret that the API accepts. Default `emulator-secret`. */
  clientSecret?: string
  /** The id of the emulator's own project: `proj_` and letters or digits. Default `proj_emulator`. */
  projectId?: string
  /**
   * The maximum number of external users that can connect accounts in the `development` environment; `Infinity` for no
   * limit. The next user gets an error, and the project a `CONNECTION_ERROR` webhook. A seed may contain more. Default
   * 10, which is what Pipedream documents.
   */
  developmentUserLimit?: number
  /**
   * Enforces the rate limits that Pipedream publishes: 100 connect tokens a minute for each user, and for each project
   * in five minutes 2,000 account requests, 3,000 that read components, 2,000 that run them and 1,000 through the
   * proxy. Requests over a limit get 429. Default true.
   */
  rateLimits?: boolean
  /**
   * Behavior that Pipedream does not document; options that are left out keep their defaults. Throws a TypeError for an
   * unknown name or value.
   */
  inferred?: Partial<Inferred>
  /**
   * The initial data, which `reset` restores. Default: none. Throws an Error for an app that is not in the catalogue.
   */
  seed?: Seed
  /** Waits on behalf of faults. A test can record the milliseconds and return immediately. Default: a timer. */
  sleep?: Sleep
  /** Seed of the random numbers that `share` and `jitterMs` of a fault use, a whole number. Default 1. */
  faultSeed?: number
}

/** An in-memory Pipedream. */
export interface Emulator {
  /**
   * Handles one request to the API or to the hosted pages. The host of the URL is ignored, unless it belongs to a
   * workflow or an HTTP trigger, such as `https://eo1abc.m.pipedream.net`. The Host header is always ignored.
   */
  fetch: (request: Request) => Promise<Response>
  /**
   * Adds accounts or renames the project, until `reset`. Returns the ids of the accounts, in the order of the seed.
   * Throws an Error for an app that is not in the catalogue.
   */
  seed: (seed: Seed) => {
    /** Ids of the added accounts, `apn_...`. */
    accountIds: string[]
  }
  /**
   * Restores the initial state: the `seed` option and nothing else. Clears faults, requests and deliveries, and sets
   * the clock back to `now`.
   */
  reset: () => void
  /**
   * Every webhook sent so far, oldest first. The array is live: it grows, and its entries change when receivers
   * respond.
   */
  readonly deliveries: readonly WebhookDelivery[]
  /** The last 1,000 requests to the API and the pages, oldest first. The array is live. */
  readonly requests: readonly LoggedRequest[]
  /** The emulator's time, which a test moves forward instead of waiting. The `Date` header of responses follows it. */
  readonly clock: EmulatorClock
  /** Injects failures. */
  readonly faults: Faults
  /** Changes the health of accounts, as Pipedream does on its own. */
  readonly accounts: EmulatorAccounts
  /** Revokes access tokens. */
  readonly accessTokens: EmulatorAccessTokens
  /** Emits events of deployed triggers. */
  readonly triggers: EmulatorTriggers
  /** Saves and restores what must survive a restart. */
  readonly state: EmulatorState
  /** The credentials that a client needs. */
  readonly credentials: Credentials
}

/**
 * Creates an in-memory Pipedream with one project. It opens no port and writes no file. Throws a TypeError for an
 * invalid option.
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const clock = createClock(options.now ?? (() => new Date()))
  const context = createContext(options, clock)
  const { store, project, webhooks, faults } = context
  const api = createApp(context)
  const endpoints = createEndpoints(context)
  const log = createRequestLog(clock)
  addSeed(context, options.seed ?? {})
  const initial = { store: snapshotStore(store), project: { ...project } }
  return {
    fetch: (request) => {
      const key = findEndpointKey(new URL(request.url).hostname, context.publicUrl)
      return log.record(request, async () => {
        const response = await handle(key === null ? api : endpoints, request)
        return withDate(response, clock)
      })
    },
    seed: (seed) => addSeed(context, seed),
    reset() {
      restoreStore(store, initial.store)
      Object.assign(project, initial.project)
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

async function handle(app: Hono, request: Request): Promise<Response> {
  try {
    return await app.fetch(request)
  } catch (error) {
    throw error instanceof NoResponse ? error.cause : error
  }
}

// As in Pipedream's responses. Without it, a client that compares clocks sees the machine's clock, not the emulator's.
function withDate(response: Response, clock: EmulatorClock): Response {
  if (!response.headers.has('date')) response.headers.set('date', clock.now().toUTCString())
  return response
}

const DEFAULT_PROJECT = {
  name: 'Emulator',
  appName: 'Acme',
  supportEmail: 'support@acme.example',
  requireKeyAuthTest: true,
}

function readLimit(users: number): number {
  if (Number.isInteger(users) && users >= 0) return users
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

/** Access tokens, which POST /v1/oauth/token issues. */
export interface EmulatorAccessTokens {
  /** Revokes every access token issued so far: requests that use one get 401. New tokens can be requested as before. */
  revokeAll: () => void
}

function createAccessTokens({ accessTokens }: Store): EmulatorAccessTokens {
  return { revokeAll: () => accessTokens.clear() }
}
