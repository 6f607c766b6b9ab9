import { randomBytes, randomUUID } from 'node:crypto'
import { readNamedUser } from '../auth/external-user-id.ts'
import type { ConnectTokenSettings, SignedInContext } from '../context.ts'
import { InvalidInput, NotAllowed, RateLimited, readText } from '../errors.ts'
import { getApp } from '../pipedream/apps.ts'
import type { Flow, NewFlow } from '../store/flows.ts'
import { sha256 } from '../store/sha256.ts'
import { getOwnAccount } from './accounts.ts'
import { deadlineOf } from './could-have-made.ts'
import { recordRefusal, type Refused } from './record-refusal.ts'

// Long enough for a provider's sign-in with a second factor, short enough that a leaked link is soon worthless.
export const CONNECT_TOKEN_LIFETIME_MS = 15 * 60 * 1000

export interface CreateConnectTokenInput {
  app?: string | null | undefined
  accountId?: string | null | undefined
  externalUserId?: string | null | undefined
}

export interface ConnectToken {
  token: string
  expiresAt: Date
  connectLinkUrl: string
  connectUrl: string
  flow: Flow
}

/** Mints a connect token for the viewer (or, for a service, for the user it names) and records the flow. */
export async function createConnectToken(
  input: CreateConnectTokenInput,
  context: SignedInContext,
): Promise<ConnectToken> {
  const refused: Refused = { type: 'flow_refused' }
  return recordRefusal(refused, context, async () => {
    const externalUserId = whoseToken(input, context)
    const retryAfterMs = await context.rateLimits.take('connectToken', externalUserId)
    if (retryAfterMs !== undefined) throw new RateLimited(retryAfterMs)
    const app = await whichApp(input, externalUserId, context)
    refused.app = app
    // A service's flow belongs to no browser: nobody could confirm it, so what it makes is not held.
    const browserHash =
      context.viewer.kind === 'service' ? null : context.browser.bind(externalUserId)
    const reconnects = input.accountId ?? null
    return startFlow({ externalUserId, app, reconnects, browserHash }, context)
  })
}

type Start = Pick<NewFlow, 'externalUserId' | 'app' | 'reconnects' | 'browserHash'>

async function startFlow(start: Start, context: SignedInContext): Promise<ConnectToken> {
  const { externalUserId, app, reconnects } = start
  const { allowedOrigins, scope, connectUrl } = context.connectTokens
  const secret = randomBytes(32).toString('base64url')
  const createdAt = context.now()
  const minted = await context.pipedream.connectTokens.create({
    externalUserId,
    app,
    allowedOrigins,
    expiresInMs: CONNECT_TOKEN_LIFETIME_MS,
    ...addresses(secret, context.connectTokens),
    ...(scope !== undefined && { scope }),
  })
  const flow = await context.flows.create({
    ...start,
    id: randomUUID(),
    viewerKind: context.viewer.kind,
    connectTokenHash: sha256(minted.connectToken),
    secretHash: sha256(secret),
    createdAt,
    expiresAt: minted.expiresAt,
    settleAfter: deadlineOf(minted),
  })
  return {
    token: minted.connectToken,
    expiresAt: minted.expiresAt,
    connectLinkUrl: withApp(minted.connectLinkUrl, app, reconnects),
    connectUrl,
    flow,
  }
}

// Two secrets would be no better: whoever has the token can ask Pipedream where it leads.
function addresses(secret: string, { publicUrl, hasWebhooks }: ConnectTokenSettings) {
  const finish = `${publicUrl}/connect/finish/${secret}`
  return {
    successRedirectUri: finish,
    errorRedirectUri: `${finish}?failed=1`,
    ...(hasWebhooks && { webhookUri: `${publicUrl}/webhooks/pipedream/${secret}` }),
  }
}

function whoseToken(input: CreateConnectTokenInput, { viewer }: SignedInContext): string {
  if (viewer.kind === 'service') return readNamedUser('externalUserId', input.externalUserId)
  if (input.externalUserId != null) {
    throw new NotAllowed('You can connect your own accounts only: leave “externalUserId” out.')
  }
  return viewer.externalUserId
}

const HELD =
  'This account is not confirmed yet, so it cannot be reconnected. Disconnect it, and connect it again.'

async function whichApp(
  input: CreateConnectTokenInput,
  externalUserId: string,
  context: SignedInContext,
): Promise<string> {
  const { accountId } = input
  const app = readText('app', input.app)
  if (accountId != null) {
    const account = await getOwnAccount(accountId, externalUserId, context)
    if (account.heldFlowId !== null) throw new NotAllowed(HELD)
    if (app === undefined || app === account.app.slug) return account.app.slug
    throw new InvalidInput(
      'app',
      `That account is of the app “${account.app.slug}”: leave “app” out.`,
    )
  }
  if (app === undefined) {
    throw new InvalidInput(
      'app',
      'Say which app to connect (“app”), or which account to reconnect.',
    )
  }
  return (await getApp(app, context)).slug
}

// Pipedream leaves it to us to say in the link which app to connect.
export function withApp(link: string, app: string, accountId: string | null | undefined): string {
  const url = new URL(link)
  url.searchParams.set('app', app)
  if (accountId != null) url.searchParams.set('accountId', accountId)
  return url.href
}
