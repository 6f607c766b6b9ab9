import type { ConfigurableProp } from '../components/component.ts'
import type { DeployedTrigger } from '../triggers/deployed-trigger.ts'
import type { Scope } from '../connect/scopes.ts'
import type { Message, Spreadsheet } from '../upstreams/provider-data.ts'
import type { StashedFile } from '../components/stash-file.ts'

/** Pipedream documents two isolated environments in every project. */
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
  /** True once an account was connected with it: Pipedream documents connect tokens as single-use. */
  spent: boolean
  scopes: readonly Scope[]
  allowedOrigins: string[]
  successRedirectUri: string | null
  errorRedirectUri: string | null
  webhookUri: string | null
  /** Picks an OAuth client on Pipedream's side; it does not tie the token to an app. */
  appId: string | null
  oauthAppId: string | null
  allowProgressiveScopes: boolean
  /** A whole number of up to 128 bits, in decimal digits: too large for a JavaScript number. */
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
  /** The project's own OAuth client that it was connected through; null for Pipedream's shared one, and for keys. */
  oauthAppId: string | null
  /** Id of an OAuth client that the person brought along; null otherwise. */
  customClientId: string | null
  /** What the person granted; null for what the app, or its OAuth client, asks for. */
  authorizedScopes: readonly string[] | null
  /** What the person typed into a key form, or the custom fields of an OAuth app. */
  credentials: Record<string, string>
  createdAt: Date
  updatedAt: Date
  /** When the credentials were last given by a person: refreshes are counted from here. */
  connectedAt: Date
}

/** One pop-up of the hosted page, from its opening to its end. */
export interface Attempt {
  id: string
  connectToken: string
  slug: string
  /** The account to reconnect, null for a new one. */
  accountId: string | null
  oauthAppId: string | null
  appOverrideId: string | null
  /** As with its account. */
  customClientId: string | null
  /** What the provider is asked for. */
  scopes: readonly string[]
  credentials: Record<string, string>
  outcome:
    | { status: 'pending' }
    | { status: 'succeeded'; accountId: string }
    | { status: 'failed'; error: string }
  /** The connect token's; for a token that is not good, when it was tried. */
  expiresAt: Date
}

/** What the fake provider was asked; found by its unguessable `state`, and gone once answered. */
export interface Authorization {
  state: string
  attemptId: string
  slug: string
  /** Set when the person allowed access: the code to hand in, whose account it is, and what of it. */
  grant: { code: string; accountName: string; scopes: readonly string[] } | null
  /** Its attempt's. */
  expiresAt: Date
}

/** Somebody who has connected an account: Pipedream knows no other users. */
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
  /** The name that the hosted page shows, `app_name` on the wire. */
  appName: string
  supportEmail: string
  /** Are keys tried out before an account is connected with them? */
  requireKeyAuthTest: boolean
}

/** An OAuth client of one's own. Its secret is not kept: the fake providers ask for none. */
export interface OauthApp {
  id: string
  projectId: string
  /** The app that it signs people in to. */
  slug: string
  clientId: string
  name: string | null
  description: string | null
  scopes: string[]
  additionalScopes: string[]
  createdAt: Date
  updatedAt: Date
}

/** Values of an app's fields, and perhaps an OAuth client, that are filled in before anybody connects it. */
export interface AppOverride {
  id: string
  projectId: string
  slug: string
  name: string
  oauthAppId: string | null
  cfmap: Record<string, string>
  createdAt: Date
  /** Null until it is changed. */
  updatedAt: Date | null
}

/** Where a project sends the events of its triggers, in one environment. */
export interface ProjectWebhook {
  id: string
  url: string
  signingKey: string
  createdAt: Date
  updatedAt: Date
}

/** A limit that a caller puts on itself, by sending its token along. */
interface RateLimitToken {
  token: string
  windowSizeSeconds: number
  requestsPerWindow: number
}

/** What a reload of props answered: later calls name it by its id. */
interface DynamicProps {
  /** `dyp_...` */
  id: string
  projectId: string
  environment: Environment
  externalUserId: string
  componentKey: string
  props: readonly ConfigurableProp[]
}

/** What was spent in one minute of one project. */
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
  /** Rows are replaced and never changed: those of the seed are frozen. */
  accounts: Map<string, Readonly<StoredAccount>>
  attempts: Map<string, Attempt>
  authorizations: Map<string, Authorization>
  /** Keyed by `userKey`. */
  users: Map<string, Readonly<ExternalUser>>
  /** Those that were created; the emulator's own project is not among them. */
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

/** Everything the emulator remembers, in memory. */
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
 * Everything in the store, for `restoreStore`. The rows are not copied but frozen: whoever wants to change one has to set
 * another in its place, so the snapshot stays what it is.
 */
export function snapshotStore(store: Store): Map<string, readonly Row[]> {
  const tables: [string, Map<string, object>][] = Object.entries(store)
  for (const [, table] of tables) for (const row of table.values()) freeze(row)
  return new Map(tables.map(([name, table]) => [name, [...table]]))
}

/** Makes the store what it was. */
export function restoreStore(store: Store, snapshot: Map<string, readonly Row[]>): void {
  const tables: [string, Map<string, object>][] = Object.entries(store)
  for (const [name, table] of tables) restoreTable(table, snapshot.get(name) ?? [])
}

// Most of a large seed is still where it was, and rows are listed in the order in which they came: what is before the first
// difference stays, and what follows is put back. A row never changes its key, so the same row has the same key.
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
