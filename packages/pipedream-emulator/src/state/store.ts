import type { ConfigurableProp } from '../components/component.ts'
import type { DeployedTrigger } from '../triggers/deployed-trigger.ts'
import type { Scope } from '../connect/scopes.ts'
import type { Message, Spreadsheet } from '../upstreams/provider-data.ts'
import type { StashedFile } from '../components/stash-file.ts'

/** The two isolated environments that Pipedream documents for every project. */
export type Environment = 'development' | 'production'

interface AccessToken {
  accessToken: string
  scopes: readonly Scope[]
  expiresAt: Date
}

export interface ConnectToken {
  token: string
  projectId: string
  environment: Environment
  externalUserId: string
  expiresAt: Date
  /** True after the token connected an account. Pipedream documents connect tokens as single-use. */
  spent: boolean
  scopes: readonly Scope[]
  allowedOrigins: string[]
  successRedirectUri: string | null
  errorRedirectUri: string | null
  webhookUri: string | null
  /** The id of an OAuth client. It does not restrict the token to an app. */
  appId: string | null
  oauthAppId: string | null
  allowProgressiveScopes: boolean
  /** A whole number of up to 128 bits in decimal, which is too large for a JavaScript number. */
  sessionId: string
}

export interface StoredAccount {
  id: string
  projectId: string
  environment: Environment
  externalUserId: string
  slug: string
  name: string | null
  healthy: boolean
  dead: boolean
  error: string | null
  /** The project's own OAuth client that connected the account; null for Pipedream's shared client and for keys. */
  oauthAppId: string | null
  /** The id of an OAuth client that the user provided; null otherwise. */
  customClientId: string | null
  /** The scopes that the user granted; null for those that the app or its OAuth client requests. */
  authorizedScopes: readonly string[] | null
  /** What the user typed into a key form, or the custom fields of an OAuth app. */
  credentials: Record<string, string>
  createdAt: Date
  updatedAt: Date
  /** When the user last provided the credentials. Refreshes are counted from here. */
  connectedAt: Date
}

/** One pop-up of the hosted page, from opening to result. */
export interface Attempt {
  id: string
  connectToken: string
  slug: string
  /** The account to reconnect; null for a new one. */
  accountId: string | null
  oauthAppId: string | null
  appOverrideId: string | null
  /** Copied to the account. */
  customClientId: string | null
  /** The scopes to request from the provider. */
  scopes: readonly string[]
  credentials: Record<string, string>
  outcome:
    | { status: 'pending' }
    | { status: 'succeeded'; accountId: string }
    | { status: 'failed'; error: string }
  /** The expiry of the connect token; for an invalid token, the time of the attempt. */
  expiresAt: Date
}

/** A pending request to the fake provider, found by its unguessable `state` and deleted once used. */
export interface Authorization {
  state: string
  attemptId: string
  slug: string
  /** Set when the user allowed access: the authorization code, the name of the account and the granted scopes. */
  grant: { code: string; accountName: string; scopes: readonly string[] } | null
  /** The expiry of the attempt. */
  expiresAt: Date
}

/** A user who has connected an account. Pipedream lists no others. */
export interface ExternalUser {
  id: string
  projectId: string
  environment: Environment
  externalId: string
  createdAt: Date
  updatedAt: Date
}

export interface Project {
  id: string
  name: string
  /** The name that the hosted page shows; `app_name` on the wire. */
  appName: string
  supportEmail: string
  /** Whether keys are tested before an account is connected with them. */
  requireKeyAuthTest: boolean
}

/** An OAuth client of the project. Its secret is not stored, because the fake providers do not check it. */
export interface OauthApp {
  id: string
  projectId: string
  /** The app that the client signs users in to. */
  slug: string
  clientId: string
  name: string | null
  description: string | null
  scopes: string[]
  additionalScopes: string[]
  createdAt: Date
  updatedAt: Date
}

/** Preset values of an app's fields, and optionally an OAuth client. */
export interface AppOverride {
  id: string
  projectId: string
  slug: string
  name: string
  oauthAppId: string | null
  cfmap: Record<string, string>
  createdAt: Date
  /** Null until the first update. */
  updatedAt: Date | null
}

/** Where a project sends its triggers' events, for one environment. */
export interface ProjectWebhook {
  id: string
  url: string
  signingKey: string
  createdAt: Date
  updatedAt: Date
}

/** A limit that callers impose on themselves by sending its token. */
interface RateLimitToken {
  token: string
  windowSizeSeconds: number
  requestsPerWindow: number
}

/** The props that a reload returned. Later calls refer to them by id. */
interface DynamicProps {
  /** `dyp_...` */
  id: string
  projectId: string
  environment: Environment
  externalUserId: string
  componentKey: string
  props: readonly ConfigurableProp[]
}

/** The credits used in one minute of one project. */
export interface Usage {
  projectId: string
  minute: Date
  actionRuns: number
  proxyCalls: number
  emittedEvents: number
}

export interface Store {
  accessTokens: Map<string, AccessToken>
  connectTokens: Map<string, Readonly<ConnectToken>>
  /** Rows are replaced and never mutated: those of the seed are frozen. */
  accounts: Map<string, Readonly<StoredAccount>>
  attempts: Map<string, Attempt>
  authorizations: Map<string, Authorization>
  /** Keyed by `userKey`. */
  users: Map<string, Readonly<ExternalUser>>
  /** Projects created through the API; the emulator's own project is not one of them. */
  projects: Map<string, Project>
  oauthApps: Map<string, OauthApp>
  appOverrides: Map<string, AppOverride>
  /** Keyed by project and environment. */
  projectWebhooks: Map<string, ProjectWebhook>
  rateLimitTokens: Map<string, RateLimitToken>
  dynamicProps: Map<string, DynamicProps>
  deployedTriggers: Map<string, DeployedTrigger>
  /** Keyed by `s3Key`. */
  stashedFiles: Map<string, StashedFile>
  /** Keyed by account and id. */
  spreadsheets: Map<string, Spreadsheet>
  /** Keyed by account and `ts`. */
  messages: Map<string, Message>
  /** Keyed by project and minute. */
  usage: Map<string, Usage>
}

/** All state of the emulator, in memory. */
export function createStore(): Store {
  return {
    accessTokens: new Map(),
    connectTokens: new Map(),
    accounts: new Map(),
    attempts: new Map(),
    authorizations: new Map(),
    users: new Map(),
    projects: new Map(),
    oauthApps: new Map(),
    appOverrides: new Map(),
    projectWebhooks: new Map(),
    rateLimitTokens: new Map(),
    dynamicProps: new Map(),
    deployedTriggers: new Map(),
    stashedFiles: new Map(),
    spreadsheets: new Map(),
    messages: new Map(),
    usage: new Map(),
  }
}

type Row = readonly [key: string, row: object]

/**
 * Returns everything in the store, for `restoreStore`. The rows are frozen instead of copied: a change replaces the row
 * in the store and leaves the snapshot intact.
 */
export function snapshotStore(store: Store): Map<string, readonly Row[]> {
  const tables: [string, Map<string, object>][] = Object.entries(store)
  for (const [, table] of tables) for (const row of table.values()) freeze(row)
  return new Map(tables.map(([name, table]) => [name, [...table]]))
}

/** Restores a snapshot. */
export function restoreStore(store: Store, snapshot: Map<string, readonly Row[]>): void {
  const tables: [string, Map<string, object>][] = Object.entries(store)
  for (const [name, table] of tables) restoreTable(table, snapshot.get(name) ?? [])
}

// Most rows of a large seed are still in place, and rows are listed in insertion order. So everything before the first
// difference stays, and only the rest is written again. A row never changes its key, so the same row has the same key.
function restoreTable(table: Map<string, object>, rows: readonly Row[]): void {
  let same = 0
  for (const row of table.values()) {
    if (row !== rows[same]?.[1]) break
    same += 1
  }
  if (same < table.size) for (const key of [...table.keys()].slice(same)) table.delete(key)
  for (const [key, row] of rows.slice(same)) table.set(key, row)
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  Object.freeze(value)
  for (const inner of Object.values(value)) freeze(inner)
}
