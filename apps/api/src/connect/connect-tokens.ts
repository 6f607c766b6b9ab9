import type {
  ConnectToken as MintedToken,
  CreateConnectTokenInput as CreateTokenInput,
} from 'pipedream-client/server'
import { EXTERNAL_USER_ID_MAX, type Viewer } from '../auth/viewer.ts'
import type { ConnectTokenSettings, SignedInContext } from '../context.ts'
import { InvalidInput, NotAllowed, RateLimited } from '../errors.ts'
import { pathTo } from '../http/routes.ts'
import { newId } from '../new-id.ts'
import { getApp } from '../pipedream/apps.ts'
import { readText } from '../read-text.ts'
import type { Flow, NewFlow } from '../store/flows.ts'
import { createSecret, sha256 } from '../store/secrets.ts'
import { getOwnAccount } from './accounts.ts'
import {
  CONNECT_TOKEN_LIFETIME_MS,
  lifetimeOf,
  warnOfLifetime,
  windowOf,
} from './connect-token-lifetime.ts'
import { readCodeChallenge } from './flow-binding.ts'
import { takePreparedToken } from './prepared-tokens.ts'
import { recordRefusal, type Refused } from './record-refusal.ts'

/** How long a token that no one has may be kept. The other half of its lifetime is for the user. */
export const PREPARED_TOKEN_LIFETIME_MS = CONNECT_TOKEN_LIFETIME_MS / 2

export interface ConnectTokenTarget {
  app?: string | null | undefined
  accountId?: string | null | undefined
}

export interface CreateConnectTokenInput extends ConnectTokenTarget {
  externalUserId?: string | null | undefined
  codeChallenge?: string | null | undefined
}

export interface ConnectToken {
  token: string
  expiresAt: Date
  connectLinkUrl: string
  connectUrl: string
  flow: Flow
}

/** A minted connect token that has not been returned to anyone yet. */
export interface FlowToken {
  /** The app's slug. */
  app: string
  minted: MintedToken
  /** The secret in the webhook and finish URLs of the token's flow. */
  secret: string
  /** When Pipedream was asked for the token, as `elapsedMs`: a clock that is set meanwhile does not matter. */
  askedMs: number
  /** When Pipedream's response arrived, as `elapsedMs`. */
  mintedMs: number
}

/**
 * Returns a connect token for the viewer, or for the user that a service names, and records the flow. The token is the
 * one that this browser had prepared, or else a new one.
 */
export async function createConnectToken(
  input: CreateConnectTokenInput,
  context: SignedInContext,
): Promise<ConnectToken> {
  const refused: Refused = { type: 'flow_refused' }
  try {
    const codeChallenge = readCodeChallenge(input.codeChallenge)
    const externalUserId = whoseToken('externalUserId', input.externalUserId, context.viewer)
    const prepared = await takePreparedToken(input, externalUserId, context)
    const app = prepared?.app ?? (await admit(input, externalUserId, context))
    refused.app = app
    const browserHash = bindBrowser({ externalUserId, codeChallenge }, context)
    const token = prepared ?? (await mintFlowToken({ externalUserId, app }, context))
    const reconnects = input.accountId ?? null
    const viewerKind = context.viewer.kind
    const start = { externalUserId, app, reconnects, browserHash, codeChallenge, viewerKind }
    const flow = await startFlow(start, token, context)
    const { connectToken, expiresAt, connectLinkUrl } = token.minted
    return {
      token: connectToken,
      expiresAt,
      connectLinkUrl: withApp(connectLinkUrl, app, reconnects),
      connectUrl: context.connectTokens.connectUrl,
      flow,
    }
  } catch (error) {
    await recordRefusal(refused, error, context)
    throw error
  }
}

/** Returns the hash of the cookie that a new flow is bound to; null: a service starts it, or the browser keeps no cookie. */
function bindBrowser(
  { externalUserId, codeChallenge }: { externalUserId: string; codeChallenge: string | null },
  { viewer, browser }: SignedInContext,
): string | null {
  if (viewer.kind === 'service') return null
  return codeChallenge !== null && !browser.keepsCookies ? null : browser.bind(externalUserId)
}

/** Checks that a user may have a connect token for this target now, and returns the app's slug. */
export async function admit(
  input: ConnectTokenTarget,
  externalUserId: string,
  context: SignedInContext,
): Promise<string> {
  await countConnectToken(externalUserId, context)
  return whichApp(input, externalUserId, context)
}

type Minter = Pick<SignedInContext, 'pipedream' | 'connectTokens' | 'flows' | 'now' | 'elapsedMs'>

/** Mints a connect token whose addresses belong to a flow. The flow is recorded when the token is returned. */
export async function mintFlowToken(
  { externalUserId, app }: { externalUserId: string; app: string },
  context: Minter,
): Promise<FlowToken> {
  const secret = createSecret()
  const { redirects, webhook } = flowAddresses(secret, context.connectTokens)
  const minting = { externalUserId, app, ...redirects, ...webhook }
  return { app, secret, ...(await mintNow(minting, context)) }
}

/**
 * Mints a connect token for a page of the official SDK, and records a flow that is bound to nothing: such a page never confirms, so
 * what it connects belongs to that flow and is not held. Its hosted page does not lead back to the gateway.
 */
export async function createBareConnectToken(
  { externalUserId, app }: { externalUserId: string; app: string | null },
  viewerKind: Viewer['kind'],
  context: Minter,
): Promise<MintedToken> {
  const secret = createSecret()
  const { webhook } = flowAddresses(secret, context.connectTokens)
  const minting = { externalUserId, ...(app !== null && { app }), ...webhook }
  const token = await mintNow(minting, context)
  const unbound = { browserHash: null, codeChallenge: null }
  const start = { externalUserId, app, reconnects: null, ...unbound, viewerKind }
  await startFlow({ ...start, event: 'connect_token_created' }, { secret, ...token }, context)
  return token.minted
}

async function mintNow(
  minting: Minting,
  context: Minter,
): Promise<Pick<FlowToken, 'minted' | 'askedMs' | 'mintedMs'>> {
  const askedMs = context.elapsedMs()
  const minted = await mintConnectToken(minting, context)
  warnOfLifetime(minted)
  return { minted, askedMs, mintedMs: context.elapsedMs() }
}

type Start = Pick<
  NewFlow,
  'externalUserId' | 'app' | 'reconnects' | 'browserHash' | 'codeChallenge' | 'viewerKind'
> & { event?: 'connect_token_created' }

/** Records the flow of a token that is issued now. */
async function startFlow(
  { event, ...start }: Start,
  { minted, secret, askedMs, mintedMs }: Omit<FlowToken, 'app'>,
  { flows, now, elapsedMs }: Minter,
): Promise<Flow> {
  const createdAt = now()
  const startMs = elapsedMs()
  const flow: NewFlow = {
    ...start,
    id: newId(),
    connectTokenHash: sha256(minted.connectToken),
    secretHash: sha256(secret),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + lifetimeOf(minted) - (startMs - askedMs)),
    window: windowOf(minted, startMs - mintedMs),
  }
  return flows.create(flow, event)
}

// Two separate secrets would not help: the holder of the token can ask Pipedream for both URLs.
function flowAddresses(secret: string, { publicUrl, hasWebhooks }: ConnectTokenSettings) {
  const finish = pathTo(publicUrl, '/connect/finish/:flowSecret', secret)
  const webhookUri = pathTo(publicUrl, '/webhooks/pipedream/:flowSecret', secret)
  return {
    redirects: { successRedirectUri: finish, errorRedirectUri: `${finish}?failed=1` },
    webhook: hasWebhooks ? { webhookUri } : {},
  }
}

/**
 * Returns the ID of the user that a connect token is for: the viewer, or the user that a service names in `field`. Throws
 * `InvalidInput` and `NotAllowed`.
 */
export function whoseToken(
  field: string,
  named: string | null | undefined,
  viewer: Viewer,
): string {
  if (viewer.kind === 'service') return readNamedUser(field, named)
  if (named == null) return viewer.externalUserId
  throw new NotAllowed(`You can only connect your own accounts. Leave out “${field}”.`)
}

function readNamedUser(field: string, value: string | null | undefined): string {
  const named = value?.trim() ? readText(field, value) : undefined
  if (named === undefined) {
    throw new InvalidInput(field, `A service must name the user. Set “${field}”.`)
  }
  if (named.length <= EXTERNAL_USER_ID_MAX) return named
  throw new InvalidInput(
    field,
    `“${field}” is longer than ${EXTERNAL_USER_ID_MAX} characters, which is Pipedream’s limit.`,
  )
}

/** Counts a connect token against a user's rate limit. Throws `RateLimited`. */
export async function countConnectToken(
  externalUserId: string,
  { rateLimits }: Pick<SignedInContext, 'rateLimits'>,
): Promise<void> {
  const retryAfterMs = await rateLimits.take('connectToken', externalUserId)
  if (retryAfterMs !== undefined) throw new RateLimited(retryAfterMs)
}

type Minting = Omit<CreateTokenInput, 'allowedOrigins' | 'expiresInMs' | 'scope'>

/** Mints a connect token at Pipedream with the configured scope and origins. */
function mintConnectToken(
  minting: Minting,
  { pipedream, connectTokens }: Pick<Minter, 'pipedream' | 'connectTokens'>,
): Promise<MintedToken> {
  const { allowedOrigins, scope } = connectTokens
  return pipedream.connectTokens.create({
    ...minting,
    allowedOrigins,
    expiresInMs: CONNECT_TOKEN_LIFETIME_MS,
    scope,
  })
}

const HELD =
  'This account isn’t confirmed yet, so it can’t be reconnected. Disconnect it, then connect it again.'

async function whichApp(
  input: CreateConnectTokenInput,
  externalUserId: string,
  context: SignedInContext,
): Promise<string> {
  const { accountId } = input
  const app = readText('app', input.app)
  if (accountId != null) {
    const account = await getOwnAccount(accountId, externalUserId, context)
    if (account.hold !== null) throw new NotAllowed(HELD)
    if (app === undefined || app === account.app.slug) return account.app.slug
    throw new InvalidInput(
      'app',
      `This account belongs to the app “${account.app.slug}”. Leave out “app”.`,
    )
  }
  if (app === undefined) {
    throw new InvalidInput(
      'app',
      'Set “app” to connect an app, or “accountId” to reconnect an account.',
    )
  }
  return (await getApp(app, context)).slug
}

// Pipedream's link does not contain the app; the integrator adds it.
export function withApp(link: string, app: string, accountId: string | null | undefined): string {
  const url = new URL(link)
  url.searchParams.set('app', app)
  if (accountId != null) url.searchParams.set('accountId', accountId)
  return url.href
}
