import { type Account, PipedreamError } from 'pipedream-client/server'
import type { OperatorContext } from '../context.ts'
import { InvalidInput, PlanChanged, UnknownApp } from '../errors.ts'
import { currentRequest } from '../observability/log.ts'
import { getApp } from '../pipedream/apps.ts'
import { upstreamSentence } from '../pipedream/upstream-error.ts'
import { readText } from '../read-text.ts'
import { sha256 } from '../store/secrets.ts'
import { deleteAccount } from './delete-account.ts'
import { recordHealth } from './record-health.ts'
import { recordRefusal } from './record-refusal.ts'

/** The user, the app or both whose accounts to disconnect; at least one of them. */
export interface DisconnectionTarget {
  externalUserId?: string | null | undefined
  app?: string | null | undefined
}

export type OwnedAccount = Account & { externalUserId: string }

export interface DisconnectionPlan {
  accounts: OwnedAccount[]
  /** There are more accounts than one run disconnects. */
  hasMore: boolean
  /** Hash of these accounts, this target and this operator. */
  confirmation: string
}

export interface Disconnection {
  account: OwnedAccount
  /** Why the account is still connected; null: it was disconnected. */
  error: PipedreamError | Error | null
}

// The limit for one request; the remaining accounts take another dry run.
const ACCOUNTS_MAX = 200
const CONCURRENCY = 5

/** Reads from Pipedream which accounts a run would disconnect. Changes nothing. */
export async function planDisconnection(
  target: DisconnectionTarget,
  context: OperatorContext,
): Promise<DisconnectionPlan> {
  const { externalUserId, app } = readTarget(target)
  const accounts: OwnedAccount[] = []
  let hasMore = false
  const found = await context.pipedream.accounts.list({ externalUserId, app, limit: 100 })
  for await (const account of found) {
    // If Pipedream ignored the filter, other users' accounts must not be disconnected.
    if (!isOwned(account)) continue
    if (externalUserId !== undefined && account.externalUserId !== externalUserId) continue
    if (app !== undefined && account.app?.slug !== app) continue
    hasMore = accounts.length === ACCOUNTS_MAX
    if (hasMore) break
    accounts.push(account)
  }
  if (app !== undefined && accounts.length === 0) await checkApp(app, context)
  const ids = accounts.map(({ id }) => id).toSorted()
  const bound = [context.viewer.externalUserId, externalUserId ?? null, app ?? null, ids]
  return { accounts, hasMore, confirmation: sha256(JSON.stringify(bound)) }
}

// A mistyped slug has no accounts, and must not look like an app without accounts. An app that left the catalogue may have some.
async function checkApp(app: string, context: OperatorContext): Promise<void> {
  try {
    await getApp(app, context)
  } catch (error) {
    if (!(error instanceof UnknownApp)) throw error
    throw new InvalidInput('app', `There is no app “${app}”. Use its slug, such as google_sheets.`)
  }
}

/**
 * Disconnects the accounts of a dry run, if they are still the same. The order is logged before the first deletion, and
 * each account's outcome after it. A failed deletion is reported, and does not stop the others.
 */
export async function runDisconnection(
  { confirmation, ...target }: DisconnectionTarget & { confirmation: string },
  context: OperatorContext,
): Promise<Disconnection[]> {
  const { viewer, events } = context
  const by = { viewerKind: viewer.kind, actorId: viewer.externalUserId }
  try {
    const plan = await planDisconnection(target, context)
    if (plan.confirmation !== confirmation) throw new PlanChanged()
    const { externalUserId, app } = target
    const reason = `accounts: ${plan.accounts.length}`
    await events.record({ type: 'disconnection_ordered', externalUserId, app, reason, ...by })
    await recordHealth(plan.accounts, context)
    const outcomes: Disconnection[] = []
    for (let start = 0; start < plan.accounts.length; start += CONCURRENCY) {
      const group = plan.accounts.slice(start, start + CONCURRENCY)
      outcomes.push(...(await Promise.all(group.map((account) => disconnect(account, context)))))
    }
    return outcomes
  } catch (error) {
    const refused = { type: 'disconnection_refused', actorId: by.actorId } as const
    await recordRefusal(refused, error, context)
    throw error
  }
}

async function disconnect(account: OwnedAccount, context: OperatorContext): Promise<Disconnection> {
  const { viewer } = context
  const by = { viewerKind: viewer.kind, actorId: viewer.externalUserId }
  try {
    await deleteAccount(account, by, context)
    return { account, error: null }
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error('Unknown error', { cause })
    currentRequest()?.log.warn(
      { err: error, accountId: account.id },
      'Could not disconnect account',
    )
    const { id: accountId, externalUserId, app } = account
    const reason = error instanceof PipedreamError ? error.code : 'unexpected'
    const about = { accountId, externalUserId, app: app?.slug ?? null }
    await context.events.record({ type: 'disconnection_refused', ...about, ...by, reason })
    return { account, error }
  }
}

/** Why an account is still connected, as a message for the operator. */
export function disconnectionSentence({ error }: Disconnection): string | null {
  if (error === null) return null
  if (error instanceof PipedreamError) return upstreamSentence(error)
  return 'Something went wrong on our side. Check the log, then preview again.'
}

function readTarget(target: DisconnectionTarget) {
  const externalUserId = readText('externalUserId', target.externalUserId)
  const app = readText('app', target.app)
  if (externalUserId === undefined && app === undefined) throw new InvalidInput('app', NO_TARGET)
  return { externalUserId, app }
}

const NO_TARGET = 'Set “externalUserId”, “app” or both to choose which accounts to disconnect.'

// An account without an external user belongs to the project itself.
function isOwned(account: Account): account is OwnedAccount {
  return account.externalUserId !== null
}
