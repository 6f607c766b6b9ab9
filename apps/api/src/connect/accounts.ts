import type { Account, App } from 'pipedream-client/server'
import type { Context, PersonContext } from '../context.ts'
import { AccountNotFound } from '../errors.ts'
import { type List, toList } from '../pipedream/upstream-cache.ts'
import { isNotFound } from '../pipedream/upstream-error.ts'
import { readText } from '../read-text.ts'
import type { Services } from '../services.ts'
import { deleteAccount } from './delete-account.ts'
import { recordHealth } from './record-health.ts'
import type { Hold } from './account-hold.ts'
import { recordRefusal } from './record-refusal.ts'
import { type Holds, readHolds, settleAccounts } from './settle-accounts.ts'

/** An account whose app is known. Without its app, an account can be neither shown nor reconnected. */
export type ConnectedAccount = Account & {
  app: App
  /** Why it cannot be used; null: it can. */
  hold: Hold | null
}

export interface ListOwnAccountsOptions {
  externalUserId: string
  app: string | null | undefined
  limit: number
  after: string | undefined
}

async function listOwnAccounts(
  { externalUserId, app, ...page }: ListOwnAccountsOptions,
  { pipedream }: Services,
): Promise<List<Account>> {
  const accounts = await pipedream.accounts.list({
    externalUserId,
    app: readText('app', app),
    ...page,
  })
  const own = accounts.data.filter((account) => account.externalUserId === externalUserId)
  return toList(accounts, own)
}

/** Reads one of a user's accounts from Pipedream. Throws `AccountNotFound`. */
export async function getOwnAccount(
  accountId: string,
  externalUserId: string,
  services: Services,
): Promise<ConnectedAccount> {
  const account = await findOwnAccount(accountId, externalUserId, services)
  const [seen] = await seeAccounts([account], externalUserId, services)
  if (!seen) throw new AccountNotFound(accountId)
  return seen
}

// Each read of accounts also records health changes, and new accounts that no webhook has reported.
async function seeAccounts(
  accounts: readonly Account[],
  externalUserId: string,
  services: Services,
): Promise<ConnectedAccount[]> {
  await recordHealth(accounts, services)
  return withHolds(accounts, await settleAccounts({ accounts, externalUserId }, services))
}

// What an old response says about accounts must not be recorded.
async function recallAccounts(
  accounts: readonly Account[],
  externalUserId: string,
  services: Services,
): Promise<ConnectedAccount[]> {
  return withHolds(accounts, await readHolds({ accounts, externalUserId }, services))
}

function withHolds(accounts: readonly Account[], holds: Holds): ConnectedAccount[] {
  return accounts.flatMap((account) =>
    account.app === null
      ? []
      : [{ ...account, app: account.app, hold: holds.get(account.id) ?? null }],
  )
}

/** Throws `AccountNotFound` both for another user's account and for one that does not exist, so a caller cannot tell which. */
export async function findOwnAccount(
  accountId: string,
  externalUserId: string,
  services: Services,
): Promise<Account & { externalUserId: string }> {
  const account = await findAccount(accountId, services)
  if (account?.externalUserId !== externalUserId) throw new AccountNotFound(accountId)
  return { ...account, externalUserId }
}

/** Reads an account from Pipedream; `undefined` if it does not exist. */
export async function findAccount(
  accountId: string,
  { pipedream }: Pick<Services, 'pipedream'>,
): Promise<Account | undefined> {
  // Only a well-formed account ID may become part of the path of a request to Pipedream.
  if (!isAccountId(accountId)) return undefined
  try {
    return await pipedream.accounts.get(accountId)
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

/** Whether an untrusted string has the form of an account ID. */
export function isAccountId(value: string): boolean {
  return /^apn_[0-9A-Za-z]{1,64}$/.test(value)
}

/** Deletes one of the viewer's own accounts at Pipedream, also if it is held. */
export async function disconnectAccount(
  { accountId }: { accountId: string },
  context: PersonContext,
): Promise<{ accountId: string }> {
  const { viewer } = context
  try {
    const account = await findOwnAccount(accountId, viewer.externalUserId, context)
    await recordHealth([account], context)
    await deleteAccount(account, { viewerKind: viewer.kind }, context)
    return { accountId }
  } catch (error) {
    const about = { accountId: isAccountId(accountId) ? accountId : null }
    await recordRefusal({ type: 'disconnection_refused', ...about }, error, context)
    throw error
  }
}

/**
 * Lists one page of a user's accounts for display. While Pipedream is down, returns the last known page with `staleSince`
 * set. Code that acts on an account must read it again.
 */
export async function showOwnAccounts(
  options: ListOwnAccountsOptions,
  context: Context,
): Promise<List<ConnectedAccount>> {
  const { externalUserId, ...page } = options
  const { value, staleSince } = await context.cache.accounts.get(
    { group: externalUserId, key: JSON.stringify(page) },
    () => listOwnAccounts(options, context),
  )
  const see = staleSince === null ? seeAccounts : recallAccounts
  return { ...value, nodes: await see(value.nodes, externalUserId, context), staleSince }
}
